"""The product's addresses and the sensitive pages of the tests' own cards."""

from django import forms
from django.http import Http404, HttpResponse
from django.template import engines
from django.urls import include, path

from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts
from tests.house import Card

sensitive = gate(
    Room.INVESTIGATIVE, full=[Role.ANALYST, Role.CAPTAIN], purpose=True, methods=("GET", "POST")
)

PAGE = engines["django"].from_string(
    '{% extends "web/base.html" %}{% block content %}{{ words }}{% endblock %}'
)


class Words(forms.Form):
    words = forms.CharField()


@sensitive
def card(request, pk):
    found = Card.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return HttpResponse(PAGE.render({"words": found.words}, request))


@sensitive
def write(request):
    form = drafts.offered(request, Words(request.POST or None))
    return HttpResponse(form.as_p())


@gate(Room.INVESTIGATIVE, full=[Role.CAPTAIN])
def plain(request):
    """A page that nobody declared sensitive, and a query of what is."""
    return HttpResponse(Card.objects.count())


urlpatterns = [
    path("cards/<int:pk>/", card),
    path("cards/write/", write),
    path("cards/count/", plain),
    path("", include("ceasefire.config.urls")),
]
