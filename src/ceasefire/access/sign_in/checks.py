"""Numbered system checks of signing in."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.database)
def no_demo_codes_outside_a_demo(app_configs=None, databases=None, **_kwargs):
    """ceasefire.E001: a second factor that a demo printed opens no real home."""
    from ceasefire.access.sign_in.demo_codes import marked

    if not databases or settings.HOME.is_demo:
        return []
    names = sorted(marked().values_list("user__username", flat=True))
    if not names:
        return []
    return [
        Error(
            "Accounts of a demo, whose codes were printed, are in a home that is no demo: "
            + ", ".join(names),
            hint="Close these accounts or delete this home; demo data belongs in a demo's home.",
            id="ceasefire.E001",
        )
    ]
