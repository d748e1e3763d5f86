from django import template

from ceasefire.access import purposes
from ceasefire.access.purposes import kinds

register = template.Library()


@register.inclusion_tag("purposes/stated.html", takes_context=True)
def stated_purpose(context):
    """{% stated_purpose %}: what a sensitive page is open for, and the way to say otherwise."""
    purpose = purposes.current()
    what = purpose and _label(purpose)
    return {"purpose": purpose, "what": what, "csrf_token": context.get("csrf_token")}


def _label(purpose: purposes.Purpose) -> str:
    """As people call it; its key where the reference is no longer the reader's."""
    try:
        kind, reference = kinds.found(purpose.key)
    except purposes.NoSuchReference:
        return purpose.key
    return f"{kind.label}: {reference.label}"
