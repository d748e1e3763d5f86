"""T11: what shootings were about, as incident reviews coded it."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.sessions.models import Code
from ceasefire.problem_analysis.sessions.selectors import Given
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence

Circumstance, Motivated = Code.Circumstance, Code.Motivated
ABOUT = About(
    number="T11",
    chapter="incidents",
    title=_("Circumstance"),
    definition=_(
        "What the study's shootings were about, as closed incident reviews coded it: one "
        "circumstance, and a second one where there was one. It says why, not who: whether a "
        "member of a group was involved is another question, and whether it was done for a "
        "group's sake a third, in the table below."
    ),
    unit=_("shootings, not people"),
    denominator=_("shootings whose circumstance was coded and known"),
    method=_(
        "Codes as sessions left them: agreed, settled, or of the only coder. A shooting that a "
        "review coded as not known stands apart from one that no review coded."
    ),
)
UNKNOWN, UNCODED, NO_SECOND = Circumstance.UNKNOWN.value, "·uncoded", "·none"
NO_REVIEW = Lacking(Sentence(_(
    "No incident review of these days is closed, or whoever built this may not read reviews. Plan "
    "one under Sessions."
)))  # fmt: skip


def build(material: Material) -> Found | Lacking:
    codes = material.codes
    if codes is None or not codes.given:
        return NO_REVIEW
    studied = set(material.incidents["id"])
    given = [one for one in codes.given if one.incident_id in studied]
    return Found(
        sentences=[
            Sentence(_("Reviews coded %(coded)s of %(all)s shootings, and knew the circumstance of "
                       "%(known)s."),
                     cells={name: Cell("coverage", row, "n") for name, row in
                            (("coded", "coded"), ("all", "all"), ("known", "known"))}),
        ],
        tables=[_coverage(given, len(studied)), _why(given, len(studied)),
                _for_a_group(given, len(studied))],
        figures=[
            Figure("why", "named", _("Shootings by circumstance"),
                   Sentence(_("First circumstance, in per cent of the shootings of which it is "
                              "known.")),
                   table="why", columns=["share"]),
        ],
    )  # fmt: skip


def _coverage(given: list[Given], every: int) -> Table:
    known = sum(one.circumstance != UNKNOWN for one in given)
    rows = [
        Row("known", _("Coded, circumstance known"), [known, share(known, every)]),
        Row("coded", _("Coded"), [len(given), share(len(given), every)]),
        Row("all", _("All shootings of the study"), [every, share(every, every)]),
    ]
    columns = (Column("n", _("Shootings")), Column("share", _("Share of all"), Unit.SHARE))
    return Table("coverage", _("How many shootings a review coded"), _("Shootings"), Of.SHOOTINGS,
                 columns, rows, adds_up=False)  # fmt: skip


def _why(given: list[Given], every: int) -> Table:
    first = Counter(one.circumstance for one in given)
    second = Counter(one.circumstance_2 for one in given)
    known = len(given) - first[UNKNOWN]
    order = sorted((one for one in Circumstance if one.value != UNKNOWN),
                   key=lambda one: (-first[one.value], str(one.value)))  # fmt: skip
    rows = [
        Row(one.value, one.label, [first[one.value], share(first[one.value], known),
                                   second[one.value]])
        for one in order if first[one.value] or second[one.value]
    ]  # fmt: skip
    rows += [
        Row(UNKNOWN, _("Coded as not known"), [first[UNKNOWN], None, second[UNKNOWN]]),
        Row(NO_SECOND, _("No second circumstance"), [0, None, second[""]]),
        Row(UNCODED, _("Not coded, or contested"), [every - len(given), None, every - len(given)]),
        Row("·all", _("All"), [every, None, every], total=True),
    ]
    columns = (
        Column("first", _("First circumstance")),
        Column("share", _("Share of those known"), Unit.SHARE),
        Column("second", _("Second circumstance")),
    )
    return Table("why", _("Shootings by circumstance"), _("Circumstance"), Of.SHOOTINGS, columns,
                 rows)  # fmt: skip


def _for_a_group(given: list[Given], every: int) -> Table:
    counts = Counter(one.motivated for one in given)
    determined = counts[Motivated.YES] + counts[Motivated.NO]
    labels = (
        (Motivated.YES, _("For a group's sake")), (Motivated.NO, _("Not for a group's sake")),
        (Motivated.UNDETERMINED, _("Undetermined")),
    )  # fmt: skip
    rows = [
        Row(key.value, label, [
            counts[key], None if key is Motivated.UNDETERMINED else share(counts[key], determined)
        ])
        for key, label in labels
    ]  # fmt: skip
    rows += [Row(UNCODED, _("Not coded, or contested"), [every - len(given), None]),
             Row("·all", _("All"), [every, None], total=True)]  # fmt: skip
    columns = (Column("n", _("Shootings")),
               Column("share", _("Share of those determined"), Unit.SHARE))  # fmt: skip
    return Table("sake", _("Shootings by whether they were done for a group's sake"), _("Code"),
                 Of.SHOOTINGS, columns, rows)  # fmt: skip
