"""The gates of the pages about sessions, and the form that most of them are."""

from django.http import Http404
from django.shortcuts import render

from ceasefire.access.gates import CITY_POLICE, REGISTER_READERS, gate
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.sessions import selectors
from ceasefire.problem_analysis.sessions.models import Listed, Session


def _gate(full, methods):
    return gate(Room.INVESTIGATIVE, full=full, at=CITY_POLICE, methods=methods, purpose=True)


def readers(*methods: str):
    return _gate(REGISTER_READERS, methods)


def workers(*methods: str):
    """Whoever plans and leads a session."""
    return _gate(selectors.LEADING, methods)


def session_or_404(pk: int, **more) -> Session:
    found = selectors.sessions().filter(pk=pk, **more).first()
    if found is None:
        raise Http404
    return found


def listed_or_404(pk: int) -> Listed:
    found = Listed.objects.filter(pk=pk, incident__withheld_at=None)
    one = found.select_related("incident", "session").first()
    if one is None:
        raise Http404
    return one


def form_page(request, form, *, session, title, button, lead="", **more):
    context = {"form": form, "session": session, "title": title, "button": button, "lead": lead}
    return render(request, "problem_analysis/form.html", context | more)
