"""Attesting; the register of requests with the year's report; who has attested this quarter."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.exports.models import Export
from ceasefire.access.exports.services import export_request, export_take
from ceasefire.access.federal import labels, reports, selectors, services
from ceasefire.access.federal.forms import AttestForm, MarkForm, RequestForm
from ceasefire.access.federal.models import DelegatedAuthority, ImmigrationRequest
from ceasefire.access.gates import OWN_ACCOUNT, everyone, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import drafts
from ceasefire.kit.tables import Number

PER_PAGE = 50
READERS = frozenset({Role.AUDITOR, Role.DIRECTOR})
reading = gate(Room.AGGREGATE, full=READERS)
marking = gate(Room.AGGREGATE, full=READERS, methods=("GET", "POST"))


def attest(request):
    """The one page that such a person has before attesting; it shows nothing of any room."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    secret = request.session.secret
    standing = services.standing(secret)
    form = AttestForm(request.POST or None)
    if request.method == "POST" and standing is not None and form.is_valid():
        standing = services.attest(session_secret=secret, answer=form.cleaned_data["answer"])
        if not standing:
            messages.success(request, _("Your attestation counts until the end of the quarter."))
            return redirect("this_week")
    if standing is None:
        return redirect("this_week")
    context = {"form": form, "detailed": standing == "detailed"}
    return render(request, "federal/attest.html", context)


attest.gate, attest.methods = OWN_ACCOUNT, ("GET", "POST")


@everyone(Room.AGGREGATE)
def requests(request):
    """The register; whoever is no reader of it sees what they recorded themselves."""
    found = ImmigrationRequest.objects.all()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": labels.request_columns(),
        "rows": labels.request_rows(page),
        "years": reports.years() if request.actor.role in READERS else [],
    }
    return render(request, "federal/requests.html", context)


@everyone(Room.AGGREGATE, methods=("GET", "POST"))
def new(request):
    first = {"received_at": timezone.localtime()}
    form = drafts.offered(request, RequestForm(request.POST or None, initial=first))
    if request.method == "POST" and form.is_valid() and _tried(form, services.request_record):
        messages.success(request, _("It is recorded. Thank you."))
        return redirect("federal:requests")
    return render(request, "federal/new.html", {"form": form})


@everyone(Room.AGGREGATE)
def one(request, pk):
    found = ImmigrationRequest.objects.select_related("record_key").filter(pk=pk)
    found = found.annotate(recorder=F("recorded_by__display_name")).first()
    if found is None:
        raise Http404
    return render(request, "federal/one.html", {"facts": labels.request_facts(found)})


@reading
def report(request, year):
    rows = [[line.by, line.value, line.requests] for line in reports.of_year(_year(year))]
    columns = [_("By"), _("Which"), Number(_("Requests"))]
    context = {"year": year, "years": reports.years(), "columns": columns, "rows": rows}
    # An auditor looks over exports and makes none.
    context["may_export"] = request.actor.role == Role.DIRECTOR
    return render(request, "federal/report.html", context)


@gate(Room.AGGREGATE, full={Role.DIRECTOR})
def report_csv(request, year):
    """A logged export, as every file that leaves."""
    export = export_request(
        table=reports.TABLE,
        purpose=f"The state's report of {year}",
        selection={"year": _year(year)},
        form=Export.Form.CSV,
    )
    audit.record("federal.reported", export, detail={"year": year, "form": "csv"})
    return _file(export_take(export=export), "text/csv; charset=utf-8", f"{year}.csv")


@reading
def report_pdf(request, year):
    made = reports.as_pdf(_year(year), reader=request.actor.name)
    audit.record("federal.reported", detail={"year": year, "form": "pdf"})
    return _file(made, "application/pdf", f"{year}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="immigration-requests-{name}"'
    return answer


def _year(year: int) -> int:
    """Years that a calendar has and that have begun."""
    if not 2000 <= year <= timezone.localdate().year:
        raise Http404
    return year


@marking
def agencies(request):
    """Whose people must attest, who has this quarter, and marking an agency by hand."""
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _tried(form, services.authority_mark):
        messages.success(request, _("From now on this agency's people attest each quarter."))
        return redirect("federal:agencies")
    context = {
        "form": form,
        "marked": selectors.authorities(),
        "columns": labels.attested_columns(),
        "rows": labels.attested_rows(selectors.attestations()),
        "lacking": selectors.lacking(),
    }
    return render(request, "federal/agencies.html", context)


@gate(Room.AGGREGATE, full=READERS, methods=("POST",))
def unmark(request, pk):
    authority = DelegatedAuthority.objects.filter(pk=pk).first()
    if authority is None:
        raise Http404
    services.authority_end(authority=authority, today=timezone.localdate())
    messages.success(request, _("The agency's people no longer have to attest."))
    return redirect("federal:agencies")


def _tried(form, verb) -> object | None:
    try:
        return verb(**form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
