"""A page beyond the budget shows nobody, and asks for the second step where that helps."""

from allauth.mfa.utils import is_mfa_enabled
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from ceasefire.access import identity
from ceasefire.access.budgets.refusals import OverBudget, over_budget
from ceasefire.access.budgets.services import refusal_note
from ceasefire.access.sign_in.drafts import page_of

TOO_MANY_REQUESTS = 429


class BudgetMiddleware:
    """Comes after the audit: its page's own row still says that the page was denied."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        over = over_budget(exception)
        if over is None:
            return None
        refusal_note(over)
        return _answer(request, over)


def _answer(request, over: OverBudget):
    back = request.htmx.current_url_abs_path if request.htmx else page_of(request)
    context = {"over": over, "back": back, "step_up_url": _step_up_url(request, over, back)}
    answer = render(request, "access/over_budget.html", context, status=TOO_MANY_REQUESTS)
    if request.htmx:
        # A part of a page cannot ask for a code; the whole page, opened again, can.
        answer["HX-Redirect"] = back
    return answer


def _step_up_url(request, over: OverBudget, back: str) -> str:
    """Where the second step is shown again; empty where the account has none of its own."""
    with identity.outside_rooms():
        has_one = is_mfa_enabled(request.user)
    if not (over.step_up and has_one):
        return ""
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"
