"""Records that may be one person's: side by side, with the evidence, decided one by one."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Number
from ceasefire.registry.linkage.linking import JOINED
from ceasefire.registry.matching import selectors
from ceasefire.registry.matching.deciding import DecidedOtherwise, pair_decide
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.matching.selectors import Side
from ceasefire.registry.merging.services import NotMergeable
from ceasefire.registry.people import labels, pictures
from ceasefire.registry.people.forms import DecideForm
from ceasefire.registry.people.views.common import analysts, readers

SHOWN = 25


@analysts("GET")
def queue(request):
    """The pairs to decide, by their numbers alone; a name is read on the page of each."""
    asked = selectors.to_decide()
    context = {
        "pairs": list(asked[:SHOWN]),
        "total": asked.count(),
        "judged": [list(row) for row in selectors.judged()],
        "judged_columns": [
            _("Weight of evidence"), Number(_("Decided: one person")),
            Number(_("Decided: two people")),
        ],
        "joined_from": JOINED,
    }  # fmt: skip
    return render(request, "registry/people/queue.html", context)


@readers("GET", "POST")
def pair(request, pk):
    shown = _pair(pk)
    sides = shown and selectors.sides(shown)
    if not sides:
        raise Http404
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decided(request, shown, form.cleaned_data)
    following = selectors.to_decide().filter(pk__gt=shown.pk).first()
    context = {
        "pair": shown,
        "sides": sides,
        "rows": _rows(*sides),
        "columns": [_("Field"), *(_side_label(one) for one in sides)],
        "waterfall": pictures.waterfall(shown),
        "rarity": pictures.rarity(shown),
        "form": form,
        "asked": shown.outcome == LinkagePair.Outcome.ASKED,
        "may_decide": request.actor.role == "analyst",
        "next": following,
    }
    return render(request, "registry/people/pair.html", context)


def _pair(pk: int) -> LinkagePair | None:
    pairs = LinkagePair.objects.select_related("run__model")
    # Of an account a room reads its name and no more.
    return pairs.annotate(by=F("decided_by__display_name")).filter(pk=pk).first()


def _side_label(side: Side) -> str:
    return str(side.record.agency)


def _rows(one: Side, other: Side) -> list[list[str]]:
    """Each field of both, as written; what neither tells is left out."""
    rows = []
    for field, label in labels.FIELDS.items():
        pair = [_said(side, field) for side in (one, other)]
        if any(pair):
            rows.append([label, *pair])
    return rows


def _said(side: Side, field: str) -> str:
    value = side.name if field == "name" else getattr(side.told, field, None)
    return "" if value in (None, "") else labels.said(value)


def _decided(request, shown: LinkagePair, told: dict):
    try:
        pair_decide(pair=shown, same=told["decision"] == "same", reason=told["reason"])
    except (DecidedOtherwise, NotMergeable) as refusal:
        messages.error(request, str(refusal))
        return redirect("people:pair", shown.pk)
    following = selectors.to_decide().filter(pk__gt=shown.pk).first()
    following = following or selectors.to_decide().first()
    messages.success(request, _("Decided. It is kept, and not asked again."))
    return redirect("people:pair", following.pk) if following else redirect("people:queue")
