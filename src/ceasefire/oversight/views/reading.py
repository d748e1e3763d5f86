"""Alerts of reading in bulk, and how many persons each role may read."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.budgets.models import ReadingBudget
from ceasefire.access.budgets.selectors import alerts as every_alert
from ceasefire.access.budgets.services import alert_close, budget_set
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.oversight import labels
from ceasefire.oversight.forms import AlertForm, BudgetForm
from ceasefire.oversight.readers import AUDITOR, PER_PAGE, PRIVACY


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY)
def alerts(request):
    """Every alert, those that nobody has looked into first."""
    found = every_alert().order_by("seen_at", "-last_at")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": labels.alert_columns(),
        "rows": [labels.alert_row(one) for one in page],
    }
    return render(request, "oversight/alerts.html", context)


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY, methods=("GET", "POST"))
def alert(request, pk):
    held = every_alert().filter(pk=pk).first()
    if held is None:
        raise Http404
    form = AlertForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if request.method == "POST" and (words or held.seen_at):
        try:
            alert_close(alert=held, words=words)
            messages.success(request, _("The alert is closed."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("oversight:alerts")
    context = {"alert": held, "form": form, "facts": labels.alert_facts(held)}
    return render(request, "oversight/alert.html", context)


@gate(Room.AGGREGATE, full=AUDITOR)
def budgets(request):
    known = {budget.role: budget for budget in ReadingBudget.objects.all()}
    context = {"columns": labels.budget_columns(), "rows": labels.budget_rows(known)}
    return render(request, "oversight/budgets.html", context)


@gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
def budget(request, role):
    held = ReadingBudget.objects.filter(role=role).first()
    if held is None:
        raise Http404
    form = BudgetForm(request.POST or None, initial=vars(held))
    if request.method == "POST" and form.is_valid():
        budget_set(role=role, **form.cleaned_data)
        messages.success(request, _("The budget is saved and holds from the next page on."))
        return redirect("oversight:budgets")
    return render(request, "oversight/budget.html", {"budget": held, "form": form})
