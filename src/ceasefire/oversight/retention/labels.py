"""Clocks, holds, orders and certificates as tables print them."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.access.retention.classes import RecordClass, RuleInForce
from ceasefire.access.retention.dependencies import model_labelled
from ceasefire.access.retention.models import ALARM_DAYS, ORDER_DAYS, Hold, Order, PurgeRun
from ceasefire.access.retention.selectors import Queued
from ceasefire.kit.tables import Badge, Link, Number

SOON, VERY_SOON = 30, 7


def queue_columns() -> list:
    numbers = (_("Due now"), _("Later that month"), _("Silent"))
    return [_("Month"), _("Records"), _("Class"), *map(Number, numbers)]


def queue_rows(rows: list[Queued]) -> list[list]:
    return [
        [_month(row.month), table_name(row.label), class_name(row.record_class), row.due,
         row.coming, row.silent]
        for row in rows
    ]  # fmt: skip


def _month(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def table_name(label: str) -> str:
    """What a table holds, in words; kinds of copies and tables of older versions as they are."""
    try:
        return str(model_labelled(label)._meta.verbose_name_plural)
    except KeyError:
        return label


def class_name(record_class: str) -> str:
    return str(RecordClass(record_class).label) if record_class in RecordClass.values else ""


def hold_columns() -> list:
    return [_("Hold"), _("Agency"), _("For"), Number(_("Records")), _("State"), _("Lapses after")]


def hold_rows(holds, page: str = "") -> list[list]:
    return [
        [_linked(_("Hold %(n)s"), hold.pk, page), hold.agency_name, hold.get_cause_display(),
         hold.named, hold_state(hold), hold.review_on]
        for hold in holds
    ]  # fmt: skip


def hold_state(hold: Hold) -> Badge:
    days = (hold.review_on - timezone.localdate()).days
    if hold.ended_at:
        return Badge(_("ended"))
    if hold.approved_by_id is None:
        return Badge(_("waits for approval"), "due")
    if days <= SOON:
        words = ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
        return Badge(words, "late" if days <= VERY_SOON else "due")
    return Badge(_("approved"), "ok")


def order_columns() -> list:
    return [_("Order"), _("Agency"), _("Kind"), Number(_("Records")), _("Step"), _("Clock"),
            _("Return by")]  # fmt: skip


def order_rows(orders, page: str = "") -> list[list]:
    return [
        [_linked(_("Order %(n)s"), order.pk, page), order.agency_name, order.get_kind_display(),
         order.named, order.get_state_display(), order_clock(order), order.due_on]
        for order in orders
    ]  # fmt: skip


def order_clock(order: Order) -> Badge:
    day = order.day(timezone.localdate())
    words = _("day %(day)s of %(most)s") % {"day": day, "most": ORDER_DAYS}
    if not order.is_open:
        return Badge(order.get_state_display(), "ok")
    if day > ORDER_DAYS:
        return Badge(_("breach: %(words)s") % {"words": words}, "late")
    return Badge(words, "due" if day >= ALARM_DAYS else "")


def closed_columns() -> list:
    return [_("Order"), _("Agency"), _("Kind"), _("Ended"), _("By"), _("On")]


def closed_rows(orders) -> list[list]:
    return [
        [_("Order %(n)s") % {"n": order.pk}, order.agency_name, order.get_kind_display(),
         order.get_state_display(), order.certifier or "", order.returned_at]
        for order in orders
    ]  # fmt: skip


def run_columns() -> list:
    return [_("Certificate"), _("Finished"), _("Why"), _("By"), _("Hash")]


def run_rows(runs) -> list[list]:
    return [
        [_linked(_("Certificate %(n)s"), run.pk, "oversight:certificate"), run.finished_at,
         run.get_kind_display(), who(run), run.hash[:12]]
        for run in runs
    ]  # fmt: skip


def who(run: PurgeRun) -> str:
    return run.who or _("the nightly run")


def count_columns() -> list:
    return [_("What"), _("Class"), _("How"), Number(_("Rows"))]


def count_rows(counts: list[dict]) -> list[list]:
    return [
        [table_name(each["what"]), class_name(each["class"]), _way(each["way"]), each["rows"]]
        for each in counts
    ]


def _way(way: str) -> str:
    return {"destroy": _("destroyed"), "redact": _("redacted")}.get(way, "")


def tally_columns() -> list:
    return [_("What"), _("Class"), _("Rule"), _("How"), Number(_("Rows"))]


def tally_rows(tallies) -> list[list]:
    return [
        [table_name(each.what), class_name(each.record_class), each.rule, _way(each.way), each.rows]
        for each in tallies
    ]  # fmt: skip


def rule_columns() -> list:
    return [_("Class"), Number(_("At least, months")), Number(_("At most, months")), _("From"),
            _("Basis")]  # fmt: skip


def rule_rows(rules: list[RuleInForce]) -> list[list]:
    return [
        [rule.record_class.label, rule.least, rule.most,
         rule.effective_from or _("the product's own"), rule.source]
        for rule in rules
    ]  # fmt: skip


def removal_columns() -> list:
    return [_("Removal"), _("Rows before"), _("Asked by"), _("Approved by"), Number(_("Rows"))]


def removal_rows(removals) -> list[list]:
    return [
        [_("Removal %(n)s") % {"n": one.pk}, one.older_than, one.asked,
         one.approved or Badge(_("waits for approval"), "due"),
         "" if one.rows is None else one.rows]
        for one in removals
    ]  # fmt: skip


def _linked(words: str, number: int, page: str):
    text = words % {"n": number}
    return Link(text, reverse(page, args=[number])) if page else text
