"""A file's arrival: its upload, and the mapping that a person confirms."""

from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.services import agency_record
from ceasefire.intake import files, jobs, looking, services
from ceasefire.intake.files import Received
from ceasefire.intake.forms import FileForm, KnownFeedForm, MappingForm, NewFeedForm
from ceasefire.intake.labels import field_label
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.services import IntakeRefused
from ceasefire.intake.views.common import analyst, batch_or_404, queue, read


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
        kind=held["kind"],
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
    if started.state == Batch.State.RECEIVED and looking.kept_look(started) is None:
        queue(request, jobs.look_at_batch, started)
    return redirect("intake:batch", started.pk)


@analyst("GET", "POST")
def mapping(request, pk):
    shown = batch_or_404(pk)
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
        queue(request, jobs.look_at_batch, shown)
    else:
        services.mapping_confirm(
            batch=shown,
            mapping=form.look.mapping.answered(form.answers),
            by_default=form.by_default,
        )
        read(request, shown)
    return redirect("intake:batch", shown.pk)
