"""An auditor looks at answers that a person wants reviewed: one list and one page for each room."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.partitions import CLOSED_ROOMS, Room
from ceasefire.rights import labels, selectors
from ceasefire.rights.forms import ReviewForm
from ceasefire.rights.services import answer_review
from ceasefire.rights.views.common import reviewers, tried


def _list(room: Room):
    @reviewers(room, "GET")
    def reviews(request):
        rows = labels.review_rows(selectors.reviews(), room)
        context = {"columns": labels.review_columns(), "rows": rows, "rooms": CLOSED_ROOMS}
        return render(request, "rights/reviews.html", context)

    return reviews


def _one(room: Room):
    @reviewers(room, "GET", "POST")
    def review(request, pk):
        found = selectors.reviews().filter(pk=pk).first()
        if found is None:
            raise Http404
        form = ReviewForm(request.POST or None)
        sent = request.method == "POST" and not found.review_outcome and form.is_valid()
        if sent and tried(form, answer_review, answer=found, **form.cleaned_data):
            messages.success(request, _("It is kept; the holder sees what you found."))
            return redirect(f"answers:review_{room.value}", pk)
        context = {"one": found, "facts": labels.review_facts(found), "form": form, "room": room}
        audit.record("page.shown", found)
        return render(request, "rights/review.html", context)

    return review


LISTS = {room: _list(room) for room in CLOSED_ROOMS}
PAGES = {room: _one(room) for room in CLOSED_ROOMS}
