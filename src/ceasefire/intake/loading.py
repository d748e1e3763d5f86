"""A file from arrival to register in one go, as the command line, the watched folder and the
demo load it. The web takes the same steps with a person between them.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ceasefire.intake import files, pipelines, services
from ceasefire.intake.files import Received
from ceasefire.intake.mapping import Mapping, Proposal
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.services import IntakeRefused, Progress
from ceasefire.kit.readers import FileFault


def load(
    path: Path,
    *,
    feed: Feed,
    as_of: datetime | None = None,
    answers: dict | None = None,
    despite: str = "",
    progress: Progress = lambda share, rows: None,
) -> Batch:
    """Stage and apply a file with the feed's mapping, its saved answers, and defaults for the rest.

    Raises IntakeRefused with the reason and the remedy; nothing is then applied.
    """
    received = files.receive(path)
    return load_received(
        received, feed=feed, as_of=as_of, answers=answers, despite=despite, progress=progress
    )


def load_received(
    received: Received,
    *,
    feed: Feed,
    as_of: datetime | None = None,
    answers: dict | None = None,
    despite: str = "",
    progress: Progress = lambda share, rows: None,
) -> Batch:
    """`load`, for a file that this home has already taken in.

    answers: to open questions, by what they are about; defaults settle the rest.
    """
    batch = services.batch_receive(feed=feed, received=received, as_of=as_of)
    # A load that was interrupted while it was being applied needs no second reading.
    if batch.state != Batch.State.APPLYING:
        mapping, by_default = settled(batch)
        mapping = mapping.answered(answers or {})
        by_default = [about for about in by_default if about not in (answers or {})]
        services.mapping_confirm(batch=batch, mapping=mapping, by_default=by_default)
        services.batch_stage(batch=batch, progress=progress)
    return services.batch_apply(batch=batch, despite=despite)


def settled(batch: Batch) -> tuple[Mapping, list[str]]:
    """The mapping for a batch's file, and the questions that only a default has answered."""
    try:
        proposal = proposed(batch)
    except FileFault as fault:
        services.batch_refuse(batch=batch, reason=str(fault))
        raise IntakeRefused(batch.refusal) from fault
    saved = batch.feed.mappings.order_by("-version").first()
    if saved is None:
        return proposal.mapping, [question.about for question in proposal.questions]
    mapping = with_saved(proposal, services.saved_mapping(saved))
    return mapping, [about for about in saved.by_default if about in mapping.answers]


def proposed(batch: Batch) -> Proposal:
    """A fresh proposal for the batch's file."""
    _held, proposal, _notes = pipelines.look_through(batch)
    return proposal


def with_saved(proposal: Proposal, saved: Mapping) -> Mapping:
    """The saved choice of columns and answers, read in the formats that this file shows.

    Formats are evidence, not decisions: a publisher that changes how it writes dates keeps its
    feed. Raises IntakeRefused where a column of the saved mapping is gone.
    """
    held = set(proposal.mapping.unmapped) | set(proposal.mapping.columns().values())
    held |= set(proposal.mapping.left_out)
    gone = sorted(set(saved.columns().values()) - held)
    if gone:
        raise IntakeRefused(
            f"The feed's mapping uses columns that this file does not have: {', '.join(gone)}. "
            "If the publisher changed its layout, confirm a new mapping on the feed's page."
        )
    fresh = proposal.mapping.columns()
    fields = {
        name: proposal.mapping.fields[name] if fresh.get(name) == entry["column"] else entry
        for name, entry in saved.fields.items()
    }
    merged = replace(proposal.mapping, fields=fields, unit=saved.unit, left_out=saved.left_out)
    return merged.answered(saved.answers)
