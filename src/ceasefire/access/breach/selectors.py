"""What a breach reached, and which duties run: asked of the log anew each time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import connection
from django.db.models import F, QuerySet

from ceasefire.access import describing
from ceasefire.access.breach.models import Breach, BreachRule, BreachStep, Duty


@dataclass(frozen=True)
class Subject:
    """A person that the suspected account or agency was shown."""

    key: str
    rows: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Kind:
    """One kind of record ('registry.person') that was reached, with how many and which fields."""

    label: str
    rows: int
    records: int
    fields: list[str]

    @property
    def data_class(self) -> str:
        """The class of the access matrix, or the kind itself where no model has that name."""
        return describing.class_of(self.label) or self.label


@dataclass(frozen=True)
class Scope:
    """Everything that was shown between the breach's two moments."""

    subjects: list[Subject]
    kinds: list[Kind]

    @cached_property
    def keys(self) -> set[str]:
        return {subject.key for subject in self.subjects}


@dataclass(frozen=True)
class Clock:
    """A duty with its last day. done: the step that met it; late: whether it is past and unmet."""

    duty: Duty
    due: date
    source: str
    done: BreachStep | None
    late: bool


def breaches() -> QuerySet[Breach]:
    """With the names beside them: who (the account's), at_agency, opener."""
    return Breach.objects.annotate(
        who=F("account__display_name"), at_agency=F("agency__name"),
        agency_kind=F("agency__kind"), opener=F("opened_by__display_name"),
    )  # fmt: skip


def steps(breach: Breach) -> list[BreachStep]:
    return list(BreachStep.objects.filter(breach=breach).annotate(who=F("by__display_name")))


def scope(breach: Breach) -> Scope:
    return Scope(
        [Subject(*row) for row in _ask("SELECT * FROM wall.breach_subjects(%s)", breach.pk)],
        kinds(breach),
    )


def kinds(breach: Breach, key: str | None = None) -> list[Kind]:
    """The kinds of record reached; with a key only what was shown of that person."""
    return [Kind(*row) for row in _ask("SELECT * FROM wall.breach_kinds(%s, %s)", breach.pk, key)]


def rules_of(day: date) -> dict[str, BreachRule]:
    """Duty -> the rule in force on a day."""
    known = BreachRule.objects.filter(effective_from__lte=day).order_by("effective_from")
    return {rule.duty: rule for rule in known}


def clocks(breach: Breach, persons: int, taken: list[BreachStep], today: date) -> list[Clock]:
    """The duties that this breach brings, under the rules in force when it was found."""
    done = {step.kind: step for step in taken}
    return [
        _clock(breach, rule, done.get(rule.duty), today)
        for rule in rules_of(breach.found_on).values()
        if _applies(breach, rule, persons)
    ]


def _applies(breach: Breach, rule: BreachRule, persons: int) -> bool:
    if rule.duty == Duty.VENDOR:
        return breach.agency.kind == "vendor"
    return persons > rule.more_than


def _clock(breach: Breach, rule: BreachRule, done: BreachStep | None, today: date) -> Clock:
    due = breach.found_on + timedelta(days=rule.days)
    return Clock(Duty(rule.duty), due, rule.source, done, late=done is None and due < today)


def _ask(question: str, *words) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return cursor.fetchall()
