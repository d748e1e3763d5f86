"""Clerks: take a request in, see who asks shown, see who still owes an answer; and copies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit, names
from ceasefire.access.gates import everyone
from ceasefire.access.partitions import Room
from ceasefire.access.sign_in import drafts
from ceasefire.rights import labels, letters, selectors, services
from ceasefire.rights.contesting import correction_done
from ceasefire.rights.forms import BecauseForm, ClerkForm, DoneForm, IdentityForm
from ceasefire.rights.models import Request
from ceasefire.rights.policies import CLERK_ROLES
from ceasefire.rights.views.common import PER_PAGE, clerks, clerks_and_holders, pdf, tried


@clerks("GET")
def requests(request):
    """By number: a name is read on the page of each."""
    found = selectors.requests().order_by("-received_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "columns": labels.request_columns(), "rows": labels.request_rows(page),
    }  # fmt: skip
    return render(request, "rights/requests.html", context)


@clerks("GET", "POST")
def new(request):
    form = drafts.offered(request, ClerkForm(request.POST or None))
    sent = request.method == "POST" and form.is_valid()
    if sent and (code := tried(form, services.request_take, **form.cleaned_data)):
        told = _("It is taken in. Its code, for the person: %(code)s") % {"code": code}
        messages.success(request, told)
        return redirect("rights:requests")
    return render(request, "rights/new.html", {"form": form})


@clerks_and_holders("GET")
def one(request, pk):
    found = _found(pk)
    told = names.read([found])[found.pk]
    clerk = request.actor.is_operator or request.actor.role in CLERK_ROLES
    context = {
        "one": found,
        "facts": labels.request_facts(found, told),
        "may_confirm": clerk and not (found.identity_on or found.closed_at),
        "may_review": clerk and found.identity_on and not found.reviewed,
        "identity": IdentityForm(),
        "because": BecauseForm(),
        "columns": labels.due_columns(),
        "dues": labels.due_rows(selectors.dues(found)),
        "mine": selectors.owed_of(found.pk) if not clerk else None,
    }
    return render(request, "rights/one.html", context)


@clerks("POST")
def identify(request, pk):
    found = _found(pk)
    form = IdentityForm(request.POST)
    if form.is_valid() and found.closed_at is None:
        services.identity_confirm(request=found, how=form.cleaned_data["how"])
        messages.success(request, _("Every holder has been asked; each answers within 30 days."))
    return redirect("rights:one", pk)


@clerks("POST")
def close(request, pk):
    found = _found(pk)
    form = BecauseForm(request.POST)
    if form.is_valid():
        services.request_close(request=found, because=form.cleaned_data["because"])
        messages.success(request, _("The request is closed."))
    else:
        messages.error(request, _("Say why it is closed."))
    return redirect("rights:one", pk)


@clerks("POST")
def review(request, pk):
    """The person wants the answers looked at by somebody from outside."""
    services.review_ask(request=_found(pk))
    messages.success(request, _("An auditor looks at every holder's answer."))
    return redirect("rights:one", pk)


@clerks_and_holders("GET")
def cover(request, pk):
    """The sheet with name and address: whoever sends a letter lays it on top."""
    found = _found(pk)
    told = names.read([found])[found.pk]
    audit.record("rights.letter", found, result="done", detail={"kind": "cover"})
    made = letters.cover(
        language=found.language, reference=str(found), name=told.name, contact=told.contact,
        day=timezone.localdate(found.received_at),
    )  # fmt: skip
    return pdf(made, f"request-{found.pk}-address")


@everyone(Room.AGGREGATE)
def corrections(request):
    """Copies that the own agency received and has to put right."""
    found = list(selectors.corrections())
    mine = [one for one in found if one.agency_id == request.actor.agency_id and not one.done_at]
    context = {
        "columns": labels.correction_columns(), "rows": labels.correction_rows(found),
        "mine": mine, "form": DoneForm(),
    }  # fmt: skip
    return render(request, "rights/corrections.html", context)


@everyone(Room.AGGREGATE, methods=("POST",))
def corrected(request, pk):
    found = selectors.corrections().filter(pk=pk).first()
    if found is None:
        raise Http404
    form = DoneForm(request.POST)
    if form.is_valid():
        correction_done(correction=found, how=form.cleaned_data["how"])
        messages.success(request, _("Thank you. It is written down."))
    else:
        messages.error(request, _("Say what was done with the copies."))
    return redirect("copies:list")


def _found(pk: int) -> Request:
    found = selectors.requests().select_related("record_key").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
