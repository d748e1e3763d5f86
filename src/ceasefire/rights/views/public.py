"""The city's public page: no account, no JavaScript, and nothing of any room."""

from allauth.core.internal import ratelimit
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ceasefire.access.gates import OWN_ACCOUNT
from ceasefire.rights import selectors
from ceasefire.rights.forms import AskForm, CodeForm
from ceasefire.rights.models import Request
from ceasefire.rights.services import request_take
from ceasefire.rights.views.common import tried

# What one address may send in an hour: a family at one kitchen table, and no flood.
RATES = {"ask": "10/h/ip", "state": "60/h/ip"}
TOO_MANY_REQUESTS = 429


def _too_many(request, action: str) -> bool:
    return not ratelimit.consume(request, app="ceasefire.rights", action=action, config=RATES)


def _public(view):
    """Open to anybody, as the pages of signing in are: it holds nothing of any room."""
    answered = require_http_methods(["GET", "HEAD", "POST"])(view)
    answered.gate, answered.methods = OWN_ACCOUNT, ("GET", "POST")
    return answered


@_public
def ask(request):
    """The form; sent, it shows the code by which the request's state is asked."""
    if request.method == "POST" and _too_many(request, "ask"):
        return _wait(request)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"means": Request.Means.WEB, "language": get_language()[:2]}
        if code := tried(form, request_take, **form.cleaned_data, **told):
            return render(request, "rights/asked.html", {"code": code})
    return render(request, "rights/ask.html", {"form": form}, status=_status(form))


@_public
def state(request):
    """How a request stands. The code is sent in the form, so that no address holds it."""
    if request.method == "POST" and _too_many(request, "state"):
        return _wait(request)
    form, found = CodeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        found = selectors.state(form.cleaned_data["code"])
        if found is None:
            form.add_error("code", _no_such())
    context = {"form": form, "state": found}
    return render(request, "rights/state.html", context, status=_status(form))


def _no_such() -> str:
    return _("There is no request with this code. Look at the code again, letter by letter.")


def _status(form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _wait(request):
    answer = render(request, "rights/wait.html", status=TOO_MANY_REQUESTS)
    answer["Retry-After"] = "3600"
    return answer
