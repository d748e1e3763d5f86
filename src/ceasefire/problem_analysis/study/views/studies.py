"""The studies; one with its editions and findings; planning, building; figures from outside."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import identity, purposes
from ceasefire.access.models import Membership, User
from ceasefire.kit.tables import Badge, Link, Number
from ceasefire.problem_analysis.study import jobs, referring, services
from ceasefire.problem_analysis.study.forms import FindingForm, PlanForm, ReferenceForm
from ceasefire.problem_analysis.study.models import Edition, Finding, Reference, Study
from ceasefire.problem_analysis.study.views.common import AUTHORS, authors, readers, study_or_404
from ceasefire.registry import words
from ceasefire.registry.groups.views.common import trying
from ceasefire.registry.models import Incident


@readers("GET")
def studies(request):
    rows = [
        [Link(one.title, reverse("problem_analysis:study", args=[one.pk])), _days(one),
         one.editions.filter(state=Edition.State.FROZEN).count()]
        for one in Study.objects.all()
    ]  # fmt: skip
    context = {
        "rows": rows,
        "columns": [_("Study"), _("Shootings of"), Number(_("Frozen editions"))],
        "may_plan": request.actor.role in AUTHORS,
    }
    return render(request, "problem_analysis/studies.html", context)


def _days(one: Study) -> str:
    told = {"start": words.day(one.starts), "end": words.day(one.ends)}
    return _("%(start)s to %(end)s") % told


@authors("GET", "POST")
def study_plan(request):
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.study_plan(**form.cleaned_data)
            return redirect("problem_analysis:study", made.pk)
    return _form(request, form, _("Plan a study"), _("Plan it"), lead=_(
        "A study says which shootings it is of. It is built from the register as often as you "
        "like, and frozen when it is right."))  # fmt: skip


@readers("GET")
def study(request, pk):
    one = study_or_404(pk)
    context = {
        "study": one,
        "facts": _facts(one),
        "editions": [_edition(edition) for edition in one.editions.all()],
        "columns": [_("Edition"), _("State"), _("Built"), _("As of")],
        "findings": [_finding(finding) for finding in one.findings.annotate(
            owned=F("owner__display_name"))],
        "may_write": request.actor.role in AUTHORS,
    }  # fmt: skip
    part = "problem_analysis/study_doing.html" if request.htmx else "problem_analysis/study.html"
    return render(request, part, context)


def _facts(one: Study) -> list[tuple]:
    kinds = dict(Incident.Kind.choices)
    return [
        (_("Shootings of"), _days(one)),
        (_("Kinds"), ", ".join(str(kinds[kind]) for kind in one.kinds)),
        (_("Left out"), ", ".join(one.exclude)),
        (_("As known at the end of"), words.day(one.as_known) if one.as_known else ""),
    ]


def _edition(edition: Edition) -> list:
    kind = "ok" if edition.state == Edition.State.FROZEN else ""
    link = Link(str(edition), reverse("problem_analysis:edition", args=[edition.pk]))
    as_of = words.moment(edition.as_of) if edition.as_of else ""
    return [link, Badge(edition.get_state_display(), kind), words.moment(edition.built_at), as_of]


def _finding(finding: Finding) -> dict:
    return {"one": finding, "owner": finding.owned,
            "due": words.day(finding.due) if finding.due else ""}  # fmt: skip


@authors("GET", "POST", purpose=True)
def build(request, pk):
    """Asked first, so that nobody reads people for a study without having said what for."""
    one = study_or_404(pk)
    if request.method == "GET":
        return render(request, "problem_analysis/study_build.html", {"study": one})
    Study.objects.filter(pk=one.pk).update(progress=0.0)
    purpose = purposes.current()
    jobs.send(study=one, purpose=purpose.key, user_id=request.actor.user_id)
    return redirect("problem_analysis:study", one.pk)


@authors("GET", "POST")
def finding(request, pk):
    one = study_or_404(pk)
    form = FindingForm(request.POST or None, owners=_owners())
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.finding_write(study=one, **form.cleaned_data)
            messages.success(request, _("It is written down."))
            return redirect("problem_analysis:study", one.pk)
    return _form(request, form, _("A finding or a recommendation"), _("Write it down"), study=one)


def _owners():
    """The accounts of the reader's own agency: nobody else's are anybody's business here."""
    today = timezone.localdate()
    current = Membership.objects.filter(
        Q(ends=None) | Q(ends__gte=today), agency=identity.current().agency_id, ended_at=None,
        starts__lte=today,
    )  # fmt: skip
    found = User.objects.only("username", "display_name").order_by("display_name")
    return found.filter(pk__in=current.values("user"))


@authors("POST")
def settle(request, pk):
    found = Finding.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    if (state := request.POST.get("state")) not in Finding.State.values:
        return HttpResponseBadRequest(_("Say whether it is done or dropped."))
    services.finding_settle(finding=found, state=state)
    return redirect("problem_analysis:study", found.study_id)


@authors("GET", "POST")
def references(request):
    form = ReferenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            _load(form.cleaned_data)
            messages.success(request, _("The figures are loaded; the next building uses them."))
            return redirect("problem_analysis:references")
    rows = [[one.get_kind_display(), one.source, len(one.rows), words.moment(one.loaded_at)]
            for one in Reference.objects.all()]  # fmt: skip
    columns = [_("What it holds"), _("Source"), Number(_("Rows")), _("Loaded")]
    return _form(request, form, _("Figures from outside"), _("Load them"), rows=rows,
                 columns=columns, multipart=True)  # fmt: skip


def _load(told: dict) -> None:
    with TemporaryDirectory(prefix="ceasefire-reference-") as folder:
        path = Path(folder) / "figures"
        path.write_bytes(b"".join(told["file"].chunks()))
        referring.reference_load(kind=told["kind"], path=path, file_name=told["file"].name,
                                 source=told["source"])  # fmt: skip


def _form(request, form, title: str, button: str, **more):
    context = {"form": form, "title": title, "button": button, **more}
    return render(request, "problem_analysis/study_form.html", context)
