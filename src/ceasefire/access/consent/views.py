"""Consents of one organisation: whose, what stands, what ends, and taking one back in two taps."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.consent import labels, selectors
from ceasefire.access.consent.forms import ConsentForm, PersonForm
from ceasefire.access.consent.models import PERSON_KEY, Consent
from ceasefire.access.consent.services import consent_record, consent_revoke, notice_see
from ceasefire.access.consent.standing import opens
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts

WORKERS = frozenset({Role.OUTREACH, Role.CASE_MANAGER, Role.VICTIM_SERVICES})
reading = gate(Room.SERVICES, limited=WORKERS)
writing = gate(Room.SERVICES, limited=WORKERS, methods=("GET", "POST"))
doing = gate(Room.SERVICES, limited=WORKERS, methods=("POST",))


@reading
def due(request):
    """What was taken back, what ends soon, and the way to one person's consents."""
    form = PersonForm(request.GET if "person" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("consent:person", form.cleaned_data["person"])
    ending = list(selectors.due(timezone.localdate()))
    notices = list(selectors.notices())
    _shown({each.person_key for each in [*ending, *(one.consent for one in notices)]})
    context = {
        "form": form,
        "notices": [(notice, labels.notice_words(notice)) for notice in notices],
        "columns": labels.due_columns(),
        "rows": labels.due_rows(ending),
        "days": selectors.DUE_DAYS,
    }
    return render(request, "consent/due.html", context)


@reading
def person(request, key):
    _require_key(key)
    found = list(selectors.of_person(key))
    _shown({key})
    rows = labels.rows(found, found, timezone.localdate())
    return render(
        request, "consent/person.html", {"key": key, "columns": labels.columns(), "rows": rows}
    )


@writing
def new(request, key):
    """What stands already is shown first; recording goes on only past it."""
    _require_key(key)
    form = ConsentForm(request.POST or None, own_agency=request.actor.agency_id)
    form = drafts.offered(request, form)
    likely = []
    if request.method == "POST" and form.is_valid():
        likely = selectors.like(form.said(key), timezone.localdate())
        if likely and not form.cleaned_data["again"]:
            form.ask_whether_again()
        elif recorded := _recorded(form, key):
            messages.success(request, _("It is recorded."))
            return redirect("consent:one", recorded.pk)
    shown = labels.rows(likely, list(selectors.of_person(key)), timezone.localdate())
    context = {"key": key, "form": form, "columns": labels.columns(), "likely": shown}
    return render(request, "consent/new.html", context)


def _recorded(form: ConsentForm, key: str) -> Consent | None:
    try:
        return consent_record(**form.said(key))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


@reading
def one(request, pk):
    consent = _found(pk)
    _shown({consent.person_key})
    return render(request, "consent/one.html", _about(consent))


@writing
def revoke(request, pk):
    """The second tap says how the person told it, and takes it back."""
    consent = _found(pk)
    if request.method == "POST":
        try:
            consent_revoke(consent=consent, how=request.POST.get("how", ""))
            messages.success(request, _ended(consent))
            return redirect("consent:one", consent.pk)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    _shown({consent.person_key})
    return render(request, "consent/revoke.html", _about(consent) | {"ways": Consent.Told.choices})


def _ended(consent: Consent) -> str:
    if consent.answer == Consent.Answer.DECLINED:
        return _("The refusal is withdrawn.")
    return _("It is taken back. From now on nothing is shared.")


@doing
def seen(request, pk):
    notice = selectors.notices().filter(pk=pk).first()
    if notice is not None:
        notice_see(notice=notice)
    return redirect("consent:due")


def _about(consent: Consent) -> dict:
    said, today = list(selectors.of_person(consent.person_key)), timezone.localdate()
    return {
        "consent": consent,
        "state": labels.state(consent, said, today),
        "closed": consent.is_live(today) and not opens(consent, said, today),
        "facts": labels.facts(consent),
    }


def _found(pk: int) -> Consent:
    consent = selectors.one(pk)
    if consent is None:
        raise Http404
    return consent


def _require_key(key: str) -> None:
    if not re.fullmatch(PERSON_KEY.strip("^$"), key):
        raise Http404


def _shown(keys: set[str]) -> None:
    audit.record("consent.shown", subjects=sorted(keys))
