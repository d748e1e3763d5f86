"""Verbs on purposes: state one, end it, find the live one."""

import contextlib
import time
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from ceasefire.access import audit, identity
from ceasefire.access.purposes import binding, kinds
from ceasefire.access.purposes.binding import Purpose
from ceasefire.access.walls import proof

# How long the database takes a reference that was just looked up.
SIGNED_SECONDS = 60
LONGEST_WORDS = 300


@transaction.atomic
def purpose_state(*, key: str, words: str = "") -> Purpose:
    """State what the asker looks for, in the room at hand, in place of what was stated before.

    key: 'kind:number'. It holds until the session ends, or twelve hours. Safe to repeat: the same
    words again are the same purpose. Raises NoSuchReference, and ValidationError (of `words`)
    where the reference does not say enough by itself, or the words are too many.
    """
    kind, reference = kinds.found(key)
    words = words.strip()
    _check_words(kind, words)
    name = f"{kind.name}:{reference.number}"
    until = int(time.time()) + SIGNED_SECONDS
    signed = proof.mac(_message(name, until))
    _ask("SELECT wall.purpose_state(%s, %s, %s, %s)", name, words, until, signed)
    binding.bind(purpose := purpose_live())
    audit.record("purpose.stated", name, result="done", detail={"purpose": purpose.id})
    return purpose


def purpose_live() -> Purpose | None:
    """What the database holds for this asker in the room at hand."""
    row = _ask("SELECT id, key, words, ends FROM wall.purpose_live()")
    return Purpose(*row) if row else None


@transaction.atomic
def purpose_end() -> None:
    """End the asker's purpose in the room at hand. Safe to repeat."""
    _ask("SELECT wall.purpose_end()")
    binding.bind(None)
    audit.record("purpose.ended", result="done")


@contextlib.contextmanager
def stating(key: str, words: str = "") -> Iterator[Purpose]:
    """Commands and jobs: state a purpose for the work inside, under a pass of its own.

    Other work in the same name goes on beside it. Raises what purpose_state raises.
    """
    role, own_pass = identity.shown()[0], proof.of_work(identity.current().user_id)
    with binding.none(), identity.showing(role, own_pass):
        purpose = purpose_state(key=key, words=words)
        try:
            yield purpose
        finally:
            # A transaction that has failed takes the purpose back by itself.
            with contextlib.suppress(DatabaseError):
                purpose_end()


def _check_words(kind: kinds.Kind, words: str) -> None:
    if kind.wants_words and not words:
        raise ValidationError({"words": _("Say in a few words what you look for.")})
    if len(words) > LONGEST_WORDS:
        told = _("Say it in at most %(most)s characters.") % {"most": LONGEST_WORDS}
        raise ValidationError({"words": told})


def _message(key: str, until: int) -> str:
    return f"purpose:{proof.hash_of(identity.shown()[1])}:{identity.room()}:{key}:{until}"


def _ask(question: str, *words) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return cursor.fetchone()
