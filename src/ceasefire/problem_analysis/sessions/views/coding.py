"""One shooting: its code by keyboard, then the next; contesting and settling a code."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.policies import NotPermitted
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.forms import CodeForm, ContestForm, SettleForm
from ceasefire.problem_analysis.sessions.models import Code, Coded, Listed, Session
from ceasefire.problem_analysis.sessions.views.common import form_page, listed_or_404, readers
from ceasefire.registry import words
from ceasefire.registry.groups.views.common import trying
from ceasefire.registry.models import Incident


@readers("GET", "POST")
def code(request, pk):
    one = listed_or_404(pk)
    mine = selectors.mine_to_code(one.session)
    may_code = one.session.state == Session.State.OPEN and mine.filter(pk=pk).exists()
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid():
            with trying(form):
                services.shooting_code(listed=one, **form.cleaned_data)
                messages.success(request, _("%(number)s is coded.") % {"number": one.incident})
                return _to_next(one)
    after = mine.exclude(pk=pk)
    context = {
        "listed": one,
        "session": one.session,
        "facts": shooting_facts(one),
        "form": form if may_code or form.errors else None,
        "codes": [(told.nth, judged(told)) for told in selectors.codes_seen(one)],
        "contests": selectors.contests(one),
        "settlements": [(told.settler, judged(told)) for told in selectors.settlements(one)],
        "next": after.first(),
        "many": mine.count(),
        "may_contest": one.codes_in and one.left <= 0,
        "may_settle": one.contested and not selectors.coded_by_reader(one),
    }
    return render(request, "problem_analysis/code.html", context)


def _to_next(one: Listed):
    following = selectors.mine_to_code(one.session).first()
    if following:
        return redirect("problem_analysis:code", following.pk)
    return redirect("problem_analysis:session", one.session_id)


def shooting_facts(one: Listed) -> list[tuple]:
    incident = one.incident
    return [
        (_("Number"), str(incident)), (_("Occurred"), words.occurred(incident)),
        (_("Address"), incident.address), (_("Kind"), str(Incident.Kind(incident.kind).label)),
        (_("People hit"), words.hurt(incident)), (_("Premises"), incident.premises),
    ]  # fmt: skip


def judged(told: Coded) -> list[tuple]:
    """What a code or a settlement says, and for a code whose it is."""
    said = [
        (_("Group involved"), told.get_involvement_display()),
        (_("Whose"), told.get_basis_display()),
        (_("For a group's sake"), told.get_motivated_display()),
        (_("Circumstance"), told.get_circumstance_display()),
        (_("Second circumstance"), told.get_circumstance_2_display()),
    ]
    if isinstance(told, Code):
        said += [
            (_("How sure"), told.get_confidence_display()), (_("Rests on"), told.rests_on),
            (_("Coded by"), told.by),
        ]  # fmt: skip
    return [*said, (_("In words"), told.words)]


@readers("GET", "POST")
def contest(request, pk):
    one = listed_or_404(pk)
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.code_contest(listed=one, **form.cleaned_data)
            messages.success(request, _("The code is contested; somebody else settles it."))
            return redirect("problem_analysis:contested", one.session_id)
    return form_page(
        request, form, session=one.session, button=_("Contest it"), facts=shooting_facts(one),
        title=_("Contest the code of %(number)s") % {"number": one.incident},
    )  # fmt: skip


@readers("GET", "POST")
def settle(request, pk):
    one = listed_or_404(pk)
    if request.method == "POST" and selectors.coded_by_reader(one):
        raise NotPermitted(_("A contested code is settled by somebody who has not coded it."))
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.code_settle(listed=one, **form.cleaned_data)
            messages.success(request, _("%(number)s is settled.") % {"number": one.incident})
            return redirect("problem_analysis:contested", one.session_id)
    return form_page(
        request, form, session=one.session, button=_("Settle it"), facts=shooting_facts(one),
        title=_("Settle the code of %(number)s") % {"number": one.incident},
        codes=[(told.nth, judged(told)) for told in selectors.codes_seen(one)],
        contests=selectors.contests(one),
    )  # fmt: skip
