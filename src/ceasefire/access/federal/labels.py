"""Requests and attestations as tables and lists of facts print them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.federal.models import FederalAttestation, ImmigrationRequest
from ceasefire.kit.tables import Badge, Link


def request_columns() -> list[str]:
    return [_("Which authority"), _("When it came"), _("By which means"), _("Asked for"),
            _("Answer")]  # fmt: skip


def request_rows(found) -> list[list]:
    return [
        [_link(one), one.received_at, one.get_means_display(), one.get_about_display(),
         one.get_answer_display()]
        for one in found
    ]  # fmt: skip


def _link(one: ImmigrationRequest) -> Link:
    return Link(one.body, reverse("federal:one", args=[one.pk]))


def request_facts(one: ImmigrationRequest) -> list[tuple]:
    return [
        (_("When it came"), one.received_at),
        (_("Which authority"), one.body),
        (_("Who asked"), one.official),
        (_("By which means"), one.get_means_display()),
        (_("Asked for"), one.get_about_display()),
        (_("What was said"), one.words),
        (_("Answer"), one.get_answer_display()),
        (_("Court and number of the warrant"), one.warrant),
        (_("The city attorney got it on"), one.attorney_on),
        (_("Recorded by"), one.recorder),
        (_("Recorded"), one.recorded_at),
    ]


def attested_columns() -> list[str]:
    return [_("Who"), _("Agency"), _("Answer"), _("Counts until")]


def attested_rows(found) -> list[list]:
    return [[one.who, str(one.agency), _answer(one), one.ends_at] for one in found]


def _answer(one: FederalAttestation) -> Badge:
    if one.answer == FederalAttestation.Answer.DETAILED:
        return Badge(_("detailed: no access"), "late")
    return Badge(_("no such duty"), "ok")
