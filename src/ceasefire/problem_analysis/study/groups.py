"""The name of a group of the register by its number, for whoever may read it."""

from collections.abc import Callable
from functools import cache

from django.utils.translation import gettext as _

from ceasefire.registry.groups import selectors


def named() -> Callable[[int], str]:
    """number -> name; one that the reader may not read, or that is gone, goes by its number."""
    names = cache(selectors.names)
    return lambda number: names().get(number) or _("Group %(n)s") % {"n": number}
