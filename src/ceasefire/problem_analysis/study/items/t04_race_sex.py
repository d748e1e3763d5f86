"""T4: race and sex of the people shot, and of suspects, beside the city's residents."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.items.sides import sides
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T4",
    chapter="people",
    title=_("Race and sex of the people involved"),
    definition=_(
        "People shot, and people suspected, arrested or charged for it, by race and sex as their "
        "agency wrote them. Victims and suspects are counted apart; somebody may be both."
    ),
    unit=_("people where the agencies tell who they are, else victims of each shooting"),
    denominator=_(
        "people of that side whose race, or sex, is known; residents: all residents of the table "
        "that the city loaded"
    ),
    method=_(
        "Counts. Each person once a side. The share of residents stands beside, and no rate is "
        "printed, since residents are not those who were there to be shot."
    ),
)
UNKNOWN = "·unknown"
CODES = {"m": _("Male"), "f": _("Female"), "male": _("Male"), "female": _("Female")}


def build(material: Material) -> Found | Lacking:
    found = sides(material)
    if not found:
        return Lacking(Sentence(_(
            "No file tells the race or sex of anybody. Victims' or arrests' files would."
        )))  # fmt: skip
    residents = {
        kind: {row["category"].casefold(): row["people"]
               for row in material.referred.population if row["dimension"] == kind}
        for kind in ("race", "sex")
    }  # fmt: skip
    tables = [
        _table(side, kind, residents[kind])
        for side in found for kind in ("race", "sex") if side.frame[kind].ne("").any()
    ]  # fmt: skip
    if not tables:
        return Lacking(Sentence(_("No file tells the race or sex of anybody.")))
    source = material.referred.source("population")
    notes = [Sentence(_("Residents: %(source)s"), plain={"source": source})] if source else [
        Sentence(_("No table of residents is loaded: shares of residents are not shown."))
    ]  # fmt: skip
    return Found(tables=tables, notes=notes)


def _table(side, kind: str, residents: dict[str, float]) -> Table:
    values = side.frame[kind]
    known = values[values != ""]
    counts = known.value_counts()
    everybody = sum(residents.values())
    rows = [
        Row(str(name), CODES.get(str(name).casefold(), str(name).capitalize()), [
            int(n), share(int(n), len(known)),
            share(residents.get(str(name).casefold(), 0), everybody) or None,
        ])
        for name, n in sorted(counts.items(), key=lambda one: (-one[1], str(one[0])))
    ]  # fmt: skip
    rows.append(Row(UNKNOWN, _("Not known"), [len(values) - len(known), None, None]))
    rows.append(Row("·all", _("All"), [len(values), None, None], total=True))
    columns = [Column("n", side.label), Column("share", _("Share of those known"), Unit.SHARE),
               Column("residents", _("Share of residents"), Unit.SHARE)]  # fmt: skip
    if not residents:
        columns, rows = columns[:2], [_without_last(row) for row in rows]
    caption = {"race": side.by_race, "sex": side.by_sex}[kind]
    stub = {"race": _("Race"), "sex": _("Sex")}[kind]
    return Table(f"{side.key}-{kind}", caption, stub, Of.PEOPLE, columns, rows)


def _without_last(row: Row) -> Row:
    return Row(row.key, row.label, row.cells[:-1], row.total, row.note)
