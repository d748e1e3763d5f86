"""The register of groups: the list with its map, one group, and what is said of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.roles import Role
from ceasefire.kit.tables import Badge, Link
from ceasefire.registry.affiliations import labels as ties
from ceasefire.registry.groups import pictures, selectors, services
from ceasefire.registry.groups.forms import BecauseForm, GroupForm, form_for
from ceasefire.registry.groups.models import Group, GroupStatement
from ceasefire.registry.groups.selectors import Picture
from ceasefire.registry.groups.views.common import analysts, found_or_404, readers, trying
from ceasefire.web.navigation import address

About = GroupStatement.About


@readers("GET")
def groups(request):
    found = selectors.pictures()
    names = {one.group.pk: one.name for one in found}
    context = {
        "rows": [_row(one, names) for one in found],
        "columns": [
            _("Group"), _("Kind"), _("Members"), _("Violence"), _("At odds with"), _("Said last"),
        ],
        "map": pictures.territories(found),
        "policy": selectors.policy_in_force(),
        "due_url": address("ties:due", request.actor),
        "may_write": request.actor.role == Role.ANALYST,
    }  # fmt: skip
    return render(request, "registry/groups/groups.html", context)


def _row(one: Picture, names: dict[int, str]) -> list:
    said = {about: say(statement, names) for about, statement in one.newest.items()}
    rivals = ", ".join(names.get(other.pk, str(other)) for other in one.others(About.RIVALRY))
    return [
        Link(one.name, reverse("groups:group", args=[one.group.pk])), said.get(About.KIND, ""),
        said.get(About.SIZE, ""), said.get(About.ACTIVITY, ""), rivals, one.said_last,
    ]  # fmt: skip


def say(one: GroupStatement, names: dict[int, str]) -> str:
    """What a statement says, in words."""
    if one.about in (About.NAME, About.ALIAS):
        return one.name
    if one.about == About.SIZE:
        return _("%(low)d to %(high)d") % {"low": one.low, "high": one.high}
    if one.about == About.TERRITORY:
        return _("drawn on the map")
    if one.other_id:
        return names.get(one.other_id, str(one.other))
    return str(one.get_kind_display() or one.get_activity_display())


@analysts("GET", "POST")
def new(request):
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.group_open(**form.cleaned_data)
            messages.success(request, _("The group is entered. Say what else sources tell of it."))
            return redirect("groups:group", made.pk)
    return render(request, "registry/groups/new.html", {"form": form})


@readers("GET")
def group(request, pk):
    one = selectors.picture_of(found_or_404(Group.objects, pk))
    names = selectors.names()
    context = {
        "group": one.group,
        "name": one.name,
        "picture": _picture(one, names),
        "map": pictures.territories([one]),
        "statements": [_said(said, names, request) for said in selectors.statements(one.group)],
        "statement_columns": [
            _("About"), _("What is said"), _("Source"), _("Date"), _("Agency"), _("Now"),
        ],
        "conflicts": [
            [Link(str(party.side.conflict), _conflict(party)), str(party.side)]
            for party in one.group.parties.select_related("side__conflict")
        ],
        "conflict_columns": [_("Conflict"), _("On the side of")],
        "ties": ties.of_group(one.group),
        "abouts": [(about, about.label) for about in About],
        "may_write": request.actor.role == Role.ANALYST,
    }  # fmt: skip
    return render(request, "registry/groups/group.html", context)


def _conflict(party) -> str:
    return reverse("conflicts:conflict", args=[party.side.conflict_id])


def _picture(one: Picture, names: dict[int, str]) -> list[tuple]:
    told = [(About.ALIAS.label, ", ".join(one.aliases))]
    told += [
        (about.label, say(one.newest[about], names))
        for about in (About.KIND, About.SIZE, About.ACTIVITY, About.TERRITORY)
        if about in one.newest
    ]
    for about in (About.ALLIANCE, About.RIVALRY):
        others = [names.get(other.pk, str(other)) for other in one.others(about)]
        told.append((about.label, ", ".join(others)))
    return told


def _said(one: GroupStatement, names: dict[int, str], request) -> list:
    now = Badge(_("stands"), "ok")
    if one.withdrawn_at:
        now = Badge(_("taken back: %(why)s") % {"why": one.withdrawn_because})
    elif request.actor.role == Role.ANALYST:
        now = Link(_("Take it back"), reverse("groups:withdraw", args=[one.pk]))
    return [
        one.get_about_display(), say(one, names), Link(str(one.source), one.source.page),
        one.basis_on, one.agency, now,
    ]  # fmt: skip


@analysts("GET", "POST")
def say_form(request, pk, about):
    if about not in About.values:
        raise Http404
    one = selectors.picture_of(found_or_404(Group.objects, pk))
    form = form_for(about, one.group, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.group_state(group=one.group, about=about, **form.cleaned_data)
            messages.success(request, _("It is said."))
            return redirect("groups:group", one.group.pk)
    context = {
        "form": form, "group": one.group, "name": one.name, "about": About(about),
        "draws": about == About.TERRITORY,
    }  # fmt: skip
    return render(request, "registry/groups/say.html", context)


@analysts("GET", "POST")
def withdraw(request, pk):
    standing = selectors.standing().filter(pk=pk).first()
    if standing is None:
        raise Http404
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.statement_withdraw(statement=standing, **form.cleaned_data)
            messages.success(request, _("The statement is taken back."))
            return redirect("groups:group", standing.group_id)
    context = {
        "form": form, "statement": standing, "said": say(standing, selectors.names()),
    }  # fmt: skip
    return render(request, "registry/groups/withdraw.html", context)
