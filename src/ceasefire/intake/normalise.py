"""A confirmed mapping applied to a chunk of rows: typed columns, keys, and row faults.

Nothing is done per row that can be done per distinct value: texts go through one cache per
column, coordinates through arrays, moments through one cache per day.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from itertools import compress
from zoneinfo import ZoneInfo

from ceasefire.kit.readers import RowFault
from ceasefire.kit.readers.table import Chunk
from ceasefire.registry import keys

from . import columns as kinds
from .counting import Counted
from .mapping import Mapping
from .places import Place
from .questions import NOBODY_HIT, SOMEBODY_HIT
from .when import Calendar, Moments, as_dates, day_reader, minute_reader

# our field: the name of the column that holds it, where that differs
STATED = {
    "district": "district_stated",
    "neighbourhood": "neighbourhood_stated",
    "verification": "verification_stated",
}
LABELS = (
    "address",
    "neighbourhood",
    "offence",
    "weapon",
    "premises",
    "race",
    "ethnicity",
    "wound",
    "manner",
    "jurisdiction",
    "verification",
)
CODES = ("district", "offence_code")
FLAGS = ("fatal", "injured", "officer_involved", "self_inflicted", "ballistic_evidence")
TALLIES = ("victims", "killed", "wounded", "casings", "incidents")


@dataclass
class Rows:
    """The rows of a chunk that stand, as lists of one length: `row_numbers` and `columns`.

    Columns: incident_number, occurred_from and occurred_to (UTC, half-open), occurred_precision
    ("minute", "hour", "day", "unknown"), occurred_on and reported_on (dates), latitude and
    longitude (WGS 84), place_from ("degrees", "point", "x y"), address, district_stated,
    neighbourhood_stated, offence, offence_code, weapon, premises, setting, jurisdiction,
    verification_stated, manner, race, ethnicity, wound, sex (text); fatal, injured,
    officer_involved, self_inflicted, ballistic_evidence (True, False); victims, killed, wounded,
    casings, age, age_low, age_high (whole numbers); content_key, incident_key,
    rest_key. None wherever nothing is known.

    `faults`: why rows were refused. `warnings`: values left empty in rows that stand.
    `not_counted`: rows that are no shootings by the feed's answers; they are not in the lists.
    """

    row_numbers: list[int]
    columns: dict[str, list]
    faults: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    not_counted: int = 0

    def keep(self, wanted: list[bool]) -> "Rows":
        """The rows for which `wanted` is true."""
        held = {name: list(compress(values, wanted)) for name, values in self.columns.items()}
        numbers = list(compress(self.row_numbers, wanted))
        return Rows(numbers, held, self.faults, self.warnings, self.not_counted)


class Normaliser:
    """Applies one mapping to the chunks of one file.

    zone: the city's time zone, or its name. as_of: dates after it are faults; today if None.
    only_counted: leave out the rows that
    are no shootings by the feed's answers.
    """

    def __init__(
        self,
        mapping: Mapping,
        *,
        zone: tzinfo | str,
        as_of: date | datetime | None = None,
        only_counted: bool = True,
    ) -> None:
        self.mapping = mapping
        self._zone = ZoneInfo(zone) if isinstance(zone, str) else zone
        as_of = as_of.date() if isinstance(as_of, datetime) else as_of or date.today()
        self._columns = dict(self._readers(mapping.fields, as_of))
        self._calendar = Calendar(self._zone)
        self._place = Place(mapping)
        self._counted = Counted(mapping) if only_counted else None
        # One cache for each column: True and 1 are one key of a dictionary.
        self._texts = {name: keys.Texts(name) for name in _known(mapping)}
        self._yearly = mapping.fields.get("incident_number", {}).get("yearly", False)

    def _readers(self, fields: dict[str, dict], as_of: date):
        """(our field, its caching column) for every mapped field."""
        parsers = {name: self._parser(name, entry, as_of) for name, entry in fields.items()}
        for name, parser in parsers.items():
            if parser is not None:
                yield name, kinds.Column(fields[name]["column"], parser)

    def _parser(self, name: str, entry: dict, as_of: date):
        if name in LABELS:
            return kinds.label
        if name in CODES:
            return kinds.code
        if name in FLAGS:
            return kinds.flag(entry, negate=entry.get("negate", False))
        if name in TALLIES:
            return kinds.count
        if name == "occurred_at":
            return Moments(entry, self._zone, as_of)
        if name in ("occurred_date", "reported_date"):
            return day_reader(entry, as_of)
        if name == "occurred_time":
            return minute_reader(entry)
        if name == "setting":
            return kinds.setting(entry.get("kind", "words"))
        return _SIMPLE.get(name)

    def chunk(self, chunk: Chunk) -> Rows:
        """The typed rows of a chunk. A mapped column that the file lacks is all None."""
        size = len(chunk.row_numbers)
        raw = {name: self._raw(chunk, name, size) for name in self.mapping.fields}
        values = {name: column.read(raw[name]) for name, column in self._columns.items()}
        found = self._faults(raw, chunk.row_numbers)
        columns = {STATED.get(name, name): values.get(name, [None] * size) for name in _PLAIN}
        columns |= self._when(values, size)
        columns |= _ages(values, size)
        columns |= self._said_of_all(size)
        columns |= self._place.columns(raw, chunk.row_numbers, found)
        columns |= self._keys(columns)
        return self._standing(Rows(chunk.row_numbers, columns), found, raw)

    def _said_of_all(self, size: int) -> dict[str, list]:
        """What the feed's answers say of every row alike."""
        said = _ANYBODY_HIT.get(self.mapping.answers.get("anybody_hit"), {})
        return {name: [value] * size for name, value in said.items()}

    def _raw(self, chunk: Chunk, name: str, size: int) -> list[str | None]:
        return chunk.columns.get(self.mapping.fields[name]["column"]) or [None] * size

    def _faults(self, raw: dict[str, list], numbers: list[int]) -> list[tuple]:
        return [
            fault
            for name, column in self._columns.items()
            for fault in column.faults(raw[name], numbers)
        ]

    def _when(self, values: dict[str, list], size: int) -> dict[str, list]:
        days, minutes = _days_and_minutes(values, size)
        fields = self.mapping.fields
        precision = (fields.get("occurred_at") or fields.get("occurred_time") or {}).get("clock")
        start, end, kind = self._calendar.spans(days, minutes, precision or "day")
        return {
            "occurred_from": start,
            "occurred_to": end,
            "occurred_precision": kind,
            "occurred_on": as_dates(days),
            "occurred_minute": minutes,
            "reported_on": as_dates(values.get("reported_date", [None] * size)),
        }

    def _keys(self, columns: dict[str, list]) -> dict[str, list]:
        text = {name: cache.read(columns[name]) for name, cache in self._texts.items()}
        for name in ("latitude", "longitude"):
            text[name] = keys.metres(name, columns[name])
        return keys.keys(text, len(columns["latitude"]), yearly=self._yearly)

    def _standing(self, rows: Rows, found: list[tuple], raw: dict[str, list]) -> Rows:
        """Without the refused rows and, where only shootings are wanted, the others."""
        refused = {position for position, _, refuse in found if refuse}
        rows.faults = [fault for _, fault, refuse in found if refuse]
        rows.warnings = [
            fault for position, fault, refuse in found if not refuse and position not in refused
        ]
        wanted = [position not in refused for position in range(len(rows.row_numbers))]
        if self._counted and self._counted.needed:
            counted = self._counted.mask(raw, len(wanted))
            rows.not_counted = sum(1 for w, c in zip(wanted, counted, strict=True) if w and not c)
            wanted = [w and c for w, c in zip(wanted, counted, strict=True)]
        return rows if all(wanted) else rows.keep(wanted)


