"""The verbs of the intake: open a feed, receive a file, confirm its mapping, stage, apply.

Every verb is safe to repeat. Staging writes rows that nobody reads but the next step; applying is
one transaction, so a load is in the register whole or not at all, whatever was interrupted.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.models import Agency
from ceasefire.access.policies import require_change
from ceasefire.intake import comparing, files, monitors, pipelines
from ceasefire.intake.files import Received
from ceasefire.intake.labels import city_clock
from ceasefire.intake.mapping import Mapping
from ceasefire.intake.models import Batch, Feed, FeedMapping
from ceasefire.kit.locks import Busy, exclusive, held
from ceasefire.kit.readers import FileFault
from ceasefire.registry.services import city_now

Progress = Callable[[float, int], None]
State = Batch.State


class IntakeRefused(Exception):
    """The intake refuses, with the reason and the remedy in words."""


class BeingLoaded(IntakeRefused):
    """Somebody else has this feed in hand at this moment."""


@transaction.atomic
def feed_open(
    *,
    name: str,
    agency: Agency,
    title: str = "",
    kind: str = Feed.Kind.SHOOTINGS,
    coverage: str = Feed.Coverage.WHOLE,
    rolling_days: int | None = None,
) -> Feed:
    """Find or add a feed; a feed that exists is returned as it is.

    Raises ValidationError for a name that no address can hold, and for values too long to keep.
    """
    require_change(Feed)
    said = {
        "title": title or name,
        "kind": kind,
        "agency": agency,
        "coverage": coverage,
        "rolling_days": rolling_days,
    }
    Feed(name=name, **said).clean_fields(exclude=["agency"])
    feed, _created = Feed.objects.get_or_create(name=name, defaults=said)
    return feed


@transaction.atomic
def feed_cover(*, feed: Feed, coverage: str, rolling_days: int | None) -> Feed:
    """What each file of a feed covers from now on."""
    require_change(Feed)
    feed.coverage, feed.rolling_days = coverage, rolling_days
    feed.save(update_fields=["coverage", "rolling_days"])
    return feed


@transaction.atomic
def batch_receive(*, feed: Feed, received: Received, as_of: datetime | None = None) -> Batch:
    """Start a batch for a received file, or find the open batch of the same file again."""
    actor = require_change(Batch)
    as_of = as_of or timezone.now()
    # Two uploads at once: the second waits here and then finds the first one's batch.
    Feed.objects.select_for_update().get(pk=feed.pk)
    if standing := Batch.objects.filter(feed=feed, state__in=Batch.OPEN_STATES).first():
        if standing.sha256 == received.sha256:
            return standing
        _make_way(standing)
    _refuse_older(feed, as_of)
    return Batch.objects.create(
        feed=feed,
        file_name=received.name,
        sha256=received.sha256,
        size=received.size,
        as_of=as_of,
        loaded_by=actor.name,
    )


def _make_way(standing: Batch) -> None:
    """An interrupted load of another file makes way; one that a person has in hand does not."""
    if standing.state in (Batch.State.STAGED, Batch.State.WAITING):
        raise IntakeRefused(
            _("'%(file)s' of this feed waits to be applied. Apply or withdraw batch %(id)d first.")
            % {"file": standing.file_name, "id": standing.pk}
        )
    with _held(standing):
        batch_withdraw(batch=standing)


def _refuse_older(feed: Feed, as_of: datetime) -> None:
    newest = Batch.objects.filter(feed=feed, state=Batch.State.APPLIED).order_by("-as_of").first()
    if newest and as_of <= newest.as_of:
        raise IntakeRefused(
            _("This feed is already known as of %(newest)s; load publications in their order.")
            % {"newest": city_clock(newest.as_of)}
        )


def _lock_name(batch: Batch) -> str:
    return f"intake feed {batch.feed_id}"


@contextmanager
def _held(batch: Batch) -> Iterator[None]:
    """Hold the feed of a batch, or refuse because somebody else has it in hand."""
    try:
        with exclusive(_lock_name(batch)):
            yield
    except Busy:
        raise BeingLoaded(
            _("'%(file)s' of this feed is being loaded at this moment; wait until it has finished.")
            % {"file": batch.file_name}
        ) from None


def in_hand(batch: Batch) -> bool:
    """Whether something is reading or applying a file of this feed at this moment."""
    return held(_lock_name(batch))


def _claim(batch: Batch, *, within: tuple[str, ...] = Batch.OPEN_STATES, **values) -> None:
    """Change a batch that is in one of some states, or refuse where it no longer is."""
    if not Batch.objects.filter(pk=batch.pk, state__in=within).update(**values):
        batch.refresh_from_db()
        raise IntakeRefused(
            _("'%(file)s' has gone on in the meantime. It is now: %(state)s.")
            % {"file": batch.file_name, "state": batch.get_state_display()}
        )
    for name, value in values.items():
        setattr(batch, name, value)


def saved_mapping(saved: FeedMapping) -> Mapping:
    return Mapping.from_json(saved.mapping)


@transaction.atomic
def mapping_confirm(*, batch: Batch, mapping: Mapping, by_default: list[str] = ()) -> FeedMapping:
    """Save a mapping with the feed as its next version, unless it is the one already saved."""
    actor = require_change(FeedMapping)
    feed = Feed.objects.select_for_update().get(pk=batch.feed_id)
    newest = feed.mappings.order_by("-version").first()
    held = mapping.as_json()
    if newest is None or _decided(newest.mapping, newest.by_default) != _decided(held, by_default):
        newest = FeedMapping.objects.create(
            feed=feed,
            version=newest.version + 1 if newest else 1,
            mapping=held,
            by_default=list(by_default),
            confirmed_by=actor.name,
        )
    batch.mapping = newest
    batch.save(update_fields=["mapping"])
    return newest


def _decided(held: dict, by_default: list[str]) -> tuple:
    """What a person confirms; the evidence and the middle of the places are another file's own."""
    parts = ("unit", "fields", "answers", "left_out", "crs", "version")
    return {part: held.get(part) for part in parts}, set(by_default)


