"""Opening one hidden record in an emergency: ask, look while it is open, close; read the alert."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.exceptional import labels, selectors, services, step_up
from ceasefire.access.exceptional.forms import OpenForm
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.gates import gate
from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts

ROLES = frozenset(role for role in Role if role.room in CLOSED_ROOMS)


def in_the_own_room(*methods: str):
    return gate(Room.AGGREGATE, full=ROLES, readers_room=True, methods=methods)


@in_the_own_room("GET", "POST")
def ask(request):
    """Name one record and say why; only after the second factor was shown again."""
    openable = services.openable()
    if not openable:
        return render(request, "exceptional/nothing.html")
    shown = step_up.shown_at(request)
    if shown is None:
        return _step_up(request)
    sent = request.POST if request.method == "POST" else None
    form = drafts.offered(request, OpenForm(sent, openable=openable))
    if request.method == "POST" and form.is_valid():
        step_up.use(request, shown)
        if opening := _tried(form, shown):
            return redirect("exceptional:opened", opening)
    context = {"form": form, "open_now": labels.own_rows(selectors.open_now())}
    return render(request, "exceptional/ask.html", context, status=422 if form.errors else 200)


def _step_up(request):
    if request.method == "POST":
        with identity.outside_rooms():
            drafts.keep(request, ask)
        messages.info(request, services.REFUSALS["step_up"])
    return step_up.ask(request)


def _tried(form: OpenForm, shown: int) -> int | None:
    try:
        return services.record_open(**form.cleaned_data, stepped_up=shown)
    except services.OpeningRefused as refusal:
        form.add_error("record" if refusal.code == "absent" else None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


@in_the_own_room("GET")
def opened(request, pk):
    """The record, read-only, while its time lasts; afterwards that it is over."""
    opening = _own(pk)
    record = services.record_look(opening)
    if record is None:
        return render(request, "exceptional/over.html", {"opening": opening}, status=403)
    left = opening.ends_at - timezone.now()
    context = {"opening": opening, "facts": labels.facts_of(record), "left": labels.minutes(left)}
    answer = render(request, "exceptional/opened.html", context)
    # The page that somebody leaves open shows the end by itself.
    answer["Refresh"] = str(max(1, int(left.total_seconds()) + 1))
    return answer


@in_the_own_room("POST")
def close(request, pk):
    services.opening_close(_own(pk))
    messages.success(request, _("The record is closed."))
    return redirect("this_week")


@in_the_own_room("POST")
def seen(request, pk):
    """Somebody of the owner's has read that a record was opened."""
    opening = next((one for one in selectors.alerts() if one.pk == pk), None)
    if opening and services.alert_seen(opening):
        messages.success(request, _("Noted: your agency has read this."))
    return redirect("this_week")


def _own(pk: int) -> Opening:
    opening = selectors.own(pk)
    if opening is None:
        raise Http404
    return opening
