"""T22: the share of unhoused people, which no file of the register tells."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T22",
    chapter="people",
    title=_("People without a home"),
    definition=_("People shot, and suspects, who had no home at the time of the shooting."),
    unit=_("people, each once for a side"),
    denominator=_("people of that side of whom it is known"),
    method=_("Counts of what the files say; never read out of an address."),
)


def build(_material: Material) -> Lacking:
    return Lacking(Sentence(_(
        "The register does not hold whether somebody had a home. An address that is missing, or "
        "that of a shelter, does not say it and is not used. To have this table, the city would "
        "bring a count from those who know: a yes, no or not known for each victim and suspect "
        "from the detectives' case files, or a number matched outside of the register by the "
        "office of homeless services, as a count alone. Shootings at a camp stand under T11 where "
        "reviews coded them."
    )))  # fmt: skip
