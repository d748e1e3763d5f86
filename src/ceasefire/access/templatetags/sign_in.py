"""What the pages of signing in show besides their forms."""

from django import template

from ceasefire.access.sign_in import notice
from ceasefire.access.sign_in.sessions import Device

register = template.Library()


@register.simple_tag
def usage_notice():
    """{% usage_notice as words %}: what everybody accepts by signing in."""
    return notice.usage_notice()


@register.filter
def device(session):
    """{{ session|device }}: phone, computer or tablet, shared screen."""
    kept = session.data.get("device")
    return Device(kept).label if kept else ""
