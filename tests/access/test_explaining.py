"""`./ceasefire access explain`: the rules' own words, and no word of what is hidden."""

import json

import pytest

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.explaining import NothingToExplain, explain
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from tests.config.test_commands import run
from tests.house import CaseNote, Suspect

SAM = ("--name", "Sam", "--role", "administrator", "--agency", "City", "--agency-kind", "vendor")


@pytest.fixture
def agency(db):
    with identity.acting(identity.OPERATOR):
        return agency_record(name="Another organisation", kind="community")


@pytest.fixture
def worker(account):
    return actor_of_user(account(Role.OUTREACH))


@pytest.fixture
def captain(account):
    return actor_of_user(account(Role.CAPTAIN))


@pytest.fixture
def note(worker):
    with identity.acting(worker):
        return CaseNote.objects.create(agency_id=worker.agency_id, words="x")


def words(asked, actor) -> tuple[bool, str]:
    answer = explain(asked, actor)
    return answer.yes, " ".join(answer.because)


def test_the_owner_of_a_case_note_learns_why_and_that_it_may_be_changed(worker, note):
    yes, because = words(f"house.casenote:{note.pk}", worker)
    assert yes
    assert "own agency" in because
    assert "may change it" in because


def test_police_learn_which_room_a_case_note_is_in(captain, note):
    yes, because = words(f"house.casenote:{note.pk}", captain)
    assert (yes, "Services (confidential)" in because) == (False, True)


def test_a_note_of_another_organisation_and_an_absent_one_have_one_answer(worker, agency):
    with identity.acting(identity.OPERATOR, Room.SERVICES):
        other = CaseNote.objects.create(agency=agency, words="x")
    asked = words(f"house.casenote:{other.pk}", worker)
    assert asked == words("house.casenote:999999", worker) == words("house.casenote:x", worker)
    assert not asked[0]


def test_a_page_is_explained_by_its_gate(captain, worker):
    assert words("/shootings/", captain)[0]
    yes, because = words("/shootings/?since=2026-01-01", worker)
    assert (yes, "does not enter it" in because) == (False, True)
    assert words("/account/login/", worker)[0]


def test_names_are_explained(captain, operator):
    person = Suspect.objects.create(agency_id=captain.agency_id, name="X")
    yes, because = words(f"house.suspect:{person.pk}", captain)
    assert yes
    assert "born, name" in because
    assert "may not change it" in because


@pytest.mark.parametrize("asked", ["/nowhere/", "", "nobody", "access.user:1", "x:y:z"])
def test_what_is_no_page_and_no_record_is_refused_in_words(captain, asked):
    with pytest.raises(NothingToExplain):
        explain(asked, captain)


def test_an_account_without_a_role_is_told_why(made_home):
    run("account", "sam", *SAM, home=made_home, typed="a long enough password\n")
    done = run("access", "explain", "/", "--as", "sam", "--json", home=made_home)
    assert json.loads(done.stdout)["yes"] is True
    ended = ("--end", "breach", "--words", "A list got out.")
    assert run("agreement", "City", *ended, "--as", "sam", home=made_home).returncode == 0
    done = run("access", "explain", "/", "--as", "sam", home=made_home)
    assert (done.returncode, "no agreement in force" in done.stdout) == (0, True)
    nobody = run("access", "explain", "/", "--as", "eve", home=made_home)
    assert (nobody.returncode, "--as USER" in nobody.stderr) == (1, True)
