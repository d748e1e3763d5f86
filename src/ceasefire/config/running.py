"""Brings the product up for one command: its home, its database, Django, and who is asking."""

import contextlib
import os
from collections.abc import Iterator

from ceasefire.config.home import Home
from ceasefire.kit import postgres

SCHEMA_STAMP = "schema.stamp"


class Refused(Exception):
    """A command was refused, with the reason in words; the command line exits with 1."""


@contextlib.contextmanager
def database(home: Home, *, durable: bool = True) -> Iterator[str]:
    """The URL of the database: `DATABASE_URL` where set, else this home's embedded server."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    server = postgres.Server(home.path, home.secret("postgres"), durable)
    with postgres.running(server) as url:
        yield url


def is_installed(home: Home) -> bool:
    """Whether this home has a database at all: one that has none holds no accounts either."""
    if "DATABASE_URL" in os.environ:
        return True
    return home.path.exists() and postgres.Server(home.path, "").data.exists()


@contextlib.contextmanager
def product(home: Home) -> Iterator[None]:
    """Django, ready to use on this home's migrated database."""
    with database(home) as url:
        os.environ["DATABASE_URL"] = url
        os.environ["CEASEFIRE_HOME"] = str(home.path)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ceasefire.config.settings")
        import django
        from django.db import connections

        django.setup()
        _migrate_if_needed()
        _refuse_an_unsafe_home()
        try:
            yield
        finally:
            connections.close_all()


def _migrate_if_needed() -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from ceasefire.access.walls.raising import wall_raise

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", verbosity=0, interactive=False, database="owner")
        call_command("createcachetable", verbosity=0, database="owner")
    wall_raise(again=bool(plan))


def _refuse_an_unsafe_home() -> None:
    """The numbered checks that ask the database itself, which Django leaves out of its own."""
    from django.core import checks

    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    if serious := [problem for problem in found if problem.is_serious()]:
        raise Refused("\n".join(f"{it.id}: {it.msg} {it.hint or ''}" for it in serious))


@contextlib.contextmanager
def asking(user: str | None, purpose: str = "") -> Iterator[None]:
    """Bind who is asking, and for what. A home without accounts answers to its operator.

    What a verb refuses that person, or a value that no record takes, is said in words.
    """
    from django.core.exceptions import ValidationError

    from ceasefire.access import identity
    from ceasefire.access.asking import actor_of_user
    from ceasefire.access.models import User
    from ceasefire.access.policies import NotPermitted

    if not User.objects.exists():
        actor = identity.OPERATOR
    elif user is None:
        raise Refused("This home has accounts, so a command must say who asks: add --as USER.")
    else:
        account = User.objects.filter(username=user).first()
        actor = actor_of_user(account) if account else None
        if actor is None:
            raise Refused(f"There is no account '{user}' with a current role in this home.")
    try:
        with identity.acting(actor), _for(purpose):
            yield
    except NotPermitted as refusal:
        raise Refused(str(refusal)) from refusal
    except ValidationError as error:
        raise Refused(_words_of(error)) from error


@contextlib.contextmanager
def _for(purpose: str) -> Iterator[None]:
    """purpose: 'kind:number', and after a space the words where that does not say enough."""
    from django.core.exceptions import ValidationError

    from ceasefire.access.purposes import NoSuchReference
    from ceasefire.access.purposes.services import stating

    with contextlib.ExitStack() as work:
        key, _space, words = purpose.partition(" ")
        try:
            if key:
                work.enter_context(stating(key, words))
        except (NoSuchReference, ValidationError) as refusal:
            raise Refused(f"--purpose '{purpose}': {_words_of(refusal)}") from refusal
        yield


def _words_of(refusal: Exception) -> str:
    """What is wrong, with which field where the refusal says which."""
    if hasattr(refusal, "error_dict"):
        told = refusal.message_dict.items()
        return " ".join(f"{name}: {' '.join(said)}" for name, said in told)
    return " ".join(getattr(refusal, "messages", [str(refusal)]))
