"""The walk of a group audit: the groups to go through, and one with what stands of it today."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.policies import policy_of
from ceasefire.kit.tables import Badge, Link
from ceasefire.problem_analysis.sessions import selectors
from ceasefire.problem_analysis.sessions.auditing import group_walk
from ceasefire.problem_analysis.sessions.forms import WalkForm
from ceasefire.problem_analysis.sessions.models import Session
from ceasefire.problem_analysis.sessions.views.common import session_or_404
from ceasefire.registry.groups import selectors as register
from ceasefire.registry.groups.models import Group, GroupStatement
from ceasefire.registry.groups.views.common import analysts, found_or_404, readers, trying
from ceasefire.registry.groups.views.groups import say

About = GroupStatement.About
AUDIT = {"kind": Session.Kind.GROUP_AUDIT}


@readers("GET")
def groups(request, pk):
    one = session_or_404(pk, **AUDIT)
    left = selectors.not_walked(one)
    waiting = {picture.group.pk for picture in left}
    may_walk = policy_of(GroupStatement).may_change(request.actor)
    context = {
        "session": one,
        "left": left,
        "may_walk": may_walk,
        "rows": [
            [Link(picture.name, _walk_of(one, picture)) if may_walk else picture.name,
             Badge(_("to go through"), "due") if picture.group.pk in waiting
             else Badge(_("gone through"), "ok"),
             picture.said_last]
            for picture in register.pictures()
        ],
        "columns": [_("Group"), _("Now"), _("Said last")],
    }  # fmt: skip
    return render(request, "problem_analysis/groups.html", context)


def _walk_of(one: Session, picture) -> str:
    return reverse("problem_analysis:walk", args=[one.pk, picture.group.pk])


@analysts("GET", "POST")
def walk(request, pk, group):
    one = session_or_404(pk, **AUDIT)
    picture = register.picture_of(found_or_404(Group.objects, group))
    form = WalkForm(request.POST or None, picture=picture)
    if request.method == "POST":
        unchanged = "unchanged" in request.POST
        form = WalkForm(request.POST, picture=picture)
        if form.is_valid():
            with trying(form):
                group_walk(
                    session=one, group=picture.group, said=None if unchanged else form.said(),
                    last_violence_on=form.cleaned_data["last_violence_on"],
                )  # fmt: skip
                messages.success(request, _("%(group)s is gone through.") % {"group": picture.name})
                return _to_next(one)
    names = register.names()
    context = {
        "session": one,
        "name": picture.name,
        "facts": [
            (about.label, say(picture.newest[about], names))
            for about in (About.SIZE, About.ACTIVITY, About.TERRITORY) if about in picture.newest
        ] + [
            (about.label, ", ".join(names.get(two.pk, "") for two in picture.others(about)))
            for about in (About.ALLIANCE, About.RIVALRY)
        ],
        "form": form if one.state == Session.State.OPEN else None,
        "done": one.walked.filter(group=picture.group).exists(),
    }  # fmt: skip
    return render(request, "problem_analysis/walk.html", context)


def _to_next(session: Session):
    left = selectors.not_walked(session)
    if left:
        return redirect("problem_analysis:walk", session.pk, left[0].group.pk)
    return redirect("problem_analysis:groups", session.pk)
