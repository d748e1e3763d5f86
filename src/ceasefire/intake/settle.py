"""From chosen columns to a consistent mapping: each field with the format of its column."""

from collections import defaultdict
from datetime import date

from ceasefire.kit.mapping import Choice
from ceasefire.kit.values import (
    DateReading,
    Profile,
    parse_count,
    parse_date,
    parse_flag,
    parse_number,
    read_dates,
)

from . import places, suits, words
from .survey import Survey

MIDNIGHTS_TOLD = 0.25


class Settling:
    """The mapping in the making: fields with formats, and the evidence in words."""

    def __init__(self, survey: Survey, chosen: dict[str, Choice], as_of: date) -> None:
        self.survey = survey
        self.as_of = as_of
        self.fields = {name: {"column": choice.column} for name, choice in chosen.items()}
        self.evidence: list[str] = [
            f'"{choice.column}" is taken as {name.replace("_", " ")} by its values alone'
            for name, choice in chosen.items()
            if choice.by_values
        ]
        self.notes: list[str] = []
        self.readings: dict[str, DateReading] = {}
        self.projections: list = []
        self.west_assumed = False

    def has(self, *names: str) -> bool:
        return all(name in self.fields for name in names)

    def drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def column(self, name: str) -> str:
        return self.fields[name]["column"]

    def profile(self, name: str) -> Profile:
        return self.survey.profiles[self.column(name)]


def settle(survey: Survey, chosen: dict[str, Choice], as_of: date, layer=None) -> Settling:
    """Decide how each chosen column is to be read, and drop what another column says better."""
    settling = Settling(survey, chosen, as_of)
    settle_dates(settling)
    settle_degrees(settling)
    settle_projected(settling, layer)
    settle_point(settling)
    settle_setting(settling)
    settle_outcome(settling)
    settle_ages(settling)
    settle_numbers(settling)
    return settling


def settle_dates(s: Settling) -> None:
    for name in ("occurred_at", "occurred_date", "reported_date"):
        if s.has(name) and not s.profile(name).blank:
            _read_date(s, name)
    _settle_moment(s)
    if s.has("occurred_time"):
        _settle_clock(s)
    if s.has("occurred_at") or s.has("occurred_date"):
        s.drop("occurred_year", "occurred_month", "occurred_day")
    elif not s.has("occurred_year", "occurred_month", "occurred_day"):
        s.drop("occurred_year", "occurred_month", "occurred_day")
        _date_from_report(s)


def _read_date(s: Settling, name: str) -> None:
    profile = s.profile(name)
    reading = profile.dates
    if reading and reading.open_order and s.has("occurred_month"):
        months = [parse_count(text) for text in s.survey.head(s.column("occurred_month"))]
        reading = read_dates(
            profile.filled, sequence=profile.sequence, months=months, today=s.as_of
        )
    if reading is None:
        s.drop(name)
        return
    s.readings[name] = reading
    s.fields[name] |= {
        "style": reading.style,
        "order": reading.order,
        "clock": reading.clock,
        "zoned": reading.zoned,
        "turns": list(reading.turns),
    }
    s.evidence += [f'"{profile.name}": {text}' for text in reading.evidence]


def _settle_moment(s: Settling) -> None:
    """One column with date and time, or a date column and a time column; not both."""
    if not s.has("occurred_at"):
        _moment_by_another_name(s)
        return
    finer = s.has("occurred_time") and s.profile("occurred_time").clocks
    if finer and finer.precision == "minute" and s.fields["occurred_at"].get("clock") == "hour":
        s.drop("occurred_date")
        s.fields["occurred_date"] = s.fields.pop("occurred_at") | {"clock": "day"}
        s.readings["occurred_date"] = s.readings.pop("occurred_at")
    else:
        s.drop("occurred_date", "occurred_time")


def _moment_by_another_name(s: Settling) -> None:
    """A date column that turns out to carry the time of day."""
    timed = s.has("occurred_date") and s.fields["occurred_date"].get("clock", "day") != "day"
    if timed and not s.has("occurred_time"):
        s.fields["occurred_at"] = s.fields.pop("occurred_date")
        s.readings["occurred_at"] = s.readings.pop("occurred_date")


def _settle_clock(s: Settling) -> None:
    reading = s.profile("occurred_time").clocks
    if reading is None:
        s.fields["occurred_time"]["style"] = "clock"
    elif reading.precision == "day":
        s.notes.append(f'"{s.column("occurred_time")}" is midnight in every row: no time of day')
        s.drop("occurred_time")
    else:
        s.fields["occurred_time"] |= {"style": reading.style, "clock": reading.precision}
        if reading.midnight >= MIDNIGHTS_TOLD:
            s.notes.append(
                f"{reading.midnight:.0%} of the times are exactly midnight: "
                "some may stand for an unknown time"
            )


