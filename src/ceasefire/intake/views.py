"""The analyst's pages: feeds, a file from its arrival to what it changed, and its report."""

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.intake import files, jobs, looking, portals, selectors, services
from ceasefire.intake.files import Received
from ceasefire.intake.forms import (
    ApplyForm,
    CoverageForm,
    FileForm,
    IdenticalForm,
    KnownFeedForm,
    MappingForm,
    NewFeedForm,
)
from ceasefire.intake.labels import UNITS, answer_words, field_label, question_label, reading
from ceasefire.intake.models import Batch, Feed, FeedMapping, RowFault
from ceasefire.intake.report import report_csv, report_name
from ceasefire.intake.services import IntakeRefused
from ceasefire.kit.jobs import enqueue

PER_PAGE = 50
FAULTS_SHOWN = 20
State = Batch.State


def analyst(*methods: str):
    return gate(Room.INVESTIGATIVE, full={Role.ANALYST}, methods=methods)


@analyst("GET")
def feeds(request):
    lines = selectors.feed_lines()
    return render(request, "intake/feeds.html", {"lines": lines})


@analyst("GET")
def feed(request, name):
    shown = _feed_or_404(name)
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
        "applied": one.state == State.APPLIED,
    }


def _mapping_shown(saved: FeedMapping) -> dict:
    """A saved mapping as its table prints it."""
    held = saved.mapping
    return {
        "saved": saved,
        "unit": UNITS[held["unit"]],
        "rows": [
            [field_label(name), entry["column"], reading(name, entry, held["crs"])]
            for name, entry in held["fields"].items()
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
    shown = _feed_or_404(name)
    form = CoverageForm(request.POST, instance=_feed_or_404(name))
    if not form.is_valid():
        return render(request, "intake/coverage.html", {"feed": shown, "form": form})
    services.feed_cover(feed=shown, **form.cleaned_data)
    messages.success(request, _("The coverage is saved. It counts from the next file on."))
    return redirect("intake:feed", name)


@analyst("GET", "POST")
def load(request):
    """A file of a feed that is known."""
    if request.city is None or not Feed.objects.exists():
        return redirect("intake:feeds" if request.city is None else "intake:load_new")
    initial = {"feed": request.GET.get("feed")}
    form = KnownFeedForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_bound and form.is_valid():
        return _received(request, form, lambda kept: form.cleaned_data["feed"])
    return render(request, "intake/load.html", {"form": form, "known": True})


@analyst("GET", "POST")
def load_new(request):
    """The first file of a new feed."""
    if request.city is None:
        return redirect("intake:feeds")
    form = NewFeedForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        return _received(request, form, lambda kept: _opened(form, kept))
    return render(request, "intake/load.html", {"form": form, "known": False})


def _opened(form: NewFeedForm, kept: Received) -> Feed:
    """The new feed; a second click finds the first one's feed, with this very file in hand."""
    held = form.cleaned_data
    known = Batch.objects.filter(feed__name=held["name"])
    if Feed.objects.filter(name=held["name"]).exists() and not known.filter(
        sha256=kept.sha256, state__in=Batch.OPEN_STATES
    ):
        raise IntakeRefused(_("There is a feed of this name already; choose it instead."))
    agency = held["agency"] or agency_record(name=held["new_agency"], kind=held["new_agency_kind"])
    return services.feed_open(
        name=held["name"],
        agency=agency,
        title=held["title"],
        coverage=held["coverage"],
        rolling_days=held["rolling_days"],
    )


def _received(request, form: FileForm, feed_of) -> HttpResponse:
    """Take the uploaded file in and start looking at it; refused with the form kept."""
    upload = form.cleaned_data["file"]
    kept = files.receive(Path(upload.temporary_file_path()), upload.name)
    try:
        with transaction.atomic():
            started = services.batch_receive(
                feed=feed_of(kept), received=kept, as_of=form.cleaned_data["as_of"]
            )
    except IntakeRefused as refusal:
        services.file_discard(kept)
        form.add_error(None, str(refusal))
        form.add_error("file", _("Choose the file again; a browser does not keep it."))
        known = isinstance(form, KnownFeedForm)
        return render(request, "intake/load.html", {"form": form, "known": known})
    if started.state == State.RECEIVED and looking.kept_look(started) is None:
        _queue(request, jobs.look_at_batch, started)
    return redirect("intake:batch", started.pk)


@analyst("GET")
def batch(request, pk):
    """Wherever a batch stands, this page shows it: work in progress, a preview, or what it did."""
    shown = _batch_or_404(pk)
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
    result = services.batch_compare(batch=shown)
    changed = selectors.changed_rows(result.changed + result.replaced)
    vanished = selectors.vanished_rows(result.vanished)
    same = selectors.identical_rows(shown)
    answers = shown.mapping.mapping["answers"]
    context = {
        "batch": shown,
        "result": result,
        "totals": selectors.staged_totals(shown),
        "alarms": selectors.alarm_words(shown),
        "changed": Paginator(changed, PER_PAGE).get_page(request.GET.get("page")),
        "vanished": (gone := Paginator(vanished, PER_PAGE).get_page(request.GET.get("vanished"))),
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
    returned, replaced = (shown.report.get(name, 0) for name in ("returned", "replaced"))
    context = {
        "batch": shown,
        "state": selectors.state_badge(shown),
        "alarms": selectors.alarm_words(shown),
        "only_added": shown.added - returned - replaced,
        "only_vanished": shown.vanished - replaced,
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


@analyst("GET", "POST")
def mapping(request, pk):
    shown = _batch_or_404(pk)
    look = looking.kept_look(shown)
    if look is None:
        return redirect("intake:batch", pk)
    saved = shown.feed.mappings.order_by("-version").first()
    form = MappingForm(
        request.POST or None, look=look, saved=saved, asked=shown.report.get("asked", {})
    )
    if form.is_bound and form.is_valid():
        return _confirmed(request, shown, form)
    context = {
        "batch": shown,
        "look": look,
        "form": form,
        "saved": saved,
        "refused": [field_label(name) for name in look.refused],
        "unused": [[column, ", ".join(look.samples[column])] for column in look.unused],
        "unused_columns": [_("Column of the file"), _("For example")],
        "left_out": list(look.mapping.left_out.items()),
        "evidence": look.mapping.evidence[1:],
    }
    return render(request, "intake/mapping.html", context)


def _confirmed(request, shown: Batch, form: MappingForm) -> HttpResponse:
    """Read the file with the mapping; or look at it again where other columns were chosen."""
    if form.changed_columns:
        looking.batch_look_again(batch=shown, columns=form.columns, answers=form.answers)
        _queue(request, jobs.look_at_batch, shown)
    else:
        services.mapping_confirm(
            batch=shown,
            mapping=form.look.mapping.answered(form.answers),
            by_default=form.by_default,
        )
        _read(request, shown)
    return redirect("intake:batch", shown.pk)


@analyst("POST")
def again(request, pk):
    """Start again what was interrupted; or, where asked for, from the mapping on."""
    shown = _batch_or_404(pk)
    if request.POST.get("from") == "mapping":
        _done(request, lambda: looking.batch_look_again(batch=shown))
        shown.refresh_from_db()
    if shown.state == State.RECEIVED:
        _queue(request, jobs.look_at_batch, shown)
    elif shown.state == State.APPLYING:
        _queue(request, jobs.apply_batch, shown)
    elif shown.state == State.STAGING or selectors.staging_lost(shown):
        _read(request, shown)
    return redirect("intake:batch", pk)


def _read(request, shown: Batch) -> None:
    if _done(request, lambda: services.batch_start(batch=shown)):
        _queue(request, jobs.read_batch, shown)


@analyst("POST")
def identical(request, pk):
    """What identical rows of the feed are; the file is read again where that changes it."""
    shown = _batch_or_404(pk)
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
        _read(request, shown)


@analyst("POST")
def apply(request, pk):
    shown = _batch_or_404(pk)
    if shown.state not in (State.STAGED, State.WAITING):
        return redirect("intake:batch", pk)
    form = ApplyForm(request.POST)
    if shown.state == State.WAITING and not form.is_valid():
        return _preview(request, shown, form)
    despite = form.data.get("despite", "").strip() if shown.state == State.WAITING else ""
    if _done(request, lambda: services.batch_apply_start(batch=shown, despite=despite)):
        _queue(request, jobs.apply_batch, shown)
    return redirect("intake:batch", pk)


@analyst("POST")
def withdraw(request, pk):
    shown = _batch_or_404(pk)
    if shown.is_open:
        _done(request, lambda: services.batch_withdraw(batch=shown))
    return redirect("intake:batch", pk)


@analyst("GET")
def report(request, pk):
    shown = _batch_or_404(pk)
    return FileResponse(
        report_csv(shown),
        as_attachment=True,
        filename=report_name(shown),
        content_type="text/csv; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _done(request, verb) -> bool:
    """Do it, or say on the next page why it was refused."""
    try:
        with transaction.atomic():
            verb()
    except IntakeRefused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _queue(request, task, shown: Batch, **words) -> None:
    enqueue(task, batch_id=shown.pk, as_user=request.actor.user_id, **words)


def _feed_or_404(name: str) -> Feed:
    found = Feed.objects.select_related("agency", "scheduled_by").filter(name=name).first()
    if found is None:
        raise Http404
    return found


def _batch_or_404(pk: int) -> Batch:
    found = Batch.objects.select_related("feed__agency", "mapping").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
