"""Breaches as pages print them."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ceasefire.access.breach.models import Breach, BreachStep
from ceasefire.access.breach.selectors import Clock, Kind, Subject
from ceasefire.access.breach.words import class_words
from ceasefire.kit.tables import Badge, Link, Number


def breach_columns() -> list:
    return [_("Breach"), _("Suspected"), _("Agency"), _("Found on"), _("State")]


def breach_row(breach: Breach, taken: list[BreachStep]) -> list:
    link = Link(str(breach), reverse("oversight:breach", args=[breach.pk]))
    return [link, _suspected(breach), breach.at_agency, breach.found_on, _state(taken)]


def _suspected(breach: Breach) -> str:
    return breach.who or _("everybody at the agency")


def _state(taken: list[BreachStep]) -> Badge:
    if not taken:
        return Badge(_("opened"), "due")
    newest = taken[-1]
    closed = newest.kind == BreachStep.Kind.CLOSED
    return Badge(newest.get_kind_display(), "ok" if closed else "due")


def breach_facts(breach: Breach) -> list[tuple]:
    # The end is the first moment that is left out; a reader thinks of the last day that is in.
    last = localtime(breach.until - timedelta(seconds=1)).date()
    return [
        (_("Suspected"), _suspected(breach)),
        (_("Agency"), breach.at_agency),
        (_("From"), localtime(breach.since).date()),
        (_("To"), last),
        (_("Found on"), breach.found_on),
        (_("Found by"), breach.found_by),
        (_("Reported on"), breach.reported_on),
        (_("What is suspected"), breach.suspicion),
        (_("Opened by"), breach.opener),
        (_("Opened"), breach.opened_at),
    ]


def clock_columns() -> list:
    return [_("Duty"), _("Last day"), _("State"), _("Source")]


def clock_row(clock: Clock) -> list:
    if clock.done:
        when = date_format(localtime(clock.done.at), "DATE_FORMAT")
        state = Badge(_("done on %s") % when, "ok")
    elif clock.late:
        state = Badge(_("overdue"), "late")
    else:
        state = Badge(_("runs"), "due")
    return [clock.duty.label, clock.due, state, clock.source]


def kind_columns() -> list:
    return [
        *(_("Kind of information"), _("Record"), Number(_("Records")), Number(_("Lines"))),
        _("Fields"),
    ]


def kind_row(kind: Kind) -> list:
    words = class_words(kind.data_class)
    return [words, kind.label, kind.records, kind.rows, ", ".join(kind.fields)]


def subject_columns() -> list:
    return [_("Record of the person"), Number(_("Times shown")), _("First"), _("Last")]


def subject_row(subject: Subject) -> list:
    link = Link(subject.key, f"{reverse('oversight:person')}?key={subject.key}")
    return [link, subject.rows, subject.first_at, subject.last_at]


def step_columns() -> list:
    return [_("What was done"), _("Who"), _("When"), _("How")]


def step_row(step: BreachStep) -> list:
    return [step.get_kind_display(), step.who, step.at, step.words]


def words_of(breach: Breach) -> dict:
    return {
        "for_letters": breach.for_letters,
        "for_letters_es": breach.for_letters_es,
        "contact": breach.contact,
    }
