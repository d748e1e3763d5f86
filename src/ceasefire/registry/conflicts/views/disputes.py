"""The intake form of a dispute, its list, and the supervisor's review."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts
from ceasefire.kit.tables import Badge, Link
from ceasefire.registry.conflicts import selectors, services
from ceasefire.registry.conflicts.forms import DisputeForm, ReviewForm
from ceasefire.registry.conflicts.models import Dispute
from ceasefire.registry.conflicts.views.common import readers, supervisors
from ceasefire.registry.groups.views.common import found_or_404, trying


@readers("GET")
def disputes(request):
    context = {
        "rows": [_row(one) for one in selectors.disputes()],
        "columns": [_("Dispute"), _("Heard of"), _("Where"), _("Fear of violence"), _("Review")],
    }
    return render(request, "registry/conflicts/disputes.html", context)


def _row(one: Dispute) -> list:
    reviewed = Badge(one.get_outcome_display(), "ok") if one.outcome else Badge(_("waits"), "due")
    return [
        Link(f"{one.one_side} / {one.other_side}", reverse("conflicts:dispute", args=[one.pk])),
        one.on, one.place, _risks(one), reviewed,
    ]  # fmt: skip


def _risks(one: Dispute) -> str:
    return "; ".join(str(Dispute.Risk(risk).label) for risk in one.risks)


@readers("GET", "POST")
def new(request):
    form = drafts.offered(request, DisputeForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.dispute_write(**form.cleaned_data)
            messages.success(request, _("It is written down. A supervisor looks at it."))
            return redirect("conflicts:dispute", made.pk)
    return render(request, "registry/conflicts/dispute_new.html", {"form": form})


@readers("GET")
def dispute(request, pk):
    one = found_or_404(selectors.disputes(), pk)
    context = {
        "dispute": one,
        "facts": [
            (_("Heard of"), one.on), (_("Where"), one.place), (_("Case numbers"), one.case_numbers),
            (_("One side"), one.one_side), (_("Other side"), one.other_side),
            (_("Fear of violence"), _risks(one)), (_("Why violence is expected"), one.why),
            (_("How it was learned"), one.learned), (_("What it is about"), one.cause),
            (_("What has been done"), one.done), (_("Written by"), one.writer),
        ],
        "review": [
            (_("What comes of it"), one.outcome and one.get_outcome_display()),
            (_("Why"), one.review_words), (_("By"), one.reviewer), (_("When"), one.reviewed_at),
        ],
        "may_review": _may_review(request.actor, one),
    }  # fmt: skip
    return render(request, "registry/conflicts/dispute.html", context)


def _may_review(actor, one: Dispute) -> bool:
    is_open = one.outcome in ("", Dispute.Outcome.WATCH)
    return is_open and actor.role == Role.CAPTAIN and actor.user_id != one.author_id


@supervisors("GET", "POST")
def review(request, pk):
    one = found_or_404(selectors.disputes(), pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.dispute_review(dispute=one, **form.cleaned_data)
            messages.success(request, _("The dispute is reviewed."))
            return redirect("conflicts:dispute", one.pk)
    return render(request, "registry/conflicts/review.html", {"form": form, "dispute": one})
