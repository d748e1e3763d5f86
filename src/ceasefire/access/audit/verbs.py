"""The verbs that a row may carry, each with the sentence that a reader of the log sees.

A part registers its own in a module named `verbs`, so that the database is told all of them
whatever else has been imported: it takes no row with another.
"""

import importlib
from importlib import resources

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnknownVerb(LookupError):
    """Something was to be recorded under a verb that nobody has registered."""


_sentences: dict[str, Promise] = {}


def verb(name: str, words: Promise) -> None:
    """Register a verb ("registry.shooting_shown") and what it says ("looked at a shooting")."""
    _sentences[name] = words


def sentence(name: str) -> Promise:
    """What a verb says. Raises UnknownVerb."""
    try:
        return _sentences[name]
    except KeyError:
        raise UnknownVerb(
            f"No audit verb '{name}'. Register it: audit.verb('{name}', _('did something'))."
        ) from None


def registered() -> list[str]:
    """Every verb of the product, in order."""
    root = resources.files("ceasefire")
    for path in sorted(root.rglob("verbs.py")):
        parts = path.relative_to(root).with_suffix("").parts
        importlib.import_module(".".join(("ceasefire", *parts)))
    return sorted(_sentences)


verb("page.shown", _("opened a page"))
verb("page.sent", _("sent a form"))
verb("audit.verified", _("verified the audit log"))
verb("audit.week_reviewed", _("reviewed a week of the audit log"))
verb("audit.log_shown", _("looked through the audit log"))
