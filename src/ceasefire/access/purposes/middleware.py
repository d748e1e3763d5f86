"""A sensitive page answers with a question until its reader has said what for."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from ceasefire.access import audit, identity
from ceasefire.access.purposes import binding
from ceasefire.access.purposes.forms import MARK, PurposeForm
from ceasefire.access.purposes.services import purpose_end, purpose_live, purpose_state
from ceasefire.access.sign_in import drafts


class PurposeMiddleware:
    """Comes after the gate, which has let the reader in and said in which room.

    It stands around the audit log, so that the row of the page still knows the purpose. The view
    is not called without one; what is sent to the page's own address then is the answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with binding.none():
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        gate = getattr(request, "gate", None)
        if gate is None or not gate.purpose or request.actor is None:
            return None
        request.audit_page.route = request.resolver_match.view_name
        if MARK in request.POST:
            return _answered(request)
        binding.bind(purpose_live())
        return None if binding.current() else _ask(request, view)


def _answered(request):
    """The reader chose a purpose on the page of a sensitive one, or gives the present one up."""
    if request.POST[MARK] == "end":
        purpose_end()
        return HttpResponseRedirect(request.get_full_path())
    form = PurposeForm(request.POST, page=request.resolver_match.view_name)
    if form.is_valid() and form.tried(purpose_state):
        return HttpResponseRedirect(request.get_full_path())
    return _question(request, form, status=422)


def _ask(request, view):
    if request.htmx:
        return HttpResponseClientRefresh()
    back = drafts.page_of(request)
    if request.method == "POST":
        _keep(request, view)
        return HttpResponseRedirect(back)
    return _question(request, PurposeForm(page=request.resolver_match.view_name))


def _keep(request, view) -> None:
    """What was typed comes back on its page, after the purpose that ended meanwhile."""
    with identity.outside_rooms():
        drafts.keep(request, view)


def _question(request, form, status: int = 200):
    audit.record("purpose.asked", detail={"route": request.resolver_match.view_name})
    return render(request, "purposes/ask.html", {"form": form}, status=status)
