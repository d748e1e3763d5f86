"""The feeds, and one feed: its files, its coverage, its saved mappings."""

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.intake import portals, selectors, services
from ceasefire.intake.forms import CoverageForm
from ceasefire.intake.labels import (
    UNITS,
    answer_words,
    field_label,
    field_names,
    question_label,
    reading,
    replaced_words,
)
from ceasefire.intake.models import Batch, FeedMapping
from ceasefire.intake.views.common import analyst, feed_or_404

PER_PAGE = 50


@analyst("GET")
def feeds(request):
    lines = selectors.feed_lines()
    return render(request, "intake/feeds.html", {"lines": lines})


@analyst("GET")
def feed(request, name):
    shown = feed_or_404(name)
    mappings = list(shown.mappings.order_by("-version"))
    batches = Paginator(shown.batches.select_related("feed"), PER_PAGE)
    context = {
        "feed": shown,
        "coverage": selectors.coverage_words(shown),
        "form": CoverageForm(instance=shown),
        "mappings": [_mapping_shown(saved) for saved in mappings],
        "mapping_columns": [_("Fact"), _("Column of the file"), _("How it is read")],
        "answer_columns": [_("Question"), _("Answer"), _("Answered")],
        "page": (page := batches.get_page(request.GET.get("page"))),
        "lines": [_batch_line(one) for one in page],
        "portal": portals.address_of(shown),
        "folder_is_there": Path(shown.watched_folder).is_dir() if shown.watched_folder else None,
    }
    return render(request, "intake/feed.html", context)


def _batch_line(one: Batch) -> dict:
    return {
        "batch": one,
        "state": selectors.state_badge(one),
        "applied": one.state == Batch.State.APPLIED,
        "replaced": replaced_words(one.report.get("replaced", 0)),
    }


def _mapping_shown(saved: FeedMapping) -> dict:
    """A saved mapping as its table prints it."""
    held = saved.mapping
    return {
        "saved": saved,
        "unit": UNITS[held["unit"]],
        "rows": [
            [field_label(name), entry["column"], reading(name, entry, held["crs"])]
            for name in field_names(held["unit"])
            if (entry := held["fields"].get(name))
        ],
        "answers": [
            [question_label(about), answer_words(answer), _who_answered(saved, about)]
            for about, answer in held["answers"].items()
        ],
        "left_out": list(held["left_out"].items()),
        "evidence": held["evidence"],
    }


def _who_answered(saved: FeedMapping, about: str) -> str:
    return _("by default") if about in saved.by_default else _("by a person")


@analyst("POST")
def coverage(request, name):
    shown = feed_or_404(name)
    form = CoverageForm(request.POST, instance=feed_or_404(name))
    if not form.is_valid():
        return render(request, "intake/coverage.html", {"feed": shown, "form": form})
    services.feed_cover(feed=shown, **form.cleaned_data)
    messages.success(request, _("The coverage is saved. It counts from the next file on."))
    return redirect("intake:feed", name)
