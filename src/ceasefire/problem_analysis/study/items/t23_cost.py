"""T23: what the study's shootings cost the public, by published costs of one."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T23",
    chapter="trends",
    title=_("What shootings cost"),
    definition=_(
        "Shootings of the study times the published cost of one of their kind to the public."
    ),
    unit=_("dollars of the year that the source prices in"),
    denominator=_("none"),
    method=_(
        "Count times cost. Published costs differ by what they include; the source says what, and "
        "for which year. It is no saving that a programme would make."
    ),
)


def build(material: Material) -> Found | Lacking:
    costs = material.referred.costs
    if not costs:
        return Lacking(Sentence(_(
            "No costs are loaded. A table with the columns kind (fatal, injury) and cost and with "
            "its source can be loaded under Figures from outside."
        )))  # fmt: skip
    counts = material.incidents["kind"].value_counts()
    labels = {"fatal": _("Fatal"), "injury": _("Injury"), "no_injury": _("No injury")}
    rows = [
        Row(row["kind"], labels[row["kind"]], [
            int(counts.get(row["kind"], 0)), row["cost"], counts.get(row["kind"], 0) * row["cost"],
        ])
        for row in costs if row["kind"] in labels
    ]  # fmt: skip
    rows.append(
        Row(
            "all",
            _("Together"),
            [sum(row.cells[0] for row in rows), None, sum(row.cells[2] for row in rows)],
            total=True,
        )
    )
    columns = (Column("shootings", _("Shootings")), Column("one", _("Cost of one"), Unit.MONEY),
               Column("cost", _("Cost"), Unit.MONEY))  # fmt: skip
    table = Table("cost", _("Cost of the study's shootings"), _("Kind"), Of.SHOOTINGS, columns,
                  rows, adds_up=False)  # fmt: skip
    return Found(
        tables=[table],
        notes=[
            Sentence(_("Source: %(source)s"), plain={"source": material.referred.source("costs")})
        ],
    )
