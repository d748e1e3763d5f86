"""The first page of oversight: what is due, how the log stands, and where to go."""

from django.shortcuts import render

from ceasefire.access.audit import selectors as log
from ceasefire.access.audit.checks import advice
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.oversight import labels
from ceasefire.oversight.readers import ADMINISTRATOR, AUDITOR, PRIVACY
from ceasefire.oversight.selectors import due, ways


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY | ADMINISTRATOR)
def overview(request):
    reviews = log.reviews_waiting()
    context = {
        "due": due(request.actor, reviews),
        "review_columns": labels.review_columns(),
        "reviews": labels.review_rows(reviews),
        "state": labels.state_facts(log.state()),
        "advice": advice(),
        "ways": ways(request.actor),
    }
    return render(request, "oversight/overview.html", context)
