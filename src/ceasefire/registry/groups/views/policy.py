"""The city's published policy on groups: anybody may read it; who keeps the settings records it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.gates import gate, in_own_room
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.groups import selectors, services
from ceasefire.registry.groups.forms import BecauseForm, PolicyForm
from ceasefire.registry.groups.views.common import trying

administrators = gate(Room.ACCOUNT, full={Role.ADMINISTRATOR}, methods=("GET", "POST"))


@in_own_room()
def policy(request):
    context = {
        "policy": selectors.policy_in_force(),
        "rows": [_row(one) for one in selectors.policies()],
        "columns": [
            _("Document"), _("Where it is published"), _("Approved by"), _("In force from"),
            _("Recorded"), _("Ended"),
        ],
        "may_record": request.actor.role == Role.ADMINISTRATOR,
    }  # fmt: skip
    return render(request, "registry/groups/policy.html", context)


def _row(one) -> list:
    ended = ""
    if one.ended_at:
        ended = _("%(who)s: %(why)s") % {"who": one.ender or "", "why": one.ended_because}
    return [
        one.document, one.published_at, one.approved_by, one.effective_from, one.recorded_at, ended
    ]  # fmt: skip


@administrators
def record(request):
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.policy_record(**form.cleaned_data)
            messages.success(request, _("The policy is recorded. Groups open on its day."))
            return redirect("groups:policy")
    return render(request, "registry/groups/policy_record.html", {"form": form})


@administrators
def end(request, pk):
    standing = selectors.policies().filter(pk=pk, ended_at=None).first()
    if standing is None:
        raise Http404
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.policy_end(policy=standing, **form.cleaned_data)
            messages.success(request, _("The policy is ended. No group is shown any more."))
            return redirect("groups:policy")
    return render(request, "registry/groups/policy_end.html", {"form": form, "policy": standing})
