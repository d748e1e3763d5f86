"""Certificates for criminal-history data: recorded and ended beside a person's role."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.criminal_history.services import history_certificate_end, history_certify
from ceasefire.administration import selectors
from ceasefire.administration.forms import HistoryForm
from ceasefire.administration.views.common import carried_out, changing, found, tell
from ceasefire.administration.views.people import person_found


@changing(HistoryCertificate)
def certify(request, pk):
    """Record the certificate of one person; the one before ends."""
    held = person_found(pk).held
    if not selectors.meets_criminal_history(held):
        raise Http404
    form = HistoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _certified(form, held):
        messages.success(request, _("The certificate is recorded."))
        return redirect("administration:person", pk)
    return render(request, "administration/history.html", {"form": form, "held": held})


def _certified(form: HistoryForm, held) -> HistoryCertificate | None:
    return carried_out(form, history_certify, membership=held, **form.cleaned_data)


@changing(HistoryCertificate, methods=("POST",))
def end(request, pk):
    certificate = found(HistoryCertificate.objects, pk)
    done = _("The certificate has ended: criminal-history data is closed to this person.")
    tell(request, done, history_certificate_end, certificate=certificate)
    return redirect("administration:person", certificate.account_id)
