"""Bad words to every verb of the command line: exit 1 or 2 with words, never a traceback."""

import argparse
import contextlib
import importlib
import io
import sys

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.config import commands, running
from tests.fuzz.bad_input import KNOWN

FULL = settings.get_current_profile_name() == "full"
some = settings(
    deadline=None,
    max_examples=300 if FULL else 15,
    derandomize=not FULL,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# They start servers and other programs; their words are tried where nothing is started.
STARTING = {"demo", "serve", "test", "lint", "bench", "lock", "translations", "manage"}
VERBS = [verb for verbs in commands.CONTENTS.values() for verb in verbs]
# No word of a command line holds a NUL.
words = st.one_of(
    st.sampled_from([one for one in KNOWN if "\x00" not in one]),
    st.sampled_from(["2026-W14", "2026-01-05", "America/Chicago", "32615", "1", "rivermouth"]),
    st.sampled_from(["FILE", "RUBBISH", "FOLDER", "MISSING", "BOOK"]),
    st.text(st.characters(exclude_characters="\x00"), max_size=20),
)


@pytest.fixture
def home(db, own_folder, monkeypatch, settings):
    """The test's own database in place of a home's, and files to name."""
    from ceasefire.registry.services import city_set

    with identity.acting(identity.OPERATOR):
        city_set(name="Rivermouth", time_zone="America/Chicago", projected_system=32615)
    monkeypatch.setenv("CEASEFIRE_HOME", str(own_folder))
    monkeypatch.setattr(running, "product", lambda home: contextlib.nullcontext())
    for module in ("ceasefire.intake.commands",):
        monkeypatch.setattr(f"{module}.product", lambda home: contextlib.nullcontext())
    settings.AUDIT_SEALS = own_folder / "seals"
    (own_folder / "FILE").write_text("Case,Date,Injured\nA1,1/2/2026,Y\nA2,1/13/2026,N\n")
    (own_folder / "RUBBISH").write_bytes(bytes(range(256)) * 20)
    (own_folder / "BOOK").write_bytes(b"PK\x03\x04" + bytes(300))
    (own_folder / "FOLDER").mkdir()
    monkeypatch.chdir(own_folder)
    return own_folder


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_bad_words_end_a_command_with_words(verb, home, capsys, monkeypatch):
    @some
    @given(st.data())
    def say(data):
        said = data.draw(argument_lists(parser_of(verb), simple=verb.name == "keys"))
        if verb.name in STARTING:
            said = [*said, "--no-such-option"]
        monkeypatch.setattr(sys, "stdin", io.StringIO("a long enough password\n"))
        with transaction.atomic():
            status = run([verb.name, *said])
            transaction.set_rollback(True)
        told = capsys.readouterr()
        assert status in (0, 1, 2), status
        assert "Traceback" not in told.err
        assert status == 0 or told.err.strip()

    say()


def parser_of(verb):
    module, name = verb.where.split(":")
    return commands.parser_of(verb, getattr(importlib.import_module(module), name)())


def run(said: list[str]) -> int:
    try:
        with identity.showing(*identity.NOBODY):
            commands.main(said)
    except SystemExit as end:
        return end.code
    raise AssertionError("A command ends with a status.")


@st.composite
def argument_lists(draw, parser, *, simple: bool = False) -> list[str]:
    """Words for what a parser takes, right and wrong; simple: none of the named choices."""
    said = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            name = draw(st.sampled_from([*action.choices, "no such verb"]))
            if name in action.choices:
                return [*said, name, *draw(argument_lists(action.choices[name], simple=simple))]
            return [*said, name]
        if action.dest in ("help", "home", "as_user"):
            continue
        said += draw(_one(action, simple))
    return said


@st.composite
def _one(draw, action, simple: bool) -> list[str]:
    if draw(st.integers(0, 2)) == 0:
        return []
    named = action.option_strings[:1]
    if action.nargs == 0:
        return named
    choices = [] if simple or not action.choices else [st.sampled_from(list(action.choices))]
    return [*named, draw(st.one_of(*choices, words))]


# What such words have found


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        (["intake", "load", "FILE", "--accept", "--feed", "a" * 61], "name"),
        (["intake", "load", "FILE", "--accept", "--feed", "not an address"], "name"),
        (["intake", "load", "FILE", "--accept", "--feed", "r", "--agency", "a" * 121], "name"),
        (["city", "--name", "a" * 121], "name"),
    ],
)
def test_a_value_that_no_record_takes_is_refused_with_its_field_named(said, field, capsys):
    assert run(said) == 1
    assert f"ceasefire: {field}: " in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_a_feed_that_is_refused_leaves_no_agency_behind(operator):
    from ceasefire.access.models import Agency

    before = Agency.objects.count()
    run(["intake", "load", "FILE", "--accept", "--feed", "not an address", "--agency", "New"])
    assert Agency.objects.count() == before


@pytest.mark.usefixtures("home")
def test_the_operator_shows_and_sets_the_notice_and_lifts_a_lock(capsys):
    assert run(["sign-in", "notice", "--file", "FILE"]) == 0
    assert run(["sign-in", "notice"]) == 0
    assert "A1,1/2/2026" in capsys.readouterr().out
    assert run(["sign-in", "release", "nobody"]) == 0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "said",
    [
        ["sign-in", "notice", "--file", "MISSING"],
        ["sign-in", "notice", "--file", "FOLDER"],
        ["sign-in", "notice", "--file", "RUBBISH"],
        ["inventory", "--page", "FOLDER"],
        ["intake", "preview", "a" * 5_000],
    ],
)
def test_a_file_that_cannot_be_read_or_written_is_named(said, capsys):
    assert run(said) == 1
    assert said[-1] in capsys.readouterr().err


def test_words_that_are_no_text_are_wrong_usage(capsys):
    assert run(["packet", "\ud800"]) == 2
    assert "not written in UTF-8" in capsys.readouterr().err


def test_whoever_may_not_is_told_so_in_words(home, account, monkeypatch, capsys):
    from ceasefire.access.roles import Role

    account(Role.CAPTAIN)
    assert run(["city", "--name", "Elsewhere", "--as", "captain"]) == 1
    assert "may not change cities" in capsys.readouterr().err
