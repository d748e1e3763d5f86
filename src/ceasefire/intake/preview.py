"""What a file holds, read to its end, before anything of it is loaded."""

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from os import PathLike

import numpy as np

from ceasefire.kit.readers import RowFault, open_table

from .counting import Counted
from .mapping import Mapping, Proposal, propose
from .normalise import Normaliser, Rows

SHOWN = 20
Progress = Callable[[float, int], None]


@dataclass
class Totals:
    """Sums over the chunks of a file. Memory grows by eight bytes a row, for incident numbers."""

    rows: int = 0
    rejected: int = 0
    missing_place: int = 0
    recovered_place: int = 0
    far_place: int = 0
    undated: int = 0
    fatal: int = 0
    not_fatal: int = 0
    injured: int = 0
    sums: Counter = field(default_factory=Counter)
    incidents: array = field(default_factory=lambda: array("q"))
    contents: array = field(default_factory=lambda: array("q"))
    precisions: Counter = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None
    counted: int = 0
    faults: list[RowFault] = field(default_factory=list)
    warnings: int = 0

    def add(self, rows: Rows) -> None:
        held = rows.columns
        self.rows += len(rows.row_numbers)
        self.missing_place += held["latitude"].count(None)
        self.recovered_place += sum(1 for f in held["place_from"] if f == "x y")
        self.fatal += held["fatal"].count(True)
        self.not_fatal += held["fatal"].count(False)
        self.injured += held["injured"].count(True)
        for name in ("victims", "killed", "wounded", "incidents"):
            self.sums[name] += sum(filter(None, held[name]))
        self.precisions.update(held["occurred_precision"])
        self.incidents.extend(map(hash, held["incident_key"]))
        self.contents.extend(
            map(hash, map("".join, zip(held["content_key"], held["rest_key"], strict=True)))
        )
        self._dates(held["occurred_on"])

    def _dates(self, days: list[date | None]) -> None:
        known = set(days) - {None}
        self.undated += days.count(None)
        if known:
            self.first = min(known | ({self.first} - {None}))
            self.last = max(known | ({self.last} - {None}))

    def fault(self, faults: list[RowFault]) -> None:
        self.rejected += len({fault.row for fault in faults})
        self.faults += faults[: SHOWN - len(self.faults)]


def distinct(hashes: array) -> int:
    """How many different values there are."""
    return len(np.unique(np.frombuffer(hashes, dtype=np.int64))) if hashes else 0


@dataclass(frozen=True)
class Preview:
    """A proposal and the totals of the file under it."""

    proposal: Proposal
    totals: Totals
    format: str
    notes: list[str]

    @property
    def mapping(self) -> Mapping:
        return self.proposal.mapping

    def as_dict(self) -> dict:
        """The preview as plain values for JSON; None where the file does not know."""
        mapping, totals = self.mapping, self.totals
        return {
            "unit": mapping.unit,
            "rows": totals.rows + totals.rejected,
            **people(mapping, totals),
            "missing_place": totals.missing_place,
            "time_precision": precision(mapping),
            "first_date": totals.first and totals.first.isoformat(),
            "last_date": totals.last and totals.last.isoformat(),
            "mapping": mapping.columns(),
            "questions": [question.as_dict() for question in self.proposal.questions],
            "format": self.format,
            "notes": self.notes,
            "derived": derived(mapping),
            "rejected": totals.rejected,
            "warnings": totals.warnings,
            "faults": [fault._asdict() for fault in totals.faults[:SHOWN]],
            "undated": totals.undated,
            "recovered_place": totals.recovered_place,
            "counted_rows": totals.counted,
            "identical_rows": totals.rows - distinct(totals.contents),
            "left_out": mapping.left_out,
            "unmapped": mapping.unmapped,
            "crs": mapping.crs,
            "evidence": mapping.evidence,
        }


