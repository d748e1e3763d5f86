"""Files about people on the intake's own steps: read and reported, then taken into the register."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.purposes.services import stating
from ceasefire.intake.mapping import Mapping
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.people import proposal, reading
from ceasefire.intake.people.reading import Read
from ceasefire.intake.staging import Staged, record_faults
from ceasefire.kit.readers import FileFault, RowFault
from ceasefire.registry import ballistics
from ceasefire.registry.matching.taking import Taken, rows_take_in
from ceasefire.registry.people.recording import Source
from ceasefire.registry.prior_lists.services import rows_wait

Progress = Callable[[float, int], None]


def stage(batch: Batch, path: Path, mapping: Mapping, progress: Progress) -> Staged:
    """Read a file and report its faults. No name is kept: the file is read again to be applied.

    Raises FileFault for a file that is broken, or whose mapping says too little.
    """
    proposal.refuse_silent(mapping)
    _refuse_nameless_hands(batch)
    found = _read(batch, path, mapping, progress)
    record_faults(batch, found.faults, rejected=True)
    record_faults(batch, found.warnings, rejected=False)
    return Staged(
        rows=found.rows, rejected=found.rejected, warnings=len(found.warnings), notes=found.notes
    )


def _refuse_nameless_hands(batch: Batch) -> None:
    """C35: nobody attests what they have loaded, so it is known who loads a list."""
    if batch.feed.kind == Feed.Kind.PRIOR_LIST and identity.current().user_id is None:
        raise FileFault(
            "the list", "nobody says who loads it, and its loader may attest none of its rows",
            "load it with an account (--as USER)",
        )  # fmt: skip


def apply(batch: Batch, path: Path, mapping: Mapping) -> dict:
    """Take the file into the register. Returns the batch's counts and its report."""
    found = _read(batch, path, mapping, lambda share, rows: None)
    if batch.feed.kind == Feed.Kind.BALLISTICS:
        return ballistics.leads_take_in(
            rows=found.kept, feed_id=batch.feed_id, batch_id=batch.pk,
            agency_id=batch.feed.agency_id, as_of=batch.as_of,
        )  # fmt: skip
    source = Source(batch.feed.agency_id, batch.feed_id, batch.pk, batch.feed.kind, batch.as_of)
    if batch.feed.kind == Feed.Kind.PRIOR_LIST:
        return _let_wait(batch, found, source)
    with stating(f"intake.batch:{batch.pk}"):
        taken = rows_take_in(rows=found.kept, source=source, covered=_covered(batch))
    _report_impossible(batch, taken)
    counts = _counts(batch, taken)
    return counts | {"report": counts["report"] | found.counted}


def _let_wait(batch: Batch, found: Read, source: Source) -> dict:
    """The rows of an earlier list wait, each for somebody's attestation."""
    with stating(f"intake.batch:{batch.pk}"):
        outcome, _held = rows_wait(rows=found.kept, source=source)
    taken = Taken(outcome)
    _report_impossible(batch, taken)
    return _counts(batch, taken)


def _read(batch: Batch, path: Path, mapping: Mapping, progress: Progress) -> Read:
    return reading.read(path, mapping, as_of=batch.as_of.date(), progress=progress)


def _covered(batch: Batch) -> date | None:
    """The day from which the file holds everything; None where it holds all there is."""
    today = batch.as_of.date()
    if batch.feed.coverage == Feed.Coverage.ROLLING:
        return today - timedelta(days=batch.feed.rolling_days)
    return today.replace(month=1, day=1) if batch.feed.coverage == "year_to_date" else None


def _report_impossible(batch: Batch, taken: Taken) -> None:
    """Rows that only the register could refuse: somebody born after what they took part in."""
    faults = [
        RowFault(number, None, _("born after the day of the event"), _("correct either date"))
        for number in taken.outcome.before_birth
    ]
    record_faults(batch, faults, rejected=True)


def _counts(batch: Batch, taken: Taken) -> dict:
    outcome, run = taken.outcome, taken.run
    return {
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "vanished": outcome.vanished,
        "rejected": batch.rejected + len(outcome.before_birth),
        "report": {
            "returned": outcome.returned,
            "unplaced": outcome.unplaced,
            "too_old": outcome.too_old,
            "run": run and run.pk,
            "joined": run.joined if run else 0,
            "asked": run.asked if run else 0,
            "new_people": run.new_people if run else 0,
            "dropped": run.dropped if run else 0,
        },
    }
