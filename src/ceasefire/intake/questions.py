"""What only a person can say, each with the answer that is taken if nobody says otherwise."""

from dataclasses import asdict, dataclass

from ceasefire.kit.values import is_unknown

from . import unit as units
from . import words
from .settle import Settling

MOST_CHOICES = 200
NOT_SAID, NOBODY_HIT, SOMEBODY_HIT = "not said", "nobody was hit", "somebody was hit"
SAYS_WHO_WAS_HIT = ("fatal", "injured", "victims", "killed", "wounded", "wound", "offence")
BLANK = "(blank)"
ONE_REPEATED = "one row repeated"


@dataclass(frozen=True)
class Question:
    """`about` names it for good; `default` is one of `choices`, or a list of some of them."""

    about: str
    choices: list[str]
    default: str | list[str]
    why: str

    def as_dict(self) -> dict:
        return asdict(self)


def ask(s: Settling, unit: units.Unit) -> list[Question]:
    """The open questions about a proposed mapping."""
    asked = [
        _unit(unit),
        _day_month(s),
        _date_meaning(s),
        _time_zone(s),
        _offences(s),
        _weapons(s),
        _shooting_flag(s),
        _identical(s, unit),
        _west(s),
        _projection(s),
        _anybody_hit(s, unit),
    ]
    return [question for question in asked if question]


def _unit(unit: units.Unit) -> Question | None:
    if not unit.unsure:
        return None
    return Question("unit", ["incident", "victim", "event"], unit.name, unit.why)


def _day_month(s: Settling) -> Question | None:
    name = next((n for n, reading in s.readings.items() if reading.open_order), None)
    if name is None:
        return None
    why = f'every date in "{s.column(name)}" can be read as month/day and as day/month'
    return Question("day_month_order", ["mdy", "dmy"], s.readings[name].order, why)


def _date_meaning(s: Settling) -> Question | None:
    name = next((n for n in ("occurred_at", "occurred_date") if s.has(n)), None)
    if not name or not s.has("reported_date") or s.column(name) != s.column("reported_date"):
        return None
    why = f'"{s.column(name)}" is the only date, and is when it was reported'
    return Question("date_meaning", ["use as date of occurrence", "leave undated"],
                    "use as date of occurrence", why)  # fmt: skip


def _time_zone(s: Settling) -> Question | None:
    held = s.fields.get("occurred_at")
    if not held or not held.get("zoned") or held["clock"] == "day":
        return None
    why = (
        f'"{held["column"]}" is marked as universal time or with an offset; '
        "some publishers mark local times so"
    )
    return Question("time_zone", ["as marked", "local"], "as marked", why)


def _offences(s: Settling) -> Question | None:
    if not s.has("offence"):
        return None
    texts = sorted(s.profile("offence").filled)[:MOST_CHOICES]
    counted = [text for text in texts if words.is_gun_offence(text)]
    if not counted or len(counted) == len(texts):
        return None
    why = f'"{s.column("offence")}" also holds rows that do not look like shootings'
    return Question("offences", texts, counted, why)


def _weapons(s: Settling) -> Question | None:
    """Deaths by other means: which weapons make a row a shooting, where the offence does not."""
    if not s.has("weapon"):
        return None
    profile = s.profile("weapon")
    texts = sorted(profile.filled)[:MOST_CHOICES]
    guns = [text for text in texts if is_gun(text)]
    if len(guns) == len(texts) or not guns:
        return None
    blank = [BLANK] if profile.total < profile.rows else []
    unknown = [text for text in texts if is_unknown(text)]
    why = f'"{s.column("weapon")}" names other weapons too, or none; a row counts by these'
    return Question("weapons", texts + blank, guns + unknown + blank, why)


def is_gun(text: str) -> bool:
    """True for a weapon text that names a firearm or being shot."""
    return bool(words.GUN_WEAPON.search(text))


def _shooting_flag(s: Settling) -> Question | None:
    if not s.has("is_shooting"):
        return None
    why = f'"{s.column("is_shooting")}" marks which rows are shootings'
    return Question("shooting_flag", ["only marked rows", "all rows"], "only marked rows", why)


def _identical(s: Settling, unit: units.Unit) -> Question | None:
    share = units.identical_share(s)
    if not share or s.has("incidents"):
        return None
    separate, same = f"separate {unit.name}s", ONE_REPEATED
    numbered = unit.name == "incident" and s.has("incident_number")
    default = same if numbered else separate
    why = f"{share:.2%} of rows are the same as another row in every mapped column but row ids"
    return Question("identical_rows", [separate, same], default, why)


def _anybody_hit(s: Settling, unit: units.Unit) -> Question | None:
    """A file of shots fired may leave out what goes without saying: that nobody was hit."""
    if unit.name == "victim" or any(s.has(name) for name in SAYS_WHO_WAS_HIT):
        return None
    why = "no column says whether anybody was hit"
    return Question("anybody_hit", [NOT_SAID, NOBODY_HIT, SOMEBODY_HIT], NOT_SAID, why)


def _west(s: Settling) -> Question | None:
    if not s.west_assumed:
        return None
    why = f'"{s.column("longitude")}" holds positive numbers'
    return Question("longitude_sign", ["west", "east"], "west", why)


def _projection(s: Settling) -> Question | None:
    if len(s.projections) < 2 or not s.projections[0].ambiguous:
        return None
    choices = [f"EPSG:{candidate.epsg}" for candidate in s.projections[:5]]
    why = "more than one projected system fits the coordinates: " + "; ".join(
        f"EPSG:{candidate.epsg} {candidate.name}" for candidate in s.projections[:5]
    )
    return Question("projection", choices, choices[0], why)
