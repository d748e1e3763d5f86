"""What is planted in a city: every strength is drawn from the seed, and some are null."""

from dataclasses import dataclass
from datetime import date, timedelta

from .bits import Stream

# A null is drawn with this chance for each effect, so a method that always finds one is caught.
NULL_CHANCE = 0.25


@dataclass(frozen=True)
class Effects:
    """Planted strengths. Distances in metres, lags in whole days; 0 and 1.0 are the nulls.

    `near_repeat` is the mean number of shootings that each shooting triggers within `reach_m` and
    1 to `reach_days` days. `retaliation` is the chance that a shooting between two groups is
    answered within `reply_days`. `programme_ratio` multiplies the rate of untriggered shootings
    (and with them of what they trigger) in the programme's districts from `programme_start`.
    """

    near_repeat: float
    reach_m: int
    reach_days: int
    retaliation: float
    reply_days: int
    programme_start: date
    programme_ratio: float
    programme_districts: int
    hot_places: int
    hot_share: float
    group_share: float
    conflict_share: float
    injury_share: float
    fatal_share: float
    weekend_lift: float
    summer_lift: float
    missing: dict[str, float]

    @property
    def replies_per_other(self) -> float:
        """Expected replies for each shooting that is not itself a reply."""
        opening = self.group_share * self.conflict_share * self.retaliation
        return opening / (1 - self.retaliation)

    @property
    def untriggered_share(self) -> float:
        return 1 / (1 + self.replies_per_other) - self.near_repeat


def draw_effects(seed: int, scale: int, end: date) -> Effects:
    s = Stream(seed, "planted effects")
    start = end - timedelta(days=s.between(850, 1300))
    return Effects(
        near_repeat=_or_null(s, 0.0, s.between(12, 26) / 100),
        reach_m=s.between(12, 24) * 10,
        reach_days=s.between(7, 14),
        retaliation=_or_null(s, 0.0, s.between(18, 36) / 100),
        reply_days=s.between(14, 30),
        programme_start=start - timedelta(days=start.weekday()),
        programme_ratio=_or_null(s, 1.0, s.between(62, 84) / 100),
        programme_districts=s.between(2, 3),
        hot_places=s.between(220, 280) * scale,
        hot_share=s.between(42, 58) / 100,
        group_share=s.between(36, 50) / 100,
        conflict_share=s.between(50, 65) / 100,
        injury_share=s.between(42, 48) / 100,
        fatal_share=s.between(16, 21) / 100,
        weekend_lift=s.between(120, 150) / 100,
        summer_lift=s.between(115, 140) / 100,
        missing=_missing(s),
    )


def _or_null(stream: Stream, null: float, value: float) -> float:
    return null if stream.chance(NULL_CHANCE) else value


def _missing(s: Stream) -> dict[str, float]:
    """Chances that a published value is absent or wrong, each drawn on its own."""
    return {
        "place_zero": s.between(20, 40) / 1000,
        "place_blank": s.between(10, 25) / 1000,
        "degrees_blank": s.between(10, 20) / 1000,
        "outside_city": s.between(3, 8) / 1000,
        "time_blank": s.between(8, 20) / 1000,
        "age_blank": s.between(10, 25) / 1000,
        "sex_unknown": s.between(3, 8) / 1000,
        "race_unknown": s.between(15, 40) / 1000,
        "neighbourhood_variant": s.between(20, 40) / 1000,
    }
