"""Holds and orders of the own agency, for those who keep its records: ask, search, approve.

The page is in the reader's own room; a head sees the same as a clerk and may take more steps.
"""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.retention import holds, orders, selectors
from ceasefire.access.retention.freezing import freeze
from ceasefire.access.retention.models import Frozen, Hold, Order
from ceasefire.access.retention.policies import CLERK_ROLES, HEAD_ROLES
from ceasefire.oversight.retention import labels
from ceasefire.oversight.retention.forms import (
    ApproveForm,
    HoldForm,
    OrderForm,
    OrderRecordForm,
    RecordForm,
)
from ceasefire.oversight.retention.views import said

# State -> the steps that may follow: name, words, whether a head takes it.
STEPS = {
    "received": (("seal", gettext_lazy("The search is finished"), False),
                 ("withdraw", gettext_lazy("The court withdrew it"), True)),
    "sealed": (("carry_out", gettext_lazy("Destroy what was found"), False),
               ("withdraw", gettext_lazy("The court withdrew it"), True)),
    "carried_out": (("return", gettext_lazy("Certify and return"), True),),
}  # fmt: skip
VERBS = {
    "seal": orders.order_seal, "withdraw": orders.order_withdraw,
    "carry_out": orders.order_carry_out, "return": orders.order_return,
}  # fmt: skip


def in_own_room(view):
    declared = gate(Room.AGGREGATE, limited=CLERK_ROLES, methods=("GET", "POST"))(view)
    declared.gate = replace(declared.gate, readers_room=True)
    return declared


@in_own_room
def records(request):
    """The agency's holds and orders in this room, the most urgent first."""
    context = {
        "order_columns": labels.order_columns(),
        "orders": labels.order_rows(selectors.orders_open(), "oversight:own_order"),
        "hold_columns": labels.hold_columns(),
        "holds": labels.hold_rows(selectors.holds_standing(), "oversight:own_hold"),
    }
    return render(request, "oversight/retention/records.html", context)


@in_own_room
def order_new(request):
    form = OrderForm(request.POST or None)
    made = []
    if form.is_valid() and said(form, _made(made, orders.order_receive), **form.cleaned_data):
        return redirect("oversight:own_order", made[0].pk)
    title = _("Take in a court's order")
    return render(request, "oversight/retention/new.html", {"form": form, "title": title})


@in_own_room
def hold_new(request):
    form = HoldForm(request.POST or None)
    made = []
    if form.is_valid() and said(form, _made(made, holds.hold_request), **form.cleaned_data):
        return redirect("oversight:own_hold", made[0].pk)
    title = _("Ask for a legal hold")
    return render(request, "oversight/retention/new.html", {"form": form, "title": title})


@in_own_room
def order(request, pk):
    """One order: its clock, what was found, and the next step."""
    one = get_object_or_404(Order.objects.select_related("record_key"), pk=pk)
    form = OrderRecordForm(request.POST if "key" in request.POST else None)
    if request.method == "POST" and "step" in request.POST:
        return _step(request, one)
    if form.is_valid() and _found(form, one):
        messages.success(request, _("Nobody is shown this record from now on."))
        return redirect("oversight:own_order", pk)
    context = {
        "order": one, "clock": labels.order_clock(one), "form": form,
        "searching": one.state in ("received", "sealed"), "frozen": _frozen(order=one),
        "frozen_columns": [_("Record"), _("To do")], "steps": _steps(one, request.actor),
        "counts_columns": labels.count_columns(),
        "counts": labels.count_rows(orders.order_counts(one)),
        "signed": [(_("Return"), one.return_text), (_("Digest"), one.return_hash),
                   (_("Signature"), one.signature)],
    }  # fmt: skip
    return render(request, "oversight/retention/order.html", context)


@in_own_room
def hold(request, pk):
    """One hold: what it freezes, until when, and who approves it."""
    one = get_object_or_404(Hold.objects.select_related("record_key"), pk=pk)
    form = RecordForm(request.POST if "key" in request.POST else None)
    approve = ApproveForm(request.POST if "review_on" in request.POST else None)
    if request.method == "POST" and request.POST.get("step") == "end":
        holds.hold_end(hold=one)
        messages.success(request, _("The hold has ended."))
        return redirect("oversight:retention_records")
    if form.is_valid() and _found(form, None, hold=one):
        messages.success(request, _("Nobody is shown this record from now on."))
        return redirect("oversight:own_hold", pk)
    if approve.is_valid() and said(approve, holds.hold_approve, hold=one, **approve.cleaned_data):
        messages.success(request, _("The hold is approved."))
        return redirect("oversight:own_hold", pk)
    context = {
        "hold": one, "state": labels.hold_state(one), "form": form, "approve": approve,
        "frozen": [row[:1] for row in _frozen(hold=one)], "frozen_columns": [_("Record")],
        "decides": _is_head(request.actor),
        "own": one.requested_by_id == request.actor.user_id,
    }  # fmt: skip
    return render(request, "oversight/retention/hold.html", context)


def _found(form: RecordForm, one: Order | None, **frame) -> bool:
    label, number = form.record()
    try:
        if one is None:
            freeze(label=label, number=number, **frame)
            return True
        words = {"label": label, "number": number, "way": form.cleaned_data["way"]}
        return said(form, orders.order_find, order=one, **words)
    except ObjectDoesNotExist:
        form.add_error("key", _("There is no such record; look at how it is written."))
        return False


def _step(request, one: Order):
    try:
        VERBS[request.POST["step"]](order=one)
    except KeyError:
        raise Http404 from None
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("oversight:own_order", one.pk)


def _steps(one: Order, actor) -> list[tuple]:
    steps = STEPS.get(one.state, ())
    other = _is_head(actor) and actor.user_id != one.received_by_id
    return [(name, words) for name, words, head in steps if other or not head]


def _is_head(actor) -> bool:
    return actor.is_operator or actor.role in HEAD_ROLES


def _frozen(**frame) -> list[list]:
    rows = Frozen.objects.filter(root=True, **frame).order_by("label", "number")
    return [[f"{row.label}:{row.number}", row.get_way_display()] for row in rows]


def _made(made: list, verb):
    return lambda **words: made.append(verb(**words))
