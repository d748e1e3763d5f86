"""What was opened in an emergency, and the auditor's word on each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.exceptional import selectors
from ceasefire.access.exceptional.labels import record_name, state
from ceasefire.access.exceptional.models import Opening
from ceasefire.access.exceptional.services import opening_review
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.sign_in import drafts
from ceasefire.kit.tables import Link
from ceasefire.oversight.forms import JudgeForm
from ceasefire.oversight.readers import AUDITOR

PER_PAGE = 50


@gate(Room.AGGREGATE, full=AUDITOR)
def openings(request):
    """Those that wait for a review first, then the rest, the newest first."""
    judged = selectors.openings().exclude(reviewed_at=None)
    page = Paginator(judged, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "columns": [_("Record"), _("Opened by"), _("Owner"), _("Opened"), _("Due by"), _("Review")],
        "waiting": [_row(one) for one in selectors.to_review()],
        "judged": [_row(one) for one in page],
        "page": page,
    }
    return render(request, "oversight/openings.html", context)


def _row(one: Opening) -> list:
    link = Link(record_name(one), reverse("oversight:opening", args=[one.pk]))
    return [link, one.opened_by_name, one.owner_name, one.opened_at, one.review_due, state(one)]


@gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
def opening(request, pk):
    """Who opened what, why and for how long, and the judgement on it."""
    found = selectors.openings().filter(pk=pk).first()
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = drafts.offered(request, JudgeForm(sent))
    if request.method == "POST" and form.is_valid() and _judged(request, form, found):
        return redirect("oversight:openings")
    context = {"opening": found, "form": form, "facts": _facts(found)}
    context["own"] = found.opened_by_id == request.actor.user_id
    return render(request, "oversight/opening.html", context, status=422 if form.errors else 200)


def _judged(request, form: JudgeForm, found: Opening) -> bool:
    try:
        opening_review(opening=found, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        found.refresh_from_db()
        return False
    messages.success(request, _("The review is saved."))
    return True


def _facts(found: Opening) -> list[tuple[str, object]]:
    return [
        (_("Opened by"), found.opened_by_name),
        (_("Owner"), found.owner_name),
        (_("Room"), found.get_room_display()),
        (_("Second factor shown"), found.stepped_up_at),
        (_("Opened"), found.opened_at),
        (_("Open until") if found.is_live else _("Closed"), found.closed_at or found.ends_at),
        (_("Read by the owner"), found.seen_at or _("not yet")),
        (_("Review due by"), found.review_due),
        (_("Review"), state(found)),
        (_("Reviewed by"), found.reviewed_by_name),
        (_("What was found"), found.review_words),
    ]
