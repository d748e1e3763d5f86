"""Orders of a court to expunge or set aside: search, seal, carry out, certify in sixty days."""

import base64
import hashlib
import json
import logging
from datetime import date

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ceasefire.access import audit, identity
from ceasefire.access.audit import seals
from ceasefire.access.partitions import Room
from ceasefire.access.policies import require_change
from ceasefire.access.retention import purging
from ceasefire.access.retention.dependencies import model_labelled
from ceasefire.access.retention.freezing import freeze
from ceasefire.access.retention.models import ALARM_DAYS, ORDER_DAYS, Frozen, Order
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.warrants import ask, warrant
from ceasefire.access.sealing.services import record_key_destroy, record_key_make

log = logging.getLogger("ceasefire.retention")


def order_receive(*, kind: Order.Kind, court: str, reference: str, received_on: date) -> Order:
    """Take in an order; its clock runs from the day that it came.

    Raises ValidationError (field named), NotPermitted for who keeps no records here.
    """
    actor, room = require_change(Order), Room(identity.room())
    for name, said in (("court", court), ("reference", reference)):
        if not said.strip():
            raise ValidationError({name: gettext("Write it as it stands on the order.")})
    with in_words():
        order = Order.objects.create(
            agency_id=actor.agency_id, room=room, record_key=record_key_make(room=room), kind=kind,
            court=court.strip(), reference=reference.strip(), received_on=received_on,
            received_by_id=actor.user_id,
        )  # fmt: skip
        audit.record("retention.order_received", order, result="done")
    return order


def order_find(
    *, order: Order, label: str, number: int, way: Frozen.Way = Frozen.Way.DESTROY
) -> None:
    """Name a record under the order: from this moment nobody is shown it.

    Raises ObjectDoesNotExist where there is none, ValidationError where it cannot be redacted.
    """
    require_change(Order)
    if way == Frozen.Way.REDACT and not _can_be_redacted(label):
        raise ValidationError({"way": gettext("Such a record cannot be redacted; destroy it.")})
    with transaction.atomic():
        freeze(label=label, number=number, order=order, way=way)
        audit.record("retention.order_found", f"{label}:{number}", result="done")


def order_seal(*, order: Order) -> Order:
    """The search is finished; everything found is silent and waits to be destroyed."""
    return _step(order, Order.State.SEALED, "retention.order_sealed", sealed_at=timezone.now())


def order_carry_out(*, order: Order) -> Order:
    """Destroy or redact what was found. Interrupted, it goes on where it stopped.

    Raises ValidationError where the order is not sealed, or while a hold freezes one of its
    records: the hold comes first, and the clock runs on.
    """
    require_change(Order)
    with transaction.atomic():
        held = _standing(order)
    if held.state != Order.State.SEALED:
        raise ValidationError(gettext("An order is carried out once its search is finished."))
    if purging.purge_order(order=held) is None:
        raise ValidationError(gettext("A legal hold stands on a record of this order."))
    order.refresh_from_db()
    audit.record("retention.order_carried_out", order, result="done")
    return order


def order_return(*, order: Order) -> Order:
    """Certify what was done, as somebody else than who took the order in; `return_text` is signed.

    The court's reference is destroyed with it: print the return first. Raises ValidationError and
    NotPermitted.
    """
    actor = require_change(Order)
    with in_words():
        text = _return_text(_standing(order), actor.name)
        done = _step(
            order, Order.State.RETURNED, "retention.order_returned", returned_at=timezone.now(),
            return_text=text, return_hash=hashlib.sha256(text.encode()).hexdigest(),
            signature=base64.b64encode(seals.key().sign(text.encode())).decode(),
        )  # fmt: skip
        record_key_destroy(key=done.record_key, reason=f"order {done.pk} was returned")
    return done


def order_withdraw(*, order: Order) -> Order:
    """The court took the order back: its records are shown again. Raises as `order_return`."""
    with in_words():
        done = _step(
            order, Order.State.WITHDRAWN, "retention.order_withdrawn", returned_at=timezone.now()
        )
        record_key_destroy(key=done.record_key, reason=f"order {done.pk} was withdrawn")
    return done


def orders_alarm(today: date) -> list[tuple[int, bool]]:
    """Tell of orders that reach day 45 or pass day 60: (number, whether it is a breach)."""
    with transaction.atomic():
        words = (today, ALARM_DAYS, ORDER_DAYS, *warrant(f"alarm:{today}"))
        told = list(ask("wall.orders_alarm(%s, %s, %s, %s, %s)", *words))
        for number, breach in told:
            verb = "retention.order_breach" if breach else "retention.order_alarm"
            audit.record(verb, f"access.order:{number}", result="done")
    for number, breach in told:
        log.critical("Order %s: %s", number, "past 60 days" if breach else "45 days open")
    return told


def order_counts(order: Order) -> list[dict]:
    """What the order's certificate counts: what, of which class, how, and how many."""
    told = ask("wall.order_counts(%s)", order.pk)
    return [dict(zip(("what", "class", "way", "rows"), row, strict=True)) for row in told]


def _return_text(order: Order, who: str) -> str:
    """The return, canonical: the same facts always give the same bytes."""
    return json.dumps(
        {
            "order": order.pk, "kind": order.kind, "court": order.court,
            "received_on": order.received_on.isoformat(), "certificate": order.run_id,
            "carried_out_at": order.carried_out_at and order.carried_out_at.isoformat(),
            "done": order_counts(order), "certified_by": who,
            "certified_at": timezone.now().isoformat(),
        },
        sort_keys=True, ensure_ascii=False,
    )  # fmt: skip


def _step(order: Order, state: Order.State, verb: str, **written) -> Order:
    """One step of the state machine; the database refuses any other than those that follow."""
    require_change(Order)
    with in_words():
        held = _standing(order)
        held.state = state
        for name, value in written.items():
            setattr(held, name, value)
        held.save(update_fields=["state", *written])
        audit.record(verb, held, result="done")
    order.refresh_from_db()
    return order


def _standing(order: Order) -> Order:
    try:
        return Order.objects.select_for_update(of=["self"]).get(pk=order.pk)
    except Order.DoesNotExist:
        raise ObjectDoesNotExist(gettext("There is no such order.")) from None


def _can_be_redacted(label: str) -> bool:
    try:
        return bool(getattr(model_labelled(label), "redacts", None))
    except KeyError:
        return False
