"""T13: how victims and suspects knew each other, which no file of the register tells."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T13",
    chapter="incidents",
    title=_("Relation of victim and suspect"),
    definition=_("How the people shot and the suspects knew each other before."),
    unit=_("pairs of a victim and a suspect of one shooting"),
    denominator=_("pairs of which the relation is told"),
    method=_("Counts of the relation as the files write it."),
)


def build(_material: Material) -> Lacking:
    return Lacking(Sentence(_(
        "The register keeps no relation of victim and suspect: files of people in shootings have a "
        "role and no relation, and the relationship codes of an incident-based file (NIBRS) are "
        "read and not kept. To have this table, the city would bring the relation as a column of "
        "the people in shootings, with unknown as one of its values. What a shooting was about, "
        "as reviews code it, stands under T11."
    )))  # fmt: skip
