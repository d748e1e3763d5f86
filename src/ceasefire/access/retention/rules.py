"""The rules in force, and the city's verb to publish one."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ceasefire.access import audit
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.retention.classes import DEFAULTS, RecordClass, RuleInForce, months_after
from ceasefire.access.retention.models import RetentionRule
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.warrants import one, warrant


def rule_in_force(record_class: str, day: date | None = None) -> RuleInForce:
    """The city's newest rule of a class by that day, or the product's own."""
    chosen = RecordClass(record_class)
    city = RetentionRule.objects.filter(
        record_class=chosen, effective_from__lte=day or timezone.now().date()
    ).first()
    if city is None:
        return RuleInForce(chosen, *DEFAULTS[chosen])
    return RuleInForce(chosen, city.least_months, city.most_months, city.basis, city.effective_from)


def rules_in_force(day: date | None = None) -> list[RuleInForce]:
    return [rule_in_force(record_class, day) for record_class in RecordClass]


def latest_purge(record_class: str, basis_on: date) -> date:
    """The last day that the rule in force leaves a record with such a basis."""
    return months_after(basis_on, rule_in_force(record_class).most)


def rule_set(
    *, record_class: RecordClass, effective_from: date, least_months: int, most_months: int,
    basis: str,
) -> RetentionRule:  # fmt: skip
    """Publish a rule of the city. It is never changed; a later one takes its place.

    Raises ValidationError where the bounds are none, and where intelligence would be kept longer
    than before; NotPermitted for anyone but a system administrator.
    """
    if require_change(RetentionRule).user_id is None:
        raise NotPermitted(gettext("A rule wants the name of who published it: use an account."))
    with in_words():
        rule = RetentionRule.objects.create(
            record_class=record_class, effective_from=effective_from, least_months=least_months,
            most_months=most_months, basis=basis.strip(),
            # The database writes who and when.
            set_by_id=0, set_at=timezone.now(),
        )  # fmt: skip
        audit.record("retention.rule_set", rule, result="done")
    return rule


@transaction.atomic
def rules_apply() -> int:
    """Bring every purge date within the rules in force; returns how many moved."""
    moved = one("wall.rules_apply(%s, %s)", *warrant("rules"))
    if moved:
        audit.record("retention.rules_applied", result="done", detail={"rows": moved})
    return moved
