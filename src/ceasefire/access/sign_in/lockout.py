"""Five failures in fifteen minutes lock a name for fifteen minutes, known or unknown alike.

The library counts; its counter slides, so a lock would end early. The lock here is of its own.
"""

from collections.abc import Iterable

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit, identity
from ceasefire.access.models import User
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.sign_in.events import emit, username_hash

COUNTER = {"app": "allauth.account", "action": "login_failed"}


audit.verb("access.lock_lifted", _("lifted the lock of a name"))


def name_key(username: str) -> str:
    return username.strip().casefold()


def second_step_key(user: User) -> str:
    """The key under which the library counts wrong codes."""
    return f"mfa-auth-user-{user.pk}"


def is_locked(username: str) -> bool:
    return cache.get(_lock(username)) is not None


def locked_among(usernames: Iterable[str]) -> set[str]:
    """Those of the names that are locked at this moment."""
    keys = {_lock(name): name for name in usernames}
    return {keys[key] for key in cache.get_many(keys)}


def note_failure(kind: str, username: str, *, user: User | None = None, address: str = "") -> None:
    """Tell of a failure, and lock the name when it was the fifth."""
    facts = {"address": address}
    user_id = user.pk if user else None
    emit(kind, username=username, user_id=user_id, **facts)
    if _exhausted(second_step_key(user) if user else name_key(username)):
        cache.set(_lock(username), True, settings.LOCKED_FOR)
        emit("locked", username=username, user_id=user_id, **facts)


@transaction.atomic
def account_release(*, username: str) -> None:
    """Lift the lock of a name at once. System administrators and the operator may."""
    actor = identity.current()
    if not (actor.is_operator or actor.role == Role.ADMINISTRATOR):
        raise NotPermitted(f"{actor.name} may not release accounts; a system administrator may.")
    keys = [name_key(username)]
    user = User.objects.filter(username__iexact=username).first()
    keys += [second_step_key(user)] if user else []
    cache.delete_many([_lock(username), *(counter for key in keys for counter in _counters(key))])
    audit.record("access.lock_lifted", user, result="done")
    emit("released", username=username, user_id=user and user.pk, by=actor.user_id)


def _exhausted(key: str) -> bool:
    fullest = [
        len(cache.get(counter, [])) - rate.amount for counter, rate in _counters(key).items()
    ]
    return max(fullest, default=-1) >= 0


def _counters(key: str) -> dict:
    """The library's counters of this name: cache key -> its rate. Those per address stay."""
    rates = [rate for rate in ratelimit.get_rates(**COUNTER) if rate.per == "key"]
    return {ratelimit.get_cache_key(None, **COUNTER, rate=rate, key=key): rate for rate in rates}


def _lock(username: str) -> str:
    return f"sign-in-locked-{username_hash(username)}"
