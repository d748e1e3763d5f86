"""The weekly review of the log."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.audit import selectors
from ceasefire.access.audit.models import AuditReview
from ceasefire.access.audit.services import review_finish
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.oversight import labels
from ceasefire.oversight.forms import ReviewForm
from ceasefire.oversight.readers import AUDITOR


@gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
def week(request, pk):
    """What is unusual in a week, and the words that finish its review."""
    review = (
        AuditReview.objects.annotate(done_by_name=F("done_by__display_name")).filter(pk=pk).first()
    )
    if review is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if request.method == "POST" and (words or review.done_at):
        _finish(request, review, words)
        return redirect("oversight:overview")
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
