"""Contested entries: decided by another agency of law enforcement, and by an outsider."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.rights import contesting as verbs
from ceasefire.rights import labels, letters, selectors
from ceasefire.rights.forms import AppealForm, DecisionForm
from ceasefire.rights.models import Contest
from ceasefire.rights.policies import DECIDERS, POLICE
from ceasefire.rights.views.common import contesting, outsiders, pdf, tried


@contesting("GET")
def contests(request):
    rows = labels.contest_rows(selectors.contests())
    context = {"columns": labels.contest_columns(), "rows": rows}
    return render(request, "rights/contests.html", context)


@contesting("GET", "POST")
def contest_one(request, pk):
    """What the entry says, what its person says, and, for whoever may, the decision."""
    found, actor = _found(pk), request.actor
    may_decide = not found.outcome and _from_outside(found, actor)
    may_appeal = bool(found.outcome) and not found.appealed_at and actor.standing in POLICE
    sent = (request.POST or None) if may_decide or may_appeal else None
    form = (DecisionForm if not found.outcome else AppealForm)(sent)
    if request.method == "POST" and form.is_valid():
        verb = verbs.contest_appeal if found.outcome else verbs.contest_decide
        if tried(form, verb, contest=found, **form.cleaned_data):
            messages.success(request, _("It is kept. Print the letter and send it."))
            return redirect("contests:one", pk)
    context = {
        "one": found, "facts": labels.contest_facts(found), "form": form,
        "may_decide": may_decide, "may_appeal": may_appeal,
        "may_send": actor.standing in POLICE and found.outcome,
    }  # fmt: skip
    audit.record("page.shown", found, subjects=[found.subject])
    return render(request, "rights/contest_one.html", context)


def _from_outside(found: Contest, actor) -> bool:
    hands = (found.entered_by_id, found.opened_by_id)
    return (
        actor.standing in DECIDERS
        and actor.agency_id != found.agency_id
        and actor.user_id not in hands
    )


@contesting("GET")
def contest_letter(request, pk):
    found = _found(pk)
    if not found.outcome:
        raise Http404
    audit.record("rights.letter", found, result="done")
    return pdf(letters.decided(found), f"contest-{found.pk}")


@outsiders("GET")
def appeals(request):
    rows = labels.appeal_rows(selectors.contests())
    context = {"columns": labels.appeal_columns(), "rows": rows}
    return render(request, "rights/appeals.html", context)


@outsiders("GET", "POST")
def appeal(request, pk):
    found = _found(pk)
    form = DecisionForm(request.POST or None)
    sent = request.method == "POST" and not found.appeal_outcome and form.is_valid()
    if sent and tried(form, verbs.appeal_decide, contest=found, **form.cleaned_data):
        messages.success(request, _("Your decision counts. The office sends the letter."))
        return redirect("contests:appeal", pk)
    context = {"one": found, "facts": labels.contest_facts(found), "form": form}
    audit.record("page.shown", found, subjects=[found.subject])
    return render(request, "rights/appeal.html", context)


def _found(pk: int) -> Contest:
    found = selectors.contests().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
