"""The list of conflicts; one as a timeline with both sides; entering one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.access.roles import Role
from ceasefire.kit.tables import Link, Number
from ceasefire.registry import words
from ceasefire.registry.affiliations import labels as ties
from ceasefire.registry.conflicts import selectors, services
from ceasefire.registry.conflicts.forms import ConflictForm
from ceasefire.registry.conflicts.models import Conflict, Side
from ceasefire.registry.conflicts.selectors import Entry
from ceasefire.registry.conflicts.views.common import analysts, readers
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.groups.views.common import found_or_404, trying

# Days within which one side's shooting may answer the other's.
ANSWERED = 90


@readers("GET")
def conflicts(request):
    context = {
        "rows": [_row(one) for one in selectors.conflicts()],
        "columns": [
            _("Conflict"), _("Kind"), _("State"), Number(_("Shootings")), _("Last shooting"),
            _("Next day to watch"),
        ],
        "may_write": request.actor.role == Role.ANALYST,
    }  # fmt: skip
    return render(request, "registry/conflicts/conflicts.html", context)


def _row(one: Conflict) -> list:
    return [
        Link(one.name, reverse("conflicts:conflict", args=[one.pk])), one.get_kind_display(),
        one.get_state_display(), one.count, one.last, one.watch,
    ]  # fmt: skip


@analysts("GET", "POST")
def new(request):
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.conflict_open(**form.cleaned_data)
            messages.success(request, _("The conflict is entered. Link its shootings."))
            return redirect("conflicts:conflict", made.pk)
    return render(request, "registry/conflicts/new.html", {"form": form})


@readers("GET")
def conflict(request, pk):
    one = found_or_404(Conflict.objects.select_related("agency"), pk)
    entries = selectors.timeline(one)
    today = timezone.localdate()
    past = [entry for entry in entries if entry.on <= today]
    context = {
        "conflict": one,
        "sides": [_side(side) for side in selectors.sides(one)],
        "summary": _summary(one, past),
        "years": _by_year(one, past),
        "watch": [_shown(one, entry) for entry in entries if entry.on > today],
        "people_columns": ties.columns(),
        "groups_on": groups.are_on(),
        "disputes": selectors.disputes().filter(conflict=one),
        "may_write": request.actor.role == Role.ANALYST,
    }
    return render(request, "registry/conflicts/conflict.html", context)


def _side(side: Side) -> dict:
    names = groups.names() if groups.are_on() else {}
    return {
        "side": side,
        "groups": [
            (one, names.get(one.group_id, str(one.group))) for one in selectors.parties(side)
        ],
        "people": [ties.row(one, names) for one in selectors.people_on(side)],
    }


def _summary(one: Conflict, past: list[Entry]) -> str:
    shot = [entry.on for entry in past if entry.shooting]
    if not shot:
        return _("No shooting is linked to it yet.")
    told = ngettext(
        "%(count)d shooting since %(began)s; the last on %(last)s, %(days)d days ago.",
        "%(count)d shootings since %(began)s; the last on %(last)s, %(days)d days ago.",
        len(shot),
    )
    return told % {
        "count": len(shot), "began": words.day(one.began_on), "last": words.day(max(shot)),
        "days": (timezone.localdate() - max(shot)).days,
    }  # fmt: skip


def _by_year(one: Conflict, past: list[Entry]) -> list[tuple[int, list[dict]]]:
    """The newest year first; within it the newest first too."""
    found: dict[int, list[dict]] = {}
    for entry in reversed(past):
        found.setdefault(entry.on.year, []).append(_shown(one, entry))
    return list(found.items())


def _shown(one: Conflict, entry: Entry) -> dict:
    """What the page prints of an entry."""
    told = {"on": entry.on, "place": entry.place, "days": (entry.on - timezone.localdate()).days}
    if entry.shooting:
        incident = entry.shooting.incident
        return told | {
            "kind": "shooting", "began_it": entry.shooting.began_it,
            "what": _("Shooting %(number)s") % {"number": incident},
            "url": reverse("registry:shooting", args=[incident.pk]),
            "facts": words.victims(incident), "words": entry.shooting.reason,
            "after": _after(entry.after), "remove": ("shooting", entry.shooting.pk),
        }  # fmt: skip
    event = entry.event
    what = event.get_state_display() if event.state else event.get_kind_display()
    return told | {
        "kind": event.kind, "what": what, "words": event.words, "remove": ("event", event.pk),
    }  # fmt: skip


def _after(days: int | None) -> str:
    """Said where it may have been an answer."""
    if days is None or days > ANSWERED:
        return ""
    told = ngettext(
        "%(days)d day after the other side's last",
        "%(days)d days after the other side's last",
        days,
    )
    return told % {"days": days}
