"""The page of the link chart."""

from django.http import Http404
from django.shortcuts import render

from ceasefire.registry.links import pictures, words
from ceasefire.registry.links.forms import ChartForm
from ceasefire.registry.links.surroundings import PERSON, Node, kept, surroundings, visible
from ceasefire.registry.people import selectors as people
from ceasefire.registry.people.views.common import readers


@readers("GET")
def chart(request, kind, pk):
    middle = _middle_or_404(kind, pk)
    form = ChartForm(request.GET or None)
    found = surroundings(middle, form.asked())
    names = words.named(found)
    if middle not in names:
        raise Http404
    found = kept(found, names)
    context = {
        "chart": pictures.chart(found, names),
        "form": form,
        "crowded": found.crowded,
        "unnamed": sum(one.kind == PERSON for one in found.step) > words.MOST_NAMED,
        "name": names[middle],
        "thing": words.THINGS[kind],
        "page": words.page(middle),
        "marks": [(pictures.MARKS[one], told) for one, told in words.THINGS.items()],
    }
    return render(request, "registry/links/chart.html", context)


def _middle_or_404(kind: str, pk: int) -> Node:
    """What the reader may see; of a person who was merged, the one who stands."""
    if kind == PERSON:
        person = people.person_standing(pk)
        pk = person.pk if person else 0
    if kind not in words.THINGS or not visible({kind: {pk}}):
        raise Http404
    return Node(kind, pk)