@transaction.atomic
def batch_start(*, batch: Batch) -> None:
    """A batch with its mapping is to be read, by whoever calls `batch_stage` next."""
    require_change(Batch)
    before = (State.RECEIVED, State.STAGING, State.STAGED, State.WAITING)
    _claim(batch, within=before, state=State.STAGING, progress=0, rows=0, doing="", report={})


@transaction.atomic
def batch_apply_start(*, batch: Batch, despite: str = "") -> None:
    """A staged batch is to be applied, by whoever calls `batch_apply` next."""
    require_change(Batch)
    _refuse_waiting(batch, despite)
    _claim(
        batch,
        within=(State.STAGED, State.WAITING),
        state=State.APPLYING,
        report=batch.report | {"despite": despite},
    )


def batch_stage(*, batch: Batch, progress: Progress = lambda share, rows: None) -> Batch:
    """Read the batch's file into the staging table; again from the start if it was interrupted.

    Raises IntakeRefused where the file itself is at fault; the batch then says why.
    """
    require_change(Batch)
    try:
        with _held(batch):
            _stage(batch, progress)
    except FileFault as fault:
        batch_refuse(batch=batch, reason=str(fault))
        raise IntakeRefused(batch.refusal) from fault
    return batch


def _stage(batch: Batch, progress: Progress) -> None:
    city = city_now()
    _claim(
        batch,
        state=Batch.State.STAGING,
        doing=_("Reading"),
        progress=0,
        rows=0,
        report={"began": timezone.now().isoformat()},
    )
    pipelines.forget(batch)

    def advance(share: float, rows: int) -> None:
        _change(batch, progress=share, rows=rows)
        progress(share, rows)

    found = pipelines.read(batch, saved_mapping(batch.mapping), city, advance)
    batch.rows, batch.rejected = found.rows, found.rejected
    raised = monitors.alarms(batch, missing_place=found.missing_place)
    _change(
        batch,
        state=Batch.State.WAITING if monitors.too_many_rejected(batch) else Batch.State.STAGED,
        rows=found.rows,
        rejected=found.rejected,
        progress=1,
        doing="",
        report={
            "notes": found.notes,
            "warnings": found.warnings,
            "not_counted": found.not_counted,
            "repeated": found.repeated,
            "missing_place": found.missing_place,
            "missing_date": found.missing_date,
            "alarms": [alarm.as_dict() for alarm in raised],
        },
    )


