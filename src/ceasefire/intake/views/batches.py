"""One batch, wherever it stands: work in progress, a preview to decide on, or what it did."""

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from ceasefire.intake import jobs, looking, selectors, services
from ceasefire.intake.forms import ApplyForm, IdenticalForm
from ceasefire.intake.labels import UNITS, answer_words, replaced_words
from ceasefire.intake.models import Batch, Feed, RowFault
from ceasefire.intake.people.fields import PEOPLE
from ceasefire.intake.pipelines import of_shootings
from ceasefire.intake.report import report_csv, report_name
from ceasefire.intake.views.common import analyst, batch_or_404, done, queue, read
from ceasefire.kit.tables import Link
from ceasefire.registry.models import SourceRecord
from ceasefire.registry.people.recording import KINDS

PER_PAGE = 50
FAULTS_SHOWN = 20
State = Batch.State
COUNTS = ("added", "changed", "unchanged", "vanished")


@analyst("GET")
def batch(request, pk):
    """Wherever a batch stands, this page shows it: work in progress, a preview, or what it did."""
    shown = batch_or_404(pk)
    if shown.state == State.RECEIVED and looking.kept_look(shown):
        return _go(request, reverse("intake:mapping", args=[pk]))
    staged = shown.state in (State.STAGED, State.WAITING)
    if shown.is_open and (not staged or selectors.staging_lost(shown)):
        return _progress(request, shown)
    if request.htmx:
        return _go(request, request.path)
    return _preview(request, shown) if staged else _closed(request, shown)


def _go(request, url: str) -> HttpResponse:
    """On to another page, also from the part of a page that refreshes itself."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _progress(request, shown: Batch) -> HttpResponse:
    context = {"batch": shown, "doing": selectors.doing(shown)}
    part = "intake/doing.html" if request.htmx else "intake/progress.html"
    if request.htmx and context["doing"].interrupted:
        return _go(request, request.path)
    return render(request, part, context)


def _preview(request, shown: Batch, apply_form: ApplyForm | None = None) -> HttpResponse:
    if not of_shootings(shown.feed):
        return _preview_people(request, shown, apply_form)
    result = services.batch_compare(batch=shown)
    changed = selectors.changed_rows(result.changed + result.replaced)
    vanished = selectors.vanished_rows(result.vanished)
    same = selectors.identical_rows(shown)
    answers = shown.mapping.mapping["answers"]
    context = {
        "batch": shown,
        "counts": result.counts(),
        "returned": result.returned,
        "replaced": replaced_words(result.replaced),
        "totals": selectors.staged_totals(shown),
        "alarms": selectors.alarm_words(shown),
        "changed": (changed := _page(request, "page", changed)),
        "changed_rows": list(changed),
        "vanished": (gone := _page(request, "vanished", vanished)),
        "vanished_rows": [selectors.row_words(record) for record in gone],
        "record_columns": selectors.row_headings(),
        "same": same,
        "same_rows": [
            [", ".join(map(str, numbers)), *selectors.row_words(row)[1:]]
            for numbers, row in same.examples
        ],
        "same_columns": [_("Rows"), *selectors.row_headings()[1:]],
        "waits": shown.state == State.WAITING,
        "same_form": IdenticalForm(
            unit=shown.mapping.mapping["unit"], initial_answer=answers.get("identical_rows")
        ),
        "same_asked": _identical_open(shown),
        "same_answer": answer_words(answers.get("identical_rows", "")),
        "unit": UNITS[shown.mapping.mapping["unit"]],
        "apply_form": apply_form or ApplyForm(),
        **_faults(shown),
    }
    return render(request, "intake/preview.html", context)


def _preview_people(request, shown: Batch, apply_form: ApplyForm | None) -> HttpResponse:
    context = {
        "batch": shown,
        "alarms": selectors.alarm_words(shown),
        "unit": UNITS[shown.feed.kind],
        "names_nobody": shown.feed.kind not in PEOPLE,
        "is_list": shown.feed.kind == Feed.Kind.PRIOR_LIST,
        "enters": shown.feed.kind in KINDS and KINDS[shown.feed.kind].enters,
        "waits": shown.state == State.WAITING,
        "apply_form": apply_form or ApplyForm(),
        **_faults(shown),
    }
    return render(request, "intake/preview_people.html", context)


def _page(request, word: str, rows) -> Page:
    """The page of some rows that the address asks for by a word of its own."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get(word))


def _identical_open(shown: Batch) -> bool:
    """Whether a person still has to say what identical rows of this feed are."""
    saved = shown.mapping
    answered = "identical_rows" in saved.mapping["answers"]
    return not answered or "identical_rows" in saved.by_default


