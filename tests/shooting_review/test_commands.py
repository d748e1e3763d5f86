"""`./ceasefire packet` from the command line."""

from argparse import ArgumentParser
from datetime import date

import pytest

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.roles import Role
from ceasefire.config.running import Refused
from ceasefire.shooting_review.commands import Packet


@pytest.fixture
def run(rivermouth):
    def packet(*words):
        parser = ArgumentParser()
        parser.add_argument("--json", action="store_true")
        Packet().add_arguments(parser)
        return Packet().run(parser.parse_args(words))

    return packet


def test_the_packet_is_written_and_answered(run, shoot, tmp_path):
    shoot(date(2021, 3, 24), (0, 0))
    out = tmp_path / "packet.pdf"
    answer = run("2021-W12", "--out", str(out), "--json")
    assert answer["incidents"] == 1
    assert out.read_bytes().startswith(b"%PDF-")


def test_an_earlier_day_is_answered_as_it_was_known(run, shoot):
    shoot(date(2021, 3, 24), (0, 0), feed=None, first_known="2021-03-28T12:00Z")
    assert run("2021-W12", "--as-of", "2021-03-26", "--json")["incidents"] == 0
    assert run("2021-W12", "--as-of", "2021-03-28", "--json")["incidents"] == 1


def test_a_person_reads_one_line(run, shoot, capsys):
    shoot(date(2021, 3, 24), (0, 0))
    run("2021-W12")
    assert "1 incident; victims: 1" in capsys.readouterr().out


def test_a_wrong_week_and_a_file_that_cannot_be_written_are_refused_in_words(run, tmp_path):
    with pytest.raises(Refused, match="weeks 1 to 52"):
        run("2021-W53")
    with pytest.raises(Refused, match="could not be written"):
        run("2021-W12", "--out", str(tmp_path / "nowhere" / "packet.pdf"))


@pytest.mark.parametrize("role", [Role.OUTREACH, Role.DIRECTOR, Role.OVP_ANALYST])
def test_who_may_not_read_the_packet_is_refused_and_not_told_of_no_shootings(run, role):
    with identity.acting(Actor(name="reader", role=role)), pytest.raises(Refused, match="may not"):
        run("2021-W12", "--json")
