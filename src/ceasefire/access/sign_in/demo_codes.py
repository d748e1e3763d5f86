"""The time-based codes of demo accounts: enrolled beforehand, printable, and for demos alone."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt

from ceasefire.access.models import User


def enrol(user: User) -> str:
    """The account's secret, made at the first call and marked as one that others know."""
    known = marked().filter(user=user).first()
    if known is None:
        known = totp.TOTP.activate(user, totp.generate_totp_secret()).instance
        known.data["demo"] = True
        known.save()
    return decrypt(known.data["secret"])


def code_now(secret: str) -> str:
    """The six figures that an authenticator shows at this moment."""
    # The library counts from the earliest half minute that it still accepts to the latest.
    _earlier, now, _later = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, now))


def marked():
    """The second factors whose secret a demo printed."""
    return Authenticator.objects.filter(type=Authenticator.Type.TOTP, data__demo=True)
