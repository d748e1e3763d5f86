"""The first page, and the choice of language."""

from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ceasefire.access.gates import OWN_ACCOUNT, first_page
from ceasefire.web import selectors


@first_page
def this_week(request):
    return render(request, "web/this_week.html", selectors.this_week(request.actor))


@require_POST
def language(request):
    """English or Spanish, remembered in a cookie; open before signing in too."""
    return set_language(request)


language.gate, language.methods = OWN_ACCOUNT, ("POST",)
