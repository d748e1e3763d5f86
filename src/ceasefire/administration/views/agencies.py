"""Agencies, and what they have signed."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import services
from ceasefire.access.models import Agency, Agreement
from ceasefire.access.sign_in import drafts
from ceasefire.administration import labels, selectors
from ceasefire.administration.forms import AgencyForm, AgreementEndForm, AgreementForm
from ceasefire.administration.terms import term_of
from ceasefire.administration.views.common import (
    ADMINISTRATOR,
    carried_out,
    changing,
    found,
    may_change,
    reading,
)

USUAL_DAYS = 364


@reading
def agencies(request):
    context = {
        "may_add": may_change(request, Agency),
        "columns": labels.party_columns(),
        "rows": labels.party_rows(selectors.parties(selectors.people(), timezone.localdate())),
    }
    return render(request, "administration/agencies.html", context)


@changing(Agency, full=ADMINISTRATOR)
def agency_new(request):
    form = drafts.offered(request, AgencyForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "kind")}
        if added := carried_out(form, services.agency_record, **said):
            messages.success(request, _("The agency is added. Record what it has signed."))
            return redirect("administration:agency", added.pk)
    return render(request, "administration/agency_new.html", {"form": form})


@reading
def agency(request, pk):
    """What an agency has signed, and its people."""
    shown, today = found(Agency.objects, pk), timezone.localdate()
    agreements = list(Agreement.objects.filter(agency=shown))
    staff = [one for one in selectors.people() if one.held and one.held.agency_id == shown.pk]
    allowed = may_change(request)
    term = term_of(agreements, today)
    context = {
        "party": shown,
        "term": term,
        "badge": labels.term(term),
        "may_change": allowed,
        "agreement_columns": labels.agreement_columns(allowed),
        "agreements": labels.agreement_rows(agreements, today, allowed),
        "staff_columns": labels.staff_columns(),
        "staff": labels.staff_rows(staff),
    }
    return render(request, "administration/agency.html", context)


@changing(Agreement)
def agreement_new(request, pk):
    """Record a signed agreement; sent twice, it is there once."""
    signer = found(Agency.objects, pk)
    form = drafts.offered(request, AgreementForm(request.POST or None, initial=_usual(signer)))
    if request.method == "POST" and form.is_valid():
        verb = services.agreement_record
        if carried_out(form, verb, agency=signer, **form.cleaned_data):
            messages.success(request, _("The agreement is recorded."))
            return redirect("administration:agency", signer.pk)
    return render(request, "administration/agreement_new.html", {"form": form, "party": signer})


def _usual(signer: Agency) -> dict:
    """A renewal begins the day after; a first agreement today; either for a year."""
    today = timezone.localdate()
    term = term_of(Agreement.objects.filter(agency=signer), today)
    starts = max(today, term.agreement.ends + timedelta(days=1)) if term.opens else today
    return {"starts": starts, "ends": starts + timedelta(days=USUAL_DAYS)}


@changing(Agreement)
def agreement_end(request, pk):
    """Confirm that an agreement ends at once, seeing how many people lose access by it."""
    agreement = found(Agreement.objects.select_related("agency"), pk)
    if agreement.ended_at:
        messages.info(request, _("This agreement has ended already."))
        return redirect("administration:agency", agreement.agency_id)
    form = drafts.offered(request, AgreementEndForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        verb = services.agreement_end
        if carried_out(form, verb, agreement=agreement, **form.cleaned_data):
            messages.success(request, _("The agreement has ended, and all access under it."))
            return redirect("administration:agency", agreement.agency_id)
    today = timezone.localdate()
    others = Agreement.objects.filter(agency=agreement.agency_id).exclude(pk=agreement.pk)
    context = {
        "form": form,
        "agreement": agreement,
        "losing": len(selectors.losing_access(agreement, today)),
        "other": term_of(others, today),
    }
    return render(request, "administration/agreement_end.html", context)