def _faults(shown: Batch) -> dict:
    faults = RowFault.objects.filter(batch=shown)
    rejected = faults.filter(rejected=True)[:FAULTS_SHOWN]
    return {
        "faults": [[one.row_number, one.column, one.reason, one.remedy] for one in rejected],
        "fault_columns": [_("Row"), _("Column"), _("Why"), _("What to do")],
        "has_report": faults.exists(),
    }


def _closed(request, shown: Batch) -> HttpResponse:
    context = {
        "batch": shown,
        "state": selectors.state_badge(shown),
        "alarms": selectors.alarm_words(shown),
        "counts": {name: getattr(shown, name) for name in COUNTS},
        "returned": shown.report.get("returned", 0),
        "replaced": replaced_words(shown.report.get("replaced", 0)),
        **_done(request, shown),
        "origin": [
            (_("Feed"), shown.feed.title),
            (_("Agency"), shown.feed.agency),
            (_("Mapping"), shown.mapping and _("version %d") % shown.mapping.version),
            (_("Applied"), shown.applied_at),
            (_("Applied despite"), shown.report.get("despite")),
            (_("Size in bytes"), shown.size),
            (_("SHA-256"), shown.sha256),
        ],
        **_faults(shown),
    }
    return render(request, "intake/closed.html", context)


def _done(request, shown: Batch) -> dict:
    if shown.state != State.APPLIED:
        return {}
    return _written(request, shown) if of_shootings(shown.feed) else {"linked": shown.report}


def _written(request, shown: Batch) -> dict:
    """What an applied batch did to the register, row by row."""
    changed = _page(request, "page", selectors.changed_by(shown))
    added = _page(request, "added", selectors.added_by(shown))
    gone = _page(request, "vanished", selectors.vanished_by(shown))
    return {
        "changed": changed,
        "changed_rows": [selectors.changed_row(record) for record in changed],
        "added": added,
        "added_rows": [_linked(record) for record in added],
        "vanished": gone,
        "vanished_rows": [_linked(record) for record in gone],
        "record_columns": selectors.row_headings(),
    }


def _linked(record: SourceRecord) -> list:
    row, number, *rest = selectors.row_words(record)
    return [row, Link(number, reverse("registry:shooting", args=[record.incident_id])), *rest]


@analyst("POST")
def again(request, pk):
    """Start again what was interrupted; or, where asked for, from the mapping on."""
    shown = batch_or_404(pk)
    if request.POST.get("from") == "mapping":
        done(request, lambda: looking.batch_look_again(batch=shown))
        shown.refresh_from_db()
    if shown.state == State.RECEIVED:
        queue(request, jobs.look_at_batch, shown)
    elif shown.state == State.APPLYING:
        queue(request, jobs.apply_batch, shown)
    elif shown.state == State.STAGING or selectors.staging_lost(shown):
        read(request, shown)
    return redirect("intake:batch", pk)


@analyst("POST")
def identical(request, pk):
    """What identical rows of the feed are; the file is read again where that changes it."""
    shown = batch_or_404(pk)
    if shown.state not in (State.STAGED, State.WAITING):
        return redirect("intake:batch", pk)
    form = IdenticalForm(request.POST, unit=shown.mapping.mapping["unit"])
    if form.is_valid():
        _answer_identical(request, shown, form.cleaned_data["identical_rows"])
    return redirect("intake:batch", pk)


def _answer_identical(request, shown: Batch, answer: str) -> None:
    before = services.saved_mapping(shown.mapping)
    services.mapping_confirm(
        batch=shown,
        mapping=before.answered({"identical_rows": answer}),
        by_default=[about for about in shown.mapping.by_default if about != "identical_rows"],
    )
    if answer != before.answers.get("identical_rows", f"separate {before.unit}s"):
        read(request, shown)


@analyst("POST")
def apply(request, pk):
    shown = batch_or_404(pk)
    if shown.state not in (State.STAGED, State.WAITING):
        return redirect("intake:batch", pk)
    form = ApplyForm(request.POST)
    if shown.state == State.WAITING and not form.is_valid():
        return _preview(request, shown, form)
    despite = form.data.get("despite", "").strip() if shown.state == State.WAITING else ""
    if done(request, lambda: services.batch_apply_start(batch=shown, despite=despite)):
        queue(request, jobs.apply_batch, shown)
    return redirect("intake:batch", pk)


@analyst("POST")
def withdraw(request, pk):
    shown = batch_or_404(pk)
    if shown.is_open:
        done(request, lambda: services.batch_withdraw(batch=shown))
    return redirect("intake:batch", pk)


@analyst("GET")
def report(request, pk):
    shown = batch_or_404(pk)
    return FileResponse(
        report_csv(shown),
        as_attachment=True,
        filename=report_name(shown),
        content_type="text/csv; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
