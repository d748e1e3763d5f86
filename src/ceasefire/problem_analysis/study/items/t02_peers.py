"""T2: the rate of shootings and of people killed beside other cities'."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T2",
    chapter="trends",
    title=_("Rates beside other cities"),
    definition=_(
        "Homicides for each 100,000 residents of cities that the city chose to be compared with, "
        "as their sources print them, and the change over the years that are given."
    ),
    unit=_("homicides for each 100,000 residents a year"),
    denominator=_("residents of that city in that year, as its source counts them"),
    method=_(
        "Nothing is computed but the change from the first to the last year given for a city. "
        "Cities count homicides by rules of their own; the sources say which."
    ),
)


def build(material: Material) -> Found | Lacking:
    peers = material.referred.peers
    if not peers:
        return Lacking(Sentence(_(
            "No other cities' rates are loaded. A table with the columns city, year and rate and "
            "with its source can be loaded under Figures from outside."
        )))  # fmt: skip
    years = sorted({row["year"] for row in peers})
    cities = sorted({row["city"] for row in peers}, key=str.casefold)
    rates = {(row["city"], row["year"]): row["rate"] for row in peers}
    columns = [Column(str(year), str(year), Unit.RATE) for year in years]
    columns.append(Column("change", _("Change"), Unit.SHARE))
    rows = [_row(city, [rates.get((city, year)) for year in years]) for city in cities]
    table = Table("rates", _("Homicides for each 100,000 residents"), _("City"), Of.PUBLISHED,
                  columns, rows, adds_up=False)  # fmt: skip
    return Found(
        tables=[table],
        figures=[Figure("change", "named", _("Change over the years given"),
                        Sentence(_("From each city's first year given to its last, in per cent "
                                   "of the first.")), table="rates", columns=["change"])],
        notes=[Sentence(_("Source: %(source)s"),
                        plain={"source": material.referred.source("peers")})],
    )  # fmt: skip


def _row(city: str, rates: list[float | None]) -> Row:
    known = [rate for rate in rates if rate is not None]
    change = known[-1] / known[0] - 1 if len(known) > 1 and known[0] else None
    return Row(city, city, [*rates, change])
