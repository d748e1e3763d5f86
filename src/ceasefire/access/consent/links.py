"""Signed links to what a consent opens: each opening asks whether it still does."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing

from ceasefire.access.consent.checking import allows

SALT = "consent.link"
LASTS = timedelta(hours=12)


class LinkClosed(Exception):
    """The link is not ours, is too old, or the consent behind it no longer stands: answer 404."""


@dataclass(frozen=True)
class Link:
    """Leads a recipient to what one person lets them know. The token says nothing but this."""

    person: str
    scope: str
    discloser: int
    recipient: int

    @property
    def token(self) -> str:
        return signing.dumps(asdict(self), salt=SALT)


def opened(token: str) -> Link:
    """The link, for a reader whom the consent still serves at this moment. Raises LinkClosed."""
    try:
        link = Link(**signing.loads(token, salt=SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError):
        raise LinkClosed from None
    if not allows(**asdict(link)):
        raise LinkClosed
    return link
