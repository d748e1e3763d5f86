"""Numbered system checks of log and wall; `serve` and the overview of oversight say them."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Tags, Warning, register, run_checks
from django.db import connection

# What an installation should put right, and can be run without.
ADVICE = "ceasefire"


@register(ADVICE)
def seals_lie_off_this_machine(app_configs=None, **_kwargs):
    """ceasefire.W001: seals that lie beside the log prove nothing to whoever holds both."""
    home = Path(settings.HOME.path).resolve()
    if settings.HOME.is_demo or not Path(settings.AUDIT_SEALS).resolve().is_relative_to(home):
        return []
    return [
        Warning(
            "The seals of the audit log lie in this home, beside the log that they seal.",
            hint="Set CEASEFIRE_SEALS to a folder that this machine can only add to.",
            id="ceasefire.W001",
        )
    ]


@register(ADVICE, Tags.database)
def counts_of_rows_are_closed(app_configs=None, databases=None, **_kwargs):
    """ceasefire.W002: PostgreSQL tells the web role how long every room's lists are."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege('pg_class', 'reltuples', 'SELECT')")
        (is_open,) = cursor.fetchone()
    if not is_open:
        return []
    return [
        Warning(
            "The web role can read from PostgreSQL's statistics how many rows every table has.",
            hint="Let a superuser run src/ceasefire/access/walls/counting.sql in this database.",
            id="ceasefire.W002",
        )
    ]


def advice() -> list[Warning]:
    """What this installation should put right, though it runs without."""
    return run_checks(tags=[ADVICE], databases=["default"])