def _date_from_report(s: Settling) -> None:
    """The date of the report, or else the only other date, stands for that of the shooting."""
    if not s.has("reported_date"):
        taken = {entry["column"] for entry in s.fields.values()}
        dated = [c for c, p in s.survey.profiles.items() if c not in taken and suits.any_date(p)]
        if len(dated) != 1:
            return
        s.fields["reported_date"] = {"column": dated[0]}
        _read_date(s, "reported_date")
    held = s.fields["reported_date"]
    name = "occurred_date" if held.get("clock", "day") == "day" else "occurred_at"
    s.fields[name] = dict(held)
    s.readings[name] = s.readings["reported_date"]


def settle_degrees(s: Settling) -> None:
    if not s.has("latitude", "longitude"):
        s.drop("latitude", "longitude")
        return
    middles = {name: _middle(s.profile(name)) for name in ("latitude", "longitude")}
    scale = min(_scale(middle) for middle in middles.values())
    if _is_longitude(middles["latitude"] * scale) and not _is_longitude(
        middles["longitude"] * scale
    ):
        s.fields["latitude"], s.fields["longitude"] = s.fields["longitude"], s.fields["latitude"]
        s.evidence.append("latitude and longitude stand in each other's columns: exchanged")
    if scale != 1.0:
        for name in ("latitude", "longitude"):
            s.fields[name]["scale"] = scale
        s.evidence.append(f"latitude and longitude are degrees times {1 / scale:,.0f}")
    _settle_sign(s)


