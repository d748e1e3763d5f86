"""The gates of the pages about studies."""

from django.http import Http404

from ceasefire.access.gates import CITY_POLICE, REGISTER_READERS, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.problem_analysis.study.models import Edition, Study

AUTHORS = frozenset({Role.ANALYST, Role.CAPTAIN})


def readers(*methods: str):
    """Counts of shootings and of people together: no purpose is asked."""
    return gate(Room.INVESTIGATIVE, full=REGISTER_READERS, at=CITY_POLICE, methods=methods)


def authors(*methods: str, purpose: bool = False):
    """Whoever plans, freezes and publishes. purpose: for what reads people."""
    return gate(Room.INVESTIGATIVE, full=AUTHORS, at=CITY_POLICE, methods=methods, purpose=purpose)


def study_or_404(pk: int) -> Study:
    found = Study.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def edition_or_404(pk: int) -> Edition:
    found = Edition.objects.select_related("study").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
