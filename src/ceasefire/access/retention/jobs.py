"""What retention does every night, as the operator: it is rules that decide, not a person."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ceasefire.access import identity
from ceasefire.access.retention import holds, orders, purging, rules


# 11:40 UTC: night in every time zone of the United States, and the same date in all of them.
@app.periodic(cron="40 11 * * *")
@app.task(name="retention.nightly", queueing_lock="retention", lock="retention")
def nightly(timestamp: int) -> None:
    """Tell of late orders, end lapsed holds, bring dates within the rules, purge what is due."""
    with identity.acting(identity.OPERATOR):
        orders.orders_alarm(timezone.localdate())
        holds.holds_lapse()
        rules.rules_apply()
        purging.purge_due()
