"""Several people at once, each in a thread and on a connection of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from ceasefire.access import identity
from ceasefire.access.identity import Actor


def together(*done: tuple[Actor, Callable[[], object]]) -> list[object]:
    """What each gave back, or the exception that it raised, in the order given."""
    start = threading.Barrier(len(done))

    def one(actor: Actor, verb: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            with identity.acting(actor):
                return verb()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(done)) as pool:
        return list(pool.map(lambda pair: one(*pair), done))