_ANYBODY_HIT = {
    NOBODY_HIT: {"injured": False, "victims": 0, "killed": 0, "wounded": 0},
    SOMEBODY_HIT: {"injured": True},
}
_SIMPLE = {
    "incident_number": kinds.number_text,
    "sex": kinds.sex,
    "age": kinds.age,
    "age_band": kinds.age_band,
    "occurred_year": kinds.count,
    "occurred_month": kinds.month,
    "occurred_day": kinds.count,
    "is_shooting": kinds.flag({}),
}
_PLAIN = ("incident_number", *LABELS, *CODES, *FLAGS, *TALLIES, "setting", "sex")
# our field: the columns of Rows that it fills, where those are others than its own
_FILLS = {
    **{name: (column,) for name, column in STATED.items()},
    "occurred_at": ("occurred_on", "occurred_minute"),
    "occurred_date": ("occurred_on",),
    "occurred_year": ("occurred_on",),
    "occurred_time": ("occurred_minute",),
    "reported_date": ("reported_on",),
    "age": ("age", "age_low", "age_high"),
    "age_band": ("age", "age_low", "age_high"),
}


def _known(mapping: Mapping) -> tuple[str, ...]:
    """Columns of Rows that the mapping fills and that are compared as they are, in one order."""
    filled = {
        column
        for name in mapping.fields
        for column in _FILLS.get(name, (name,) if name in _PLAIN else ())
    }
    return tuple(sorted(filled))


def _days_and_minutes(values: dict[str, list], size: int) -> tuple[list, list]:
    """Local days since 1970 and minutes after midnight, from whichever columns hold them."""
    if "occurred_at" in values:
        pairs = [pair or (None, None) for pair in values["occurred_at"]]
        return [day for day, _ in pairs], [minute for _, minute in pairs]
    minutes = values.get("occurred_time", [None] * size)
    if "occurred_date" in values:
        return values["occurred_date"], minutes
    if "occurred_year" in values:
        parts = (values[f"occurred_{part}"] for part in ("year", "month", "day"))
        return [kinds.day_number(*row) for row in zip(*parts, strict=True)], minutes
    return [None] * size, minutes


def _ages(values: dict[str, list], size: int) -> dict[str, list]:
    """Age and its bounds, from the age and, where that is blank, from the band."""
    if not {"age", "age_band"} & values.keys():
        return {name: [None] * size for name in ("age", "age_low", "age_high")}
    ages = values.get("age") or values.get("age_band") or [None] * size
    if "age" in values and "age_band" in values:
        both = zip(values["age"], values["age_band"], strict=True)
        ages = [age or band for age, band in both]
    known = [age or (None, None, None) for age in ages]
    exact, low, high = (list(part) for part in zip(*known, strict=True)) if known else ([], [], [])
    return {"age": exact, "age_low": low, "age_high": high}
