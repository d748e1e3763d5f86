"""The link chart as a picture and as a table of its ties."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.kit.charts import Chart, Line, Spot, rings
from ceasefire.kit.tables import Link
from ceasefire.registry.links import words
from ceasefire.registry.links.surroundings import (
    CONFLICT,
    GROUP,
    PERSON,
    SHOOTING,
    Node,
    Surroundings,
    Tie,
)

MARKS = {PERSON: "disc", SHOOTING: "diamond", GROUP: "box", CONFLICT: "triangle"}


def chart(found: Surroundings, names: dict[Node, str]) -> Chart:
    """names: of those who are drawn."""
    ties = [(tie, words.tie(tie)) for tie in found.ties]
    pages = {node: words.page(node) for node in found.step}
    spots = [
        Spot(
            _key(node), names[node], step, MARKS[node.kind],
            words.chart(node) if step else None,
        )
        for node, step in found.step.items()
    ]  # fmt: skip
    middle = names[found.middle]
    return rings(
        spots, [_line(*one, names) for one in ties],
        title=_("What is tied to %(name)s") % {"name": middle},
        sentence=ngettext("%(count)d tie is drawn.", "%(count)d ties are drawn.", len(ties))
        % {"count": len(ties)},
        columns=[_("From"), _("To"), _("What it is"), _("Date"), _("Who says so")],
        rows=[_row(*one, names, pages) for one in ties],
    )  # fmt: skip


def _key(node: Node) -> tuple:
    return node.kind, node.pk


def _line(tie: Tie, told: words.Told, names: dict[Node, str]) -> Line:
    said = f"{names[tie.one]} – {names[tie.other]}: {told.words}"
    return Line(_key(tie.one), _key(tie.other), said, dashed=not told.certain)


def _row(tie: Tie, told: words.Told, names: dict[Node, str], pages: dict[Node, str]) -> list:
    ends = [Link(names[end], pages[end]) for end in (tie.one, tie.other)]
    return [*ends, told.words, tie.on, Link(told.said, told.url) if told.url else told.said]