def _middle(profile: Profile) -> float:
    """The median of the distinct numbers but zero; 0 where there are none."""
    values = [value for value in profile.numbers if value]
    return values[len(values) // 2] if values else 0.0


def _is_longitude(middle: float) -> bool:
    """True for what cannot be the latitude of a city: beyond 90, or below -60."""
    return not -60 <= middle <= 90


def _scale(middle: float) -> float:
    """The power of ten that makes degrees of a number."""
    return next((k for k in (1.0, 1e-5, 1e-6, 1e-7) if abs(middle) * k <= 180), 1.0)


def _settle_sign(s: Settling) -> None:
    """Longitudes of the Americas that lost their minus sign."""
    values = [value for value in s.profile("longitude").numbers if value]
    scale = s.fields["longitude"].get("scale", 1.0)
    lats = [v * s.fields["latitude"].get("scale", 1.0) for v in s.profile("latitude").numbers if v]
    if not values or not lats or min(values) < 0:
        return
    middle, north = values[len(values) // 2] * scale, lats[len(lats) // 2]
    if 52 <= middle <= 170 and 15 <= north <= 72:
        s.fields["longitude"]["negate"] = True
        s.west_assumed = True
        s.evidence.append(f'"{s.column("longitude")}" has no minus sign: read as west')


def settle_projected(s: Settling, layer) -> None:
    if not s.has("x", "y") or (s.profile("x").blank and not s.has("latitude")):
        s.drop("x", "y")
        return
    x_texts, y_texts = s.survey.head(s.column("x")), s.survey.head(s.column("y"))
    found = places.pairs(x_texts, y_texts)
    if not found or max(abs(value) for pair in found for value in pair) <= 360:
        s.drop("x", "y")
        return
    rows = [(parse_number(a), parse_number(b)) for a, b in zip(x_texts, y_texts, strict=True)]
    s.projections = _candidates(s, rows, layer)
    if not s.projections:
        s.notes.append(
            f'the system of "{s.column("x")}" and "{s.column("y")}" is not recognised: '
            "name its EPSG number in the mapping to use them"
        )


def _candidates(s: Settling, rows, layer) -> list:
    degrees = _degree_rows(s) if s.has("latitude", "longitude") else [None] * len(rows)
    usable = [(p, d) for p, d in zip(rows, degrees, strict=True) if p[0] and p[1]]
    known = [(p, d) for p, d in usable if d][: places.PAIRS]
    chosen = known or usable[: places.PAIRS]
    x, y = [p[0] for p, _ in chosen], [p[1] for p, _ in chosen]
    return places.detect_projection(x, y, [d for _, d in known] or None, layer=layer)


def _degree_rows(s: Settling) -> list[tuple[float, float] | None]:
    numbers = {
        name: [parse_number(text) for text in s.survey.head(s.column(name))]
        for name in ("longitude", "latitude")
    }
    sign = -1 if s.fields["longitude"].get("negate") else 1
    lon_scale = sign * s.fields["longitude"].get("scale", 1.0)
    lat_scale = s.fields["latitude"].get("scale", 1.0)
    both = zip(numbers["longitude"], numbers["latitude"], strict=True)
    return [(lon * lon_scale, lat * lat_scale) if lon and lat else None for lon, lat in both]


def settle_point(s: Settling) -> None:
    if s.has("point"):
        s.fields["point"]["order"] = places.point_order(list(s.profile("point").tried))


def settle_setting(s: Settling) -> None:
    if s.has("setting") and s.profile("setting").flag >= 0.95:
        heads = {c for word in words.LEXICON.read(s.column("setting")) for c in word}
        s.fields["setting"]["kind"] = "outside" if "outside" in heads else "inside"
    elif s.has("setting"):
        s.fields["setting"]["kind"] = "words"


def settle_outcome(s: Settling) -> None:
    """Who died: a flag, a text, counts, or the offence."""
    for name in ("killed", "wounded"):
        _flag_or_count(s, name)
    if s.has("killed") and s.has("fatal"):
        s.drop("fatal" if not _person_rows(s) else "killed")
    if not s.has("fatal") and s.has("outcome_text"):
        s.fields["fatal"] = s.fields["outcome_text"]
    s.drop("outcome_text")
    if not s.has("fatal") and not s.has("killed"):
        _fatal_from_offence(s)
    if s.has("fatal"):
        _settle_fatal(s)


def _person_rows(s: Settling) -> bool:
    return any(s.has(name) for name in ("age", "age_band", "sex", "race"))


def _flag_or_count(s: Settling, name: str) -> None:
    """Killed and wounded as 0 and 1 beside a person's age or sex say what befell that person."""
    flag = "fatal" if name == "killed" else "injured"
    if s.has(name) and _person_rows(s) and not suits.tally_above_one(s.profile(name)):
        held = s.fields.pop(name)
        s.fields.setdefault(flag, held)
    other = "wounded" if name == "killed" else "killed"
    counted = s.has(flag) and not s.has(name) and s.has(other) and not _person_rows(s)
    if counted and suits.tally(s.profile(flag)):
        s.fields[name] = s.fields.pop(flag)


def _fatal_from_offence(s: Settling) -> None:
    if not s.has("offence") or s.profile("offence").blank:
        return
    said = {words.outcome(text) for text in s.profile("offence").filled}
    if True in said:
        s.fields["fatal"] = {"column": s.column("offence")}
        s.evidence.append(
            f'whether a person died is read from the words of "{s.column("offence")}"'
        )


def _settle_fatal(s: Settling) -> None:
    profile = s.profile("fatal")
    flags = profile.share(lambda text: parse_flag(text) is not None)
    s.fields["fatal"]["kind"] = "flag" if flags >= 0.5 or profile.blank else "outcome"
    if suits.fatal_letters(profile):
        s.fields["fatal"]["kind"] = "letters"
    heads = [c for word in words.LEXICON.read(profile.name) for c in word]
    if s.fields["fatal"]["kind"] == "flag" and heads[:1] == ["non"]:
        s.fields["fatal"]["negate"] = True


def settle_numbers(s: Settling) -> None:
    """Incident numbers that start again each year: many stand beside dates of several years."""
    when = next((n for n in ("occurred_date", "occurred_at") if s.readings.get(n)), None)
    if not when or not s.has("incident_number"):
        return
    order = s.readings[when].order
    texts = zip(s.survey.head(s.column("incident_number")), s.profile(when).sequence, strict=True)
    years: dict[str, set[int]] = defaultdict(set)
    for number, text in texts:
        if number and (found := parse_date(text, order)):
            years[number].add(found.year)
    if sum(len(found) > 1 for found in years.values()) > 0.2 * len(years):
        s.fields["incident_number"]["yearly"] = True
        s.evidence.append(f'"{s.column("incident_number")}" starts again each year')


def settle_ages(s: Settling) -> None:
    if s.has("age") and s.has("age_band") and s.profile("age").blank:
        s.drop("age")


def centre(s: Settling) -> list[float] | None:
    """Longitude and latitude of the middle of the places, None where no degrees are known."""
    if s.has("latitude", "longitude"):
        rows = [row for row in _degree_rows(s) if row]
    elif s.has("point"):
        swap = s.fields["point"]["order"] == "lon lat"
        rows = places.point_rows(s.profile("point").tried, swap)
    else:
        rows = []
    if not rows and s.projections:
        x, y = (s.profile(name).numbers for name in ("x", "y"))
        return places.middle_degrees(x, y, s.projections[0].epsg)
    return (
        [round(sorted(row[i] for row in rows)[len(rows) // 2], 4) for i in (0, 1)] if rows else None
    )
