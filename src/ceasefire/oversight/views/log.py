"""The log from three sides: every line, who looked at a person, everything an account did."""

from collections import Counter

from django.core.paginator import Paginator
from django.shortcuts import render

from ceasefire.access import audit
from ceasefire.access.audit import selectors
from ceasefire.access.audit.selectors import Chosen, Entries
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.oversight import labels
from ceasefire.oversight.forms import AccessForm, AccountForm, PersonForm
from ceasefire.oversight.readers import ADMINISTRATOR, AUDITOR, PER_PAGE, PRIVACY


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY | ADMINISTRATOR)
def accesses(request):
    """The log, the newest first."""
    form = AccessForm(request.GET)
    context = {"form": form}
    if form.is_valid():
        context |= _lines(request, form.chosen(), labels.LINE)
    return render(request, "oversight/accesses.html", context)


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY)
def person(request):
    """Who looked at a person, named by the record's number: viewers first, then every line."""
    form = PersonForm(request.GET or None)
    context = {"form": form}
    if form.is_valid():
        chosen = form.chosen()
        context |= _lines(request, chosen, labels.LOOK) | {"key": chosen.key}
        times = Counter(
            (entry.user_id, entry.role)
            for entry in selectors.of_subject(chosen.key)
            if entry.result == "shown"
        )
        context["viewer_columns"] = labels.viewer_columns()
        context["viewers"] = labels.viewer_rows(times)
    return render(request, "oversight/person.html", context)


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY)
def account(request):
    """Everything an account saw and did in some days, with purpose and place in words."""
    form = AccountForm(request.GET or None)
    context = {"form": form}
    if form.is_valid():
        context |= _lines(request, form.chosen(), labels.DEED)
    return render(request, "oversight/account.html", context)


def _lines(request, chosen: Chosen, shape: labels.Shape) -> dict:
    """A page of the chosen lines; that somebody looked is a line itself."""
    page = Paginator(Entries(chosen), PER_PAGE).get_page(request.GET.get("page"))
    audit.record("audit.log_shown", chosen.key, detail=_asked(chosen))
    return {
        "page": page,
        "columns": [part.title for part in shape],
        "rows": labels.entry_rows(list(page), shape),
    }


def _asked(chosen: Chosen) -> dict:
    return {
        "account": chosen.account,
        "day": chosen.day and chosen.day.isoformat(),
        "last": chosen.last and chosen.last.isoformat(),
    }
