"""A first look at a received file, kept on its batch: a large file takes a while to survey.

The look is what the mapping page asks a person about: the proposed mapping with the feed's saved
answers laid over it, the open questions, and a few values of each column.
"""

from dataclasses import asdict, dataclass, field

from django.db import transaction

from ceasefire.access.policies import require_change
from ceasefire.intake import pipelines, services
from ceasefire.intake.loading import with_saved
from ceasefire.intake.mapping import Mapping, Proposal
from ceasefire.intake.models import Batch
from ceasefire.intake.people.shapes import shape
from ceasefire.intake.questions import Question
from ceasefire.intake.services import IntakeRefused
from ceasefire.intake.survey import Survey
from ceasefire.kit.readers import FileFault
from ceasefire.kit.values import is_empty

SAMPLES = 3
SAMPLE_CHARACTERS = 60


@dataclass(frozen=True)
class Look:
    """samples: the first distinct values of every column that may be mapped, in file order.

    refused: our fields that a person chose a column for whose values cannot be that.
    misfit: why the feed's saved mapping does not fit this file; empty where it does.
    """

    mapping: Mapping
    questions: list[Question]
    samples: dict[str, list[str]]
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    misfit: str = ""

    @property
    def unused(self) -> list[str]:
        taken = set(self.mapping.columns().values())
        return [column for column in self.samples if column not in taken]

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, held: dict) -> "Look":
        mapping = Mapping.from_json(held["mapping"])
        questions = [Question(**question) for question in held["questions"]]
        return cls(**held | {"mapping": mapping, "questions": questions})


def kept_look(batch: Batch) -> Look | None:
    """The look of a batch that waits for its mapping; None before the file has been looked at."""
    held = batch.report.get("look") if batch.state == Batch.State.RECEIVED else None
    return Look.from_json(held) if held else None


def batch_look(*, batch: Batch) -> None:
    """Survey a received file and keep what was found on its batch.

    Raises IntakeRefused where the file itself is at fault; the batch then says why.
    """
    require_change(Batch)
    asked = batch.report.get("asked", {})
    try:
        look = _look(batch, asked.get("columns"))
    except FileFault as fault:
        services.batch_refuse(batch=batch, reason=str(fault))
        raise IntakeRefused(batch.refusal) from fault
    with transaction.atomic():
        waiting = Batch.objects.select_for_update().filter(pk=batch.pk, state=Batch.State.RECEIVED)
        waiting.update(report={"look": look.as_json(), "asked": asked})


def batch_look_again(
    *, batch: Batch, columns: dict[str, str] | None = None, answers: dict | None = None
) -> None:
    """Take an open batch back to its mapping, with the columns and answers a person has chosen.

    columns: our field to their column; None takes the feed's saved ones.
    """
    require_change(Batch)
    services.batch_reopen(batch=batch, asked={"columns": columns, "answers": answers or {}})


def _look(batch: Batch, columns: dict[str, str] | None) -> Look:
    read, proposal, notes = pipelines.look_through(batch, columns=columns)
    mapping, misfit = _with_feed(batch, proposal, columns)
    return Look(
        mapping,
        proposal.questions,
        _samples(read, as_shapes=not pipelines.of_shootings(batch.feed)),
        [*notes, *proposal.notes],
        _refused(columns or {}, mapping.columns()),
        misfit,
    )


def _refused(chosen: dict[str, str], taken: dict[str, str]) -> list[str]:
    """Our fields whose chosen column was taken neither for them nor for a field that says it
    better (a date column that turns out to carry the time of day)."""
    moved = {column for name, column in taken.items() if chosen.get(name) != column}
    return sorted(name for name, column in chosen.items() if taken.get(name) != column not in moved)


def _with_feed(
    batch: Batch, proposal: Proposal, columns: dict[str, str] | None
) -> tuple[Mapping, str]:
    """The feed's saved choice over the proposal, and why it does not fit where it does not."""
    saved = batch.feed.mappings.order_by("-version").first()
    if saved is None or columns is not None:
        return proposal.mapping, ""
    try:
        return with_saved(proposal, services.saved_mapping(saved)), ""
    except IntakeRefused as refusal:
        return proposal.mapping, str(refusal)


def _samples(read: Survey, *, as_shapes: bool) -> dict[str, list[str]]:
    """as_shapes: of people's files only how values are written; a batch is behind no names door."""
    heads = {column: read.head(column) for column in read.columns if column in read.profiles}
    if as_shapes:
        heads = {column: [v and shape(v) for v in values] for column, values in heads.items()}
    return {column: _first(values) for column, values in heads.items()}


def _first(values: list[str | None]) -> list[str]:
    distinct = dict.fromkeys(value for value in values if not is_empty(value))
    return [_short(value) for value, _ in zip(distinct, range(SAMPLES), strict=False)]


def _short(value: str) -> str:
    return value if len(value) <= SAMPLE_CHARACTERS else value[:SAMPLE_CHARACTERS] + "…"
