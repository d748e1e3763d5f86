"""The list of sessions; one with its agenda, who attended and how far it is; planning one."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Badge, Link, Number
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.forms import AttendForm, CloseForm, GuestForm, PlanForm
from ceasefire.problem_analysis.sessions.models import Listed, Session
from ceasefire.problem_analysis.sessions.views.common import (
    form_page,
    readers,
    session_or_404,
    workers,
)
from ceasefire.registry import words
from ceasefire.registry.groups.views.common import trying

SHOWN = 400


@readers("GET")
def sessions(request):
    context = {
        "rows": [
            [Link(one.title, reverse("problem_analysis:session", args=[one.pk])),
             one.get_kind_display(), one.on, _state(one), one.chaired]
            for one in selectors.sessions()
        ],
        "columns": [_("Session"), _("Kind"), _("Day"), _("State"), _("Chair")],
        "may_plan": request.actor.role in selectors.LEADING,
    }  # fmt: skip
    return render(request, "problem_analysis/sessions.html", context)


def _state(one: Session) -> Badge:
    kinds = {Session.State.OPEN: "due", Session.State.CLOSED: "ok"}
    return Badge(one.get_state_display(), kinds.get(one.state, ""))


@workers("GET", "POST")
def plan(request):
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.session_plan(**form.cleaned_data)
            messages.success(request, _("The session is planned. Open it when it begins."))
            return redirect("problem_analysis:session", made.pk)
    return form_page(
        request, form, session=None, title=_("Plan a session"), button=_("Plan it"),
        lead=_("An incident review codes shootings; a group audit goes through the groups."),
    )  # fmt: skip


@readers("GET")
def session(request, pk):
    one = session_or_404(pk)
    mine = selectors.mine_to_code(one) if one.state == Session.State.OPEN else Listed.objects.none()
    context = {
        "session": one,
        "facts": _facts(one),
        "attended": selectors.attended(one),
        "progress": selectors.progress(one) if one.is_review else None,
        "next": mine.first(),
        "mine": mine.count(),
        "rows": [_row(listed) for listed in selectors.listed(one)[:SHOWN]],
        "columns": [_("Shooting"), _("Day"), _("Codes due"), Number(_("Codes in")), _("Now")],
        "may_lead": request.actor.role in selectors.LEADING,
        "chairs": one.chair_id == request.actor.user_id,
    }
    return render(request, "problem_analysis/session.html", context)


def _facts(one: Session) -> list[tuple]:
    window = ""
    if one.is_review:
        window = _("%(from)s to %(to)s") % {
            "from": words.day(one.window_start), "to": words.day(one.window_end),
        }  # fmt: skip
    return [
        (_("Kind"), one.get_kind_display()), (_("Day"), one.on), (_("State"), _state(one)),
        (_("Chair"), one.chaired), (_("Shootings of"), window), (_("Agenda"), one.agenda),
        (_("Left at its end"), one.closing_words), (_("Kept until"), one.purge_on),
    ]  # fmt: skip


def _row(one: Listed) -> list:
    now = Badge(_("contested"), "late") if one.contested else ""
    if not one.contested:
        now = Badge(_("coded"), "ok") if one.left <= 0 else Badge(_("to code"), "due")
    return [
        Link(str(one.incident), reverse("problem_analysis:code", args=[one.pk])),
        one.incident.occurred_on, _("two") if one.second_due else _("one"), one.codes_in, now,
    ]  # fmt: skip


@workers("GET", "POST")
def open_it(request, pk):
    one = session_or_404(pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.session_open(session=one)
            messages.success(request, _("The session is open."))
            return redirect("problem_analysis:session", one.pk)
    return form_page(
        request, form, session=one, title=_("Open the session"), button=_("Open it"),
        lead=_("Its list of shootings, and which of them a second coder codes, are then fixed."),
    )  # fmt: skip


@workers("GET", "POST")
def close(request, pk):
    one = session_or_404(pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST":
        form = CloseForm(request.POST)
        if form.is_valid():
            with trying(form):
                services.session_close(session=one, **form.cleaned_data)
                messages.success(request, _("The session is closed."))
                return redirect("problem_analysis:minutes", one.pk)
    left = selectors.left(one)
    return form_page(
        request, form, session=one, title=_("Close the session"), button=_("Close it"),
        lead=_("Codes and attendance then stay as they are."), left=_left(left),
    )  # fmt: skip


def _left(left: dict[str, int]) -> list[tuple]:
    labels = {
        "codes": _("Shootings without a code"), "second": _("Second codes that are due"),
        "contested": _("Contested and not settled"), "groups": _("Groups not gone through"),
    }  # fmt: skip
    return [(labels[name], many) for name, many in left.items()]


@workers("GET", "POST")
def attended(request, pk):
    one = session_or_404(pk)
    form = AttendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.attendance_enter(session=one, **form.cleaned_data)
            messages.success(request, _("The attendance is entered."))
            return redirect("problem_analysis:session", one.pk)
    return form_page(
        request, form, session=one, title=_("Who attends"), button=_("Enter it"),
        lead=_("Somebody of law enforcement, by the name of the account."),
    )  # fmt: skip


@workers("GET", "POST")
def guest(request, pk):
    one = session_or_404(pk)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.guest_attest(session=one, **form.cleaned_data)
            messages.success(request, _("You have attested that this person is present."))
            return redirect("problem_analysis:session", one.pk)
    return form_page(
        request, form, session=one, title=_("Somebody without an account"),
        button=_("I attest that this person is present"),
        lead=_("Of law enforcement alone; the chair attests it."),
    )  # fmt: skip
