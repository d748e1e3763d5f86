"""What is kept and until when: the purge queue, certificates, holds, orders, rules, the log."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.retention import purging, selectors
from ceasefire.access.retention.log_removal import log_removal_approve, log_removal_ask
from ceasefire.access.retention.models import LogRemoval
from ceasefire.access.retention.rules import rule_set, rules_in_force
from ceasefire.access.roles import Role
from ceasefire.oversight.readers import ADMINISTRATOR, AUDITOR
from ceasefire.oversight.retention import labels
from ceasefire.oversight.retention.forms import LogForm, RuleForm

PER_PAGE = 50
RULES = AUDITOR | ADMINISTRATOR


@gate(Room.AGGREGATE, full=AUDITOR)
def queue(request):
    """What goes when, by table and class; above it what is late."""
    rows = selectors.queue()
    today = timezone.localdate()
    context = {
        "columns": labels.queue_columns(),
        "rows": labels.queue_rows(rows),
        "due": sum(row.due for row in rows),
        "silent": sum(row.silent for row in rows),
        "late": [o for o in selectors.orders_open() if o.due_on < today],
        "lapsing": [h for h in selectors.holds_standing() if (h.review_on - today).days <= 30],
        "broken": purging.certificates_check(),
    }
    return render(request, "oversight/retention/queue.html", context)


@gate(Room.AGGREGATE, full=AUDITOR)
def certificates(request):
    page = Paginator(selectors.certificates(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "columns": labels.run_columns(), "rows": labels.run_rows(page),
        "broken": purging.certificates_check(),
    }  # fmt: skip
    return render(request, "oversight/retention/certificates.html", context)


@gate(Room.AGGREGATE, full=AUDITOR)
def certificate(request, pk):
    run = get_object_or_404(selectors.certificates(), pk=pk)
    context = {
        "run": run, "who": labels.who(run), "columns": labels.tally_columns(),
        "rows": labels.tally_rows(run.tallies.all()),
        "whole": run.pk not in purging.certificates_check(),
        "proof": [(_("Hash"), run.hash), (_("Of the one before"), run.previous)],
    }  # fmt: skip
    return render(request, "oversight/retention/certificate.html", context)


@gate(Room.AGGREGATE, full=AUDITOR)
def holds(request):
    context = {
        "columns": labels.hold_columns(), "rows": labels.hold_rows(selectors.holds_standing())
    }  # fmt: skip
    return render(request, "oversight/retention/holds.html", context)


@gate(Room.AGGREGATE, full=AUDITOR)
def orders(request):
    closed = Paginator(selectors.orders_closed(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "columns": labels.order_columns(), "rows": labels.order_rows(selectors.orders_open()),
        "closed": closed, "closed_columns": labels.closed_columns(),
        "closed_rows": labels.closed_rows(closed),
    }  # fmt: skip
    return render(request, "oversight/retention/orders.html", context)


@gate(Room.AGGREGATE, full=RULES, methods=("GET", "POST"))
def rules(request):
    """The rules in force; a system administrator publishes what the city has decided."""
    publishes = request.actor.role == Role.ADMINISTRATOR
    if request.method == "POST" and not publishes:
        raise NotPermitted(_("A system administrator publishes the city's rules."))
    form = RuleForm(request.POST or None) if publishes else None
    if form and form.is_valid() and _publish(form):
        messages.success(request, _("The rule is published."))
        return redirect("oversight:rules")
    context = {
        "form": form, "columns": labels.rule_columns(), "rows": labels.rule_rows(rules_in_force())
    }  # fmt: skip
    return render(request, "oversight/retention/rules.html", context)


def _publish(form: RuleForm) -> bool:
    # An administrator's writing is done outside every room.
    with identity.outside_rooms():
        return said(form, rule_set, **form.cleaned_data)


@gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
def log(request):
    """The audit log's own retention: ask to remove its oldest part, or approve another's asking."""
    form = LogForm(request.POST if "older_than" in request.POST else None)
    if form.is_valid() and said(form, log_removal_ask, **form.cleaned_data):
        messages.success(request, _("Asked. Another auditor approves it."))
        return redirect("oversight:log_removals")
    if request.method == "POST" and request.POST.get("removal", "").isdecimal():
        return _approve(request, int(request.POST["removal"]))
    removals = LogRemoval.objects.annotate(
        asked=F("asked_by__display_name"), approved=F("approved_by__display_name")
    )
    context = {
        "form": form, "columns": labels.removal_columns(), "rows": labels.removal_rows(removals),
        "waiting": [one for one in removals if one.approved_by_id is None],
    }  # fmt: skip
    return render(request, "oversight/retention/log.html", context)


def _approve(request, number: int):
    if not LogRemoval.objects.filter(pk=number, done_at=None).exists():
        raise Http404
    try:
        rows = log_removal_approve(removal=number)
        messages.success(request, _("%(n)s rows were removed; the seals stay.") % {"n": rows})
    except NotPermitted:
        messages.error(request, _("Another auditor than who asked for it approves a removal."))
    return redirect("oversight:log_removals")


def said(form, verb, **words) -> bool:
    """Carry out what a form asks for; what is refused is said at its field."""
    try:
        verb(**words)
    except ValidationError as refusal:
        told = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
        for field, sentences in told.items():
            form.add_error(field if field in form.fields else None, sentences)
        return False
    return True
