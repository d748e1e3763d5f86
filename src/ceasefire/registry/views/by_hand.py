"""What an analyst does by hand: enter, correct, judge, give back, review what was dropped."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.gates import CITY_POLICE, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts
from ceasefire.registry import corrections
from ceasefire.registry.forms import EntryForm, JudgeForm, ReviewForm, correction_form
from ceasefire.registry.models import Incident
from ceasefire.registry.parts import CORRECTABLE, STANDING, Part
from ceasefire.registry.selectors import history, near
from ceasefire.registry.services import city_now
from ceasefire.registry.views.shooting import found_or_404

PER_PAGE = 50
ANALYST = frozenset({Role.ANALYST})
analysts = gate(Room.INVESTIGATIVE, full=ANALYST, at=CITY_POLICE, methods=("GET", "POST"))


@analysts
def enter(request):
    """Search first: likely duplicates are shown, and entering goes on only past them."""
    own = {"agency": request.actor.agency_id}
    form = drafts.offered(request, EntryForm(request.POST or None, initial=own))
    likely = []
    if request.method == "POST" and form.is_valid():
        likely = _likely(form)
        if likely and not form.cleaned_data["another"]:
            form.ask_whether_another()
        elif entered := _tried(form, _enter, form):
            told = _("The shooting is entered.") if entered.new else _("It was already known.")
            messages.success(request, told)
            return redirect("registry:shooting", entered.incident.pk)
    return render(request, "registry/enter.html", {"form": form, "likely": likely})


def _likely(form: EntryForm) -> list[Incident]:
    zone = city_now().time_zone
    said = form.said(zone)
    agencies = form.fields["agency"].queryset
    keys = {agency: corrections.key_of(agency, said, zone) for agency in agencies}
    return near.likely_duplicates(said, keys)


def _enter(form: EntryForm) -> corrections.Entered:
    zone = city_now().time_zone
    return corrections.incident_enter(
        agency=form.cleaned_data["agency"],
        zone=zone,
        reason=form.cleaned_data["reason"],
        said=form.said(zone),
    )


@analysts
def correct(request, pk, part):
    if part not in CORRECTABLE:
        raise Http404
    incident = found_or_404(pk)
    kind = correction_form(part)
    opened = kind.standing(incident) | {"seen": corrections.mark(incident, CORRECTABLE[part])}
    form = kind(request.POST or None, initial=opened)
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(form, _correct, incident, part, form)
    ):
        messages.success(request, _("The correction is saved and outlives later files."))
        return redirect("registry:shooting", pk)
    incident = _as_it_stands(form, incident, CORRECTABLE[part])
    told = {
        "form": form,
        "incident": incident,
        "label": CORRECTABLE[part].label,
        "now": CORRECTABLE[part].say(incident),
        "source": history.source_words(incident).get(part),
    }
    return render(request, "registry/correct.html", told, status=_status(form))


def _correct(incident: Incident, part: str, form) -> Incident:
    return corrections.incident_correct(
        incident=incident,
        part=part,
        values=form.values(city_now().time_zone),
        reason=form.cleaned_data["reason"],
        seen=form.cleaned_data["seen"],
    )


def _as_it_stands(form, incident: Incident, part: Part) -> Incident:
    """A form that came too late is shown beside what stands now."""
    if not form.too_late:
        return incident
    incident = found_or_404(incident.pk)
    form.look_again(corrections.mark(incident, part))
    return incident


def _status(form) -> int:
    return 409 if form.too_late else 200


@gate(Room.INVESTIGATIVE, full=ANALYST, at=CITY_POLICE, methods=("POST",))
def withdraw(request, pk, part):
    """Give a corrected part back to its source."""
    if part not in CORRECTABLE:
        raise Http404
    try:
        corrections.correction_withdraw(incident=found_or_404(pk), part=part)
        messages.success(request, _("The value is the source's again."))
    except corrections.CannotSet as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("registry:shooting", pk)


@analysts
def judge(request, pk):
    incident = found_or_404(pk)
    opened = {"verification": incident.verification, "seen": corrections.mark(incident, STANDING)}
    form = JudgeForm(request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid() and _tried(form, _judge, incident, form):
        messages.success(request, _("Saved."))
        return redirect("registry:shooting", pk)
    told = {"form": form, "incident": _as_it_stands(form, incident, STANDING)}
    return render(request, "registry/judge.html", told, status=_status(form))


def _judge(incident: Incident, form: JudgeForm) -> Incident:
    return corrections.incident_judge(incident=incident, **form.cleaned_data)


@gate(Room.INVESTIGATIVE, full=ANALYST, at=CITY_POLICE)
def withheld(request):
    """Shootings that their publisher dropped, the earliest due first."""
    due = Incident.objects.exclude(withheld_at=None).order_by("review_due", "id")
    shown = Paginator(due, PER_PAGE).get_page(request.GET.get("page"))
    told = {"shown": shown, "today": timezone.localdate()}
    return render(request, "registry/withheld.html", told)


@analysts
def review(request, pk):
    incident = found_or_404(pk)
    if incident.withheld_at is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _tried(form, _review, incident, form):
        messages.success(request, _("The decision is saved."))
        return redirect("registry:withheld")
    return render(request, "registry/review.html", {"form": form, "incident": incident})


def _review(incident: Incident, form: ReviewForm) -> Incident:
    back = form.cleaned_data["decision"] == ReviewForm.BRING_BACK
    decide = corrections.withheld_bring_back if back else corrections.withheld_keep
    return decide(incident=incident, reason=form.cleaned_data["reason"])


def _tried(form, verb, *given):
    """What the verb gives back, or None with its refusal written into the form."""
    try:
        return verb(*given)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        form.too_late = isinstance(refusal, corrections.EditedMeanwhile)
        return None
