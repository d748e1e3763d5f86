"""What is due, and the roles with the people that they take."""

from django.shortcuts import render
from django.utils import timezone

from ceasefire.administration import crew, labels, selectors
from ceasefire.administration.views.common import may_change, reading


@reading
def accounts(request):
    """What waits for whoever keeps accounts, the most pressing first."""
    everybody = selectors.people()
    due = selectors.due(request.actor, everybody, timezone.localdate())
    context = {
        "due": due,
        "missing": crew.missing(everybody),
        "may_change": may_change(request),
        "party_columns": labels.due_party_columns(),
        "parties": labels.due_party_rows(due.parties),
        "waiting_columns": labels.waiting_columns(),
        "mine": labels.waiting_rows(due.mine),
        "others": labels.waiting_rows(due.others),
        "expiring_columns": labels.expiring_columns(),
        "run_out": labels.expiring_rows(due.run_out),
        "asleep_columns": labels.asleep_columns(),
        "asleep": labels.asleep_rows(due.asleep),
        "locked": labels.asleep_rows(due.locked),
    }
    return render(request, "administration/accounts.html", context)


@reading
def roles(request):
    """Every role in a sentence, and how many people it takes to keep the rules of two."""
    everybody = selectors.people()
    context = {
        "role_columns": labels.role_columns(),
        "roles": labels.role_rows(),
        "rule_columns": labels.rule_columns(),
        "rules": labels.rule_rows(everybody),
        "needed": crew.KEEPING.people,
        "missing": crew.missing(everybody),
    }
    return render(request, "administration/roles.html", context)