def people(mapping: Mapping, totals: Totals) -> dict[str, int | None]:
    """Incidents, victims, and those of them killed and hurt, as far as the unit lets one say."""
    counts = {"incidents": _incidents(mapping, totals), "victims": None}
    counts |= {"fatal_victims": None, "injured_victims": None}
    if mapping.unit == "victim":
        counts |= _of_victims(mapping, totals)
    elif mapping.unit == "event":
        counts |= _of_events(mapping, totals)
    return counts


def _incidents(mapping: Mapping, totals: Totals) -> int:
    if _is_totals(mapping):
        return totals.sums["incidents"]
    if "incident_number" in mapping.fields or mapping.unit == "victim":
        return distinct(totals.incidents)
    return totals.rows


def _is_totals(mapping: Mapping) -> bool:
    return mapping.unit == "event" and "incidents" in mapping.fields


def _of_victims(mapping: Mapping, totals: Totals) -> dict[str, int | None]:
    fatal = totals.fatal if "fatal" in mapping.fields else None
    hurt = totals.not_fatal if fatal is not None else None
    if "injured" in mapping.fields and fatal is None:
        hurt = totals.injured
    return {"victims": totals.rows, "fatal_victims": fatal, "injured_victims": hurt}


def _of_events(mapping: Mapping, totals: Totals) -> dict[str, int | None]:
    known = {
        name: totals.sums[name]
        for name in ("victims", "killed", "wounded")
        if name in mapping.fields
    }
    killed, wounded, victims = known.get("killed"), known.get("wounded"), known.get("victims")
    if victims is None and killed is not None and wounded is not None:
        victims = killed + wounded
    if wounded is None and victims is not None and killed is not None:
        wounded = victims - killed
    if killed is None and victims is not None and wounded is not None:
        killed = victims - wounded
    return {"victims": victims, "fatal_victims": killed, "injured_victims": wounded}


def precision(mapping: Mapping) -> str:
    """What the times of the file can know: "minute", "hour" or "day"."""
    held = mapping.fields.get("occurred_at") or mapping.fields.get("occurred_time") or {}
    return held.get("clock", "day")


def derived(mapping: Mapping) -> list[str]:
    """Totals that the file does not state, and how they were made."""
    if mapping.unit == "victim" and "incident_number" not in mapping.fields:
        return ["incidents: rows of the same date, time and place, as there is no incident number"]
    return []


def preview(
    path: str | PathLike,
    *,
    boundaries: str | PathLike | None = None,
    progress: Progress | None = None,
    mapping: Mapping | None = None,
    as_of: date | None = None,
) -> Preview:
    """Propose a mapping for a file and count it under that mapping, or under the one given.

    boundaries: the city's boundary file, to tell projections apart. progress(share, rows) is
    called after each chunk. Raises FileFault for a file that cannot be read.
    """
    proposal = propose(path, layer=_layer(boundaries), as_of=as_of)
    if mapping is not None:
        proposal = Proposal(mapping, proposal.questions, proposal.notes)
    totals = Totals()
    with open_table(path) as table:
        normaliser = Normaliser(proposal.mapping, zone="UTC", as_of=as_of, only_counted=False)
        counted = Counted(proposal.mapping)
        for chunk in table.chunks():
            rows = normaliser.chunk(chunk)
            totals.add(rows)
            totals.fault([*chunk.faults, *rows.faults])
            totals.warnings += len(rows.warnings)
            raw = {name: chunk.columns[c] for name, c in proposal.mapping.columns().items()}
            totals.counted += sum(counted.mask(raw, len(chunk.row_numbers)))
            if progress:
                progress(chunk.fraction, totals.rows + totals.rejected)
        return Preview(proposal, totals, table.format, [*table.notes, *proposal.notes])


def _layer(boundaries: str | PathLike | None):
    if boundaries is None:
        return None
    from ceasefire.kit.boundaries import load_layer

    return load_layer(boundaries)
