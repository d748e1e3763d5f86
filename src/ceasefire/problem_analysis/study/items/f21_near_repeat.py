"""F21: how much likelier a shooting is near another one, in place and time."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence
from ceasefire.statistics import near_repeat
from ceasefire.statistics.bands import SAME_PLACE_M

SPACE_EDGES = (0.0, SAME_PLACE_M, 100.0, 200.0, 300.0, 400.0)
TIME_EDGES = (0.0, 4.0, 8.0, 15.0, 29.0)
PERMUTATIONS, SEED, FEWEST = 999, 0, 50
CHAIN_M, CHAIN_DAYS = 244.0, 14
ABOUT = About(
    number="F21",
    chapter="places",
    title=_("Near repeats"),
    definition=_(
        "Pairs of shootings so near to each other in place and time, beside the pairs that would "
        "be there if places and days had nothing to do with each other. A chain is a set of "
        "shootings each within 244 m and 14 days of another of it."
    ),
    unit=_("pairs of shootings (one for each incident, however many were hit); chains"),
    denominator=_("the pairs expected; a ratio of 1 is what chance gives"),
    method=_(
        "Knox table with the exact expectation. Bands are half-open: from the first figure to "
        "under the second. p: share of 999 shuffles of the days (seed 0) with at least as many "
        "pairs, never 0. Same place: within half a metre."
    ),
)


def build(material: Material) -> Found | Lacking:
    of = material.placed
    if len(of) < FEWEST:
        why = _("Only %(placed)s shootings have a known place; %(least)s are wanted.")
        return Lacking(Sentence(why, plain={"placed": len(of), "least": FEWEST}))
    x, y = of["x_m"].to_numpy(float), of["y_m"].to_numpy(float)
    days = of["on"].map(lambda day: day.toordinal()).to_numpy(float)
    knox = near_repeat.knox(
        x, y, days, space_edges=SPACE_EDGES, time_edges=TIME_EDGES, permutations=PERMUTATIONS,
        seed=SEED,
    )  # fmt: skip
    pairs, ratios = _pairs(knox), _ratios(knox)
    chains = near_repeat.chains(x, y, days, within_m=CHAIN_M, within_days=CHAIN_DAYS)
    return Found(
        tables=[ratios, pairs, _chains(chains, len(of))],
        figures=[Figure("ratios", "ratios", _("Observed over expected pairs"),
                        Sentence(_("Above 1 there are more pairs than chance gives; darker is "
                                   "more. A star: p under 0.05.")),
                        table="ratios",
                        columns=[c.key for c in ratios.columns if c.unit is Unit.RATIO])],
        notes=_notes(material, knox),
    )  # fmt: skip


def _spans(knox) -> list[str]:
    return [str(label) for label in knox.time_labels]


def _ratios(knox) -> Table:
    columns = []
    for i, span in enumerate(_spans(knox)):
        columns += [Column(f"ratio{i}", span, Unit.RATIO), Column(f"p{i}", "p", Unit.P)]
    rows = [
        Row(str(i), str(label), [
            value for j in range(len(TIME_EDGES) - 1)
            for value in (knox.ratio[i, j], knox.p_value[i, j])])
        for i, label in enumerate(knox.space_labels)
    ]  # fmt: skip
    return Table("ratios", _("Observed over expected pairs, by distance and days between"),
                 _("Distance"), Of.SHOOTINGS, columns, rows, adds_up=False)  # fmt: skip


def _pairs(knox) -> Table:
    columns = []
    for i, span in enumerate(_spans(knox)):
        columns += [Column(f"n{i}", span),
                    Column(f"e{i}", _("expected"), Unit.MEAN)]  # fmt: skip
    rows = [
        Row(str(i), str(label), [
            value for j in range(len(TIME_EDGES) - 1)
            for value in (knox.observed[i, j], knox.expected[i, j])])
        for i, label in enumerate(knox.space_labels)
    ]  # fmt: skip
    return Table("pairs", _("Pairs observed and expected"), _("Distance"), Of.SHOOTINGS, columns,
                 rows, adds_up=False)  # fmt: skip


def _chains(chains, shootings: int) -> Table:
    sizes = chains.size
    inside = int(sizes.sum())
    rows = [
        Row("chains", _("Chains of two shootings or more"), [len(sizes), None]),
        Row("inside", _("Shootings in a chain"), [inside, inside / shootings]),
        Row("longest", _("Shootings of the longest chain"),
            [int(sizes.max()) if len(sizes) else 0, None]),
    ]  # fmt: skip
    columns = (Column("n", _("Number")), Column("share", _("Share of shootings"), Unit.SHARE))
    return Table("chains", _("Chains"), _("Chains"), Of.SHOOTINGS, columns, rows, adds_up=False)


def _notes(material: Material, knox) -> list[Sentence]:
    left = len(material.incidents) - len(material.placed)
    notes = [Sentence(_("%(n)s shootings without a known place are in no pair."),
                      plain={"n": left})]  # fmt: skip
    detectable = float(knox.detectable_ratio[1, 0])
    notes.append(Sentence(
        _("With so many shootings, a ratio under %(ratio)s within 100 m and 3 days could not be "
          "told from chance."), plain={"ratio": round(detectable, 2)},
    ))  # fmt: skip
    return notes
