"""Who looked at what, and the weekly review of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.audit import selectors
from ceasefire.access.audit.models import AuditReview
from ceasefire.access.audit.services import review_finish
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.oversight import labels
from ceasefire.oversight.forms import AccessForm, ReviewForm

PER_PAGE = 50
AUDITOR = frozenset({Role.AUDITOR})


@gate(Room.AGGREGATE, full=AUDITOR)
def accesses(request):
    """The log, the newest first, and above it the weeks that wait for a review."""
    form = AccessForm(request.GET)
    waiting = selectors.reviews_waiting()
    context = {
        "form": form,
        "review_columns": labels.review_columns(),
        "reviews": labels.review_rows(waiting),
    }
    if form.is_valid():
        chosen = form.chosen()
        page = Paginator(selectors.Entries(chosen), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "columns": labels.entry_columns()}
        context["rows"] = labels.entry_rows(list(page))
        audit.record("audit.log_shown", chosen.key, detail=_asked(chosen))
    return render(request, "oversight/accesses.html", context)


def _asked(chosen: selectors.Chosen) -> dict:
    return {"account": chosen.account, "day": chosen.day and chosen.day.isoformat()}


@gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
def week(request, pk):
    """What is unusual in a week, and the words that finish its review."""
    review = (
        AuditReview.objects.annotate(done_by_name=F("done_by__display_name")).filter(pk=pk).first()
    )
    if review is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _finish(request, review, form.cleaned_data["words"])
        return redirect("oversight:accesses")
    context = {
        "review": review,
        "form": form,
        "columns": labels.anomaly_columns(),
        "rows": labels.anomaly_rows(selectors.anomalies(review.week)),
    }
    return render(request, "oversight/week.html", context)


def _finish(request, review: AuditReview, words: str) -> None:
    try:
        review_finish(review=review, words=words)
        messages.success(request, _("The review is saved."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
