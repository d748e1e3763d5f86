"""Each part of a conflict: a shooting, an event, a change of state, a group on a side."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.gates import CITY_POLICE, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.conflicts import selectors, services
from ceasefire.registry.conflicts.forms import EventForm, PartyForm, ShootingForm, StateForm
from ceasefire.registry.conflicts.models import (
    Conflict,
    ConflictEvent,
    ConflictShooting,
    GroupParty,
)
from ceasefire.registry.conflicts.views.common import analysts
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.groups.views.common import found_or_404, trying

PARTS = {"shooting": ConflictShooting, "event": ConflictEvent, "group": GroupParty}


@analysts("GET", "POST")
def shooting(request, pk):
    def verb(one, form):
        services.shooting_link(conflict=one, **form.said())

    return _part(request, pk, ShootingForm, verb, _("Link a shooting"), _("Link it"))


@analysts("GET", "POST")
def event(request, pk):
    def verb(one, form):
        services.event_add(conflict=one, **form.said())

    title = _("Tell what happened, or a day to watch")
    return _part(request, pk, EventForm, verb, title, _("Keep it"))


@analysts("GET", "POST")
def state(request, pk):
    def verb(one, form):
        services.state_change(conflict=one, **form.said())

    return _part(request, pk, StateForm, verb, _("Change its state"), _("Change it"))


@gate(
    Room.INVESTIGATIVE, full={Role.ANALYST}, at=CITY_POLICE, methods=("GET", "POST"),
    purpose=True, while_on=groups.are_on,
)  # fmt: skip
def group(request, pk):
    def verb(_one, form):
        services.party_add(**form.cleaned_data)

    return _part(request, pk, PartyForm, verb, _("A group on one side"), _("Say it"))


def _part(request, pk, form_class, verb, title: str, button: str):
    one = found_or_404(Conflict.objects, pk)
    form = form_class(request.POST or None, sides=selectors.sides(one))
    if request.method == "POST" and form.is_valid():
        with trying(form):
            verb(one, form)
            messages.success(request, _("It is kept."))
            return redirect("conflicts:conflict", one.pk)
    context = {"form": form, "conflict": one, "title": title, "button": button}
    return render(request, "registry/conflicts/part.html", context)


@analysts("GET", "POST")
def remove(request, pk, what, which):
    one = found_or_404(Conflict.objects, pk)
    if what not in PARTS:
        raise Http404
    mine = {"side__conflict": one} if what == "group" else {"conflict": one}
    part = PARTS[what].objects.filter(pk=which, **mine).first()
    if part is None:
        raise Http404
    if request.method == "POST":
        services.part_remove(conflict=one, part=part)
        messages.success(request, _("It is taken away."))
        return redirect("conflicts:conflict", one.pk)
    return render(request, "registry/conflicts/remove.html", {"conflict": one, "part": part})
