"""T12: in how many shootings a group was involved."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.sessions.models import Code
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence

Involvement = Code.Involvement
ABOUT = About(
    number="T12",
    chapter="groups",
    title=_("Shootings in which a group was involved"),
    definition=_(
        "Shootings that closed incident reviews coded: whether a member of a group was involved as "
        "victim, suspect or both. It says who, not why: a member shot over a private matter counts."
    ),
    unit=_("shootings, not people"),
    denominator=_(
        "shootings with a determination (confirmed, suspected or not), and, beside it, all "
        "shootings of the study"
    ),
    method=_(
        "Codes as sessions left them: agreed, settled, or of the only coder. Contested codes that "
        "nobody settled count as not coded."
    ),
)
ORDER = (
    (Involvement.CONFIRMED, _("Confirmed")), (Involvement.SUSPECTED, _("Suspected")),
    (Involvement.NOT, _("Not involved")), (Involvement.UNDETERMINED, _("Undetermined")),
)  # fmt: skip
FATAL = "fatal"


def build(material: Material) -> Found | Lacking:
    codes = material.codes
    if codes is None or not codes.given:
        return Lacking(Sentence(_(
            "No incident review of these days is closed, or whoever built this may not read "
            "reviews. Plan one under Sessions."
        )))  # fmt: skip
    fatal = set(material.incidents.loc[material.incidents["kind"] == FATAL, "id"])
    studied = set(material.incidents["id"])
    given = [one for one in codes.given if one.incident_id in studied]
    counts = Counter((one.involvement, one.incident_id in fatal) for one in given)
    rows = [_row(key, label, counts) for key, label in ORDER]
    coded = [sum(row.cells[i] for row in rows) for i in range(3)]
    every = [len(fatal), len(studied) - len(fatal), len(studied)]
    left = [a - b for a, b in zip(every, coded, strict=True)]
    rows.append(Row("uncoded", _("Not coded"), left))
    rows.append(Row("all", _("All shootings of the study"), every, total=True))
    columns = (Column("fatal", _("Fatal")), Column("other", _("Not fatal")),
               Column("n", _("All")))  # fmt: skip
    table = Table("codes", _("Shootings by whether a group was involved"), _("Code"), Of.SHOOTINGS,
                  columns, rows, whole="n")  # fmt: skip
    return Found(
        sentences=_sentences(),
        tables=[table, _shares(table)],
        figures=[Figure("codes", "named", _("Shootings by whether a group was involved"),
                        Sentence(_("All shootings of the study.")), table="codes",
                        columns=["n"])],
    )  # fmt: skip


def _row(key, label, counts) -> Row:
    fatal, other = counts[key, True], counts[key, False]
    return Row(str(key), label, [fatal, other, fatal + other])


def _shares(table: Table) -> Table:
    def of(row: str) -> float:
        return table.cell(row, "n")

    confirmed, suspected = of(Involvement.CONFIRMED), of(Involvement.SUSPECTED)
    determined = confirmed + suspected + of(Involvement.NOT)
    every = of("all")
    rows = [
        Row("confirmed", _("Confirmed"),
            [confirmed, share(confirmed, determined), share(confirmed, every)]),
        Row("both", _("Confirmed or suspected"),
            [confirmed + suspected, share(confirmed + suspected, determined),
             share(confirmed + suspected, every)]),
        Row("determined", _("With a determination"), [determined, None, None]),
    ]  # fmt: skip
    columns = (
        Column("n", _("Shootings")),
        Column("of_determined", _("Share of those with a determination"), Unit.SHARE),
        Column("of_all", _("Share of all"), Unit.SHARE),
    )
    return Table("shares", _("Share of shootings in which a group was involved"), _("Code"),
                 Of.SHOOTINGS, columns, rows, adds_up=False)  # fmt: skip


def _sentences() -> list[Sentence]:
    return [
        Sentence(
            _("A group was involved, confirmed or suspected, in %(n)s shootings: %(determined)s of "
              "those with a determination, %(all)s of all."),
            cells={"n": Cell("shares", "both", "n"),
                   "determined": Cell("shares", "both", "of_determined"),
                   "all": Cell("shares", "both", "of_all")},
        )
    ]  # fmt: skip
