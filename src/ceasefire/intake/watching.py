"""What a feed is fed from on schedule: a watched folder, or an open-data portal.

From a folder, files that were not loaded before are loaded, in name order. Nothing in it is moved
or changed. A file counts as new by its content, and as complete
when it has stopped growing. A file that cannot be taken is recorded once, with the reason.
"""

import logging
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.asking import actor_of_user
from ceasefire.access.identity import OPERATOR, acting, current
from ceasefire.access.models import User
from ceasefire.access.policies import require_change
from ceasefire.intake import files, loading, portals, services
from ceasefire.intake.files import Received
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.services import BeingLoaded, IntakeRefused

logger = logging.getLogger(__name__)

# A file touched within the last minute may still be arriving, so it is looked at twice.
FRESH = timedelta(minutes=1)
STILL_SECONDS = 3.0
# A load that was interrupted here goes on at the next look.
INTERRUPTED = (Batch.State.STAGING, Batch.State.APPLYING)


@transaction.atomic
def folder_watch(*, feed: Feed, folder: Path) -> Feed:
    """Watch a folder for a feed from now on, in the name of the person who asks.

    Raises IntakeRefused where it is no folder.
    """
    require_change(Feed)
    folder = Path(folder).resolve()
    if not folder.is_dir():
        raise IntakeRefused(
            _("'%(folder)s' is no folder; make it first, then watch it.") % {"folder": folder}
        )
    feed.watched_folder = str(folder)
    feed.scheduled_by_id = current().user_id
    feed.save(update_fields=["watched_folder", "scheduled_by"])
    return feed


def folders_look() -> None:
    """Look in every watched folder, each in the name of the person who set it up."""
    for feed in _scheduled():
        if feed.watched_folder:
            with _others_go_on(feed):
                folder_look(feed=feed)


def portals_look() -> None:
    """Fetch every dataset that a feed follows, each in the name of the person who set it up."""
    for feed in _scheduled():
        if portals.address_of(feed):
            with _others_go_on(feed):
                portal_look(feed=feed)


def _scheduled() -> Iterator[Feed]:
    """The feeds with a folder or a portal, each while its own person is the one who reads."""
    if not User.objects.exists():
        with acting(OPERATOR):
            yield from Feed.objects.select_related("agency")
    for person in User.objects.filter(is_active=True):
        if actor := actor_of_user(person):
            with acting(actor):
                yield from Feed.objects.filter(scheduled_by=person).select_related("agency")


@contextmanager
def _others_go_on(feed: Feed) -> Iterator[None]:
    """What stops one feed is logged and stops no other."""
    try:
        yield
    except Exception:
        logger.exception("The feed '%s' could not be looked after.", feed.name)


def portal_look(*, feed: Feed) -> Batch | None:
    """Fetch the feed's dataset and load it; None where it is the one that was loaded last.

    Raises PortalFault where it cannot be fetched.
    """
    require_change(Batch)
    path = portals.fetch(portals.address_of(feed), settings.HOME.folder("fetched"))
    try:
        received = files.receive(path)
    finally:
        path.unlink(missing_ok=True)
    if _met(feed, received):
        services.file_discard(received)
        return None
    return _taken(feed, received, timezone.now())


def folder_look(*, feed: Feed) -> list[Batch]:
    """Load the feed's new files; the batches that came of them, refused ones too.

    While a file waits for a person, the next one waits too: it is compared with what came before.
    """
    require_change(Batch)
    files_now = _complete(_regular_files(Path(feed.watched_folder)))
    loaded = [_load(feed, path, trace) for path, trace in files_now.items()]
    return [batch for batch in loaded if batch]


def _regular_files(folder: Path) -> list[Path]:
    """Ordinary files right in the folder; a link may lead anywhere, so none is followed."""
    if folder.resolve() != folder or not folder.is_dir():
        logger.warning("The watched folder %s is not there.", folder)
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


class Trace(NamedTuple):
    """What tells an ordinary file that was touched from one that was not."""

    size: int
    modified_ns: int
    changed_ns: int


def _trace(path: Path) -> Trace | None:
    """None for what is no ordinary file, has nothing in it, or has gone."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or not found.st_size:
        return None
    return Trace(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _complete(paths: list[Path]) -> dict[Path, Trace]:
    """The ordinary files that are not still growing."""
    traces = {path: trace for path in paths if (trace := _trace(path))}
    fresh = time.time_ns() - FRESH // timedelta(microseconds=1) * 1000
    if any(trace.changed_ns > fresh for trace in traces.values()):
        time.sleep(STILL_SECONDS)
    return {path: trace for path, trace in traces.items() if _trace(path) == trace}


def _load(feed: Feed, path: Path, trace: Trace) -> Batch | None:
    """Load one file; None where there is nothing to do, or not yet."""
    if _untouched_since_loaded(feed, path, trace):
        return None
    try:
        received = files.receive(path)
    except (PermissionError, FileNotFoundError) as error:
        logger.warning("%s", error)
        return None
    if _trace(path) != trace or _met(feed, received):
        services.file_discard(received)
        return None
    return _taken(feed, received, _as_of(feed, trace))


def _taken(feed: Feed, received: Received, as_of: datetime) -> Batch | None:
    try:
        return loading.load_received(received, feed=feed, as_of=as_of)
    except BeingLoaded:
        return None
    except IntakeRefused as refusal:
        return _recorded(feed, received, str(refusal))


def _untouched_since_loaded(feed: Feed, path: Path, trace: Trace) -> bool:
    """Spares reading years of files through at every look."""
    changed = datetime.fromtimestamp(trace.changed_ns / 1e9, tz=UTC)
    met = Batch.objects.filter(
        feed=feed, file_name=path.name, size=trace.size, started_at__gt=changed
    )
    return met.exclude(state__in=INTERRUPTED).exists()


def _met(feed: Feed, received: Received) -> bool:
    """Whether this content was met before, or another file of the feed has the turn."""
    batches = Batch.objects.filter(feed=feed)
    if batches.filter(state__in=Batch.OPEN_STATES).exclude(sha256=received.sha256).exists():
        return True
    return batches.filter(sha256=received.sha256).exclude(state__in=INTERRUPTED).exists()


def _as_of(feed: Feed, trace: Trace) -> datetime:
    """When the file was last written; after the newest that is known, so that time runs on."""
    written = datetime.fromtimestamp(trace.modified_ns / 1e9, tz=UTC)
    applied = Batch.objects.filter(feed=feed, state=Batch.State.APPLIED)
    newest = applied.aggregate(newest=Max("as_of"))["newest"]
    written = min(written, timezone.now())
    return max(written, newest + timedelta(seconds=1)) if newest else written


def _recorded(feed: Feed, received: Received, reason: str) -> Batch | None:
    """The batch of a file that was not taken: refused, unless it waits for a person."""
    batch = Batch.objects.filter(feed=feed, sha256=received.sha256).order_by("-pk").first()
    if batch and batch.state in (Batch.State.RECEIVED, *INTERRUPTED):
        services.batch_refuse(batch=batch, reason=reason)
    return batch