def _change(batch: Batch, **values) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(values))


@transaction.atomic
def batch_compare(*, batch: Batch) -> comparing.Comparison:
    """What applying a staged batch would do. Writes nothing to the register."""
    require_change(Batch)
    return comparing.compare(batch)


def batch_apply(*, batch: Batch, despite: str = "") -> Batch:
    """Write a staged batch into the register, whole or not at all.

    despite: why a batch that waits for a person is applied all the same.
    """
    require_change(Batch)
    if batch.state == Batch.State.APPLIED:
        return batch
    _refuse_waiting(batch, despite)
    with _held(batch):
        _apply(batch, despite)
    file_discard(batch)
    pipelines.refresh_planner_statistics()
    return batch


def _refuse_waiting(batch: Batch, despite: str) -> None:
    if batch.state != State.WAITING or despite:
        return
    raise IntakeRefused(
        _(
            "%(rejected)d of %(total)d rows were rejected, so this file waits for a person. "
            "Look at the report, then apply batch %(id)d with a reason, or withdraw it."
        )
        % {"rejected": batch.rejected, "total": batch.rows, "id": batch.pk}
    )


def _apply(batch: Batch, despite: str) -> None:
    batch.refresh_from_db(fields=["state"])
    if batch.state == Batch.State.APPLIED:
        return
    despite = despite or batch.report.get("despite", "")
    _claim(
        batch,
        state=Batch.State.APPLYING,
        doing=_("Comparing and writing"),
        report={name: told for name, told in batch.report.items() if name != "trouble"}
        | {"despite": despite},
    )
    if pipelines.staging_gone(batch):
        # The staging table does not outlive a crash of the database: read the file again.
        _stage(batch, lambda share, rows: None)
    with transaction.atomic():
        counts, report = pipelines.write(batch, saved_mapping(batch.mapping))
        _change(
            batch,
            state=Batch.State.APPLIED,
            applied_at=timezone.now(),
            doing="",
            **counts,
            report=batch.report | report | {"despite": despite},
        )


def file_discard(received: Batch | Received) -> None:
    """Remove a file that no open batch, of whichever feed, waits for."""
    if not Batch.objects.filter(sha256=received.sha256, state__in=Batch.OPEN_STATES).exists():
        name = received.file_name if isinstance(received, Batch) else received.name
        files.remove(received.sha256, name)


@transaction.atomic
def batch_refuse(*, batch: Batch, reason: str) -> Batch:
    """A file fault: the whole file is refused and nothing of it is kept but the reason."""
    require_change(Batch)
    # The person who sent the file knows it by its own name, not by the hash that it is kept under.
    kept = files.kept_path(batch.sha256, batch.file_name).name
    reason = reason.replace(kept, batch.file_name)
    _claim(batch, state=Batch.State.REFUSED, refusal=reason, doing="", report={})
    pipelines.forget(batch)
    transaction.on_commit(lambda: file_discard(batch))
    return batch


@transaction.atomic
def batch_withdraw(*, batch: Batch) -> Batch:
    """Give up a batch that has not been applied."""
    require_change(Batch)
    with _held(batch):
        _claim(batch, state=Batch.State.WITHDRAWN, doing="")
        pipelines.forget(batch)
    transaction.on_commit(lambda: file_discard(batch))
    return batch


@transaction.atomic
def batch_reopen(*, batch: Batch, asked: dict) -> None:
    """Take an open batch back to its mapping; what was read of it is read again.

    asked: what a person has chosen so far, for the next look at the file.
    """
    require_change(Batch)
    with _held(batch):
        _claim(batch, state=Batch.State.RECEIVED, doing="", report={"asked": asked})
        pipelines.forget(batch)


@transaction.atomic
def batch_trouble(*, batch: Batch, words: str) -> None:
    """Say on an open batch why its last step came to nothing; the step can be started again."""
    require_change(Batch)
    for standing in Batch.objects.select_for_update().filter(
        pk=batch.pk, state__in=Batch.OPEN_STATES
    ):
        _change(standing, report=standing.report | {"trouble": words})
