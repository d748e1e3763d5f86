"""Figures from outside the register that some tables need: population, peer cities, costs."""

from dataclasses import dataclass

from ceasefire.problem_analysis.study.models import Reference


@dataclass(frozen=True)
class Referred:
    """kind -> its rows as they were loaded, with the source that the table prints."""

    population: tuple[dict, ...] = ()
    peers: tuple[dict, ...] = ()
    costs: tuple[dict, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    def source(self, kind: str) -> str:
        return dict(self.sources).get(kind, "")


def referred() -> Referred:
    """The newest of each kind."""
    newest = {one.kind: one for one in Reference.objects.order_by("id")}
    return Referred(
        **{kind: tuple(one.rows) for kind, one in newest.items()},
        sources=tuple((kind, one.source) for kind, one in newest.items()),
    )
