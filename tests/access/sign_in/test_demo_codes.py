"""C48 in a demo: codes that anybody can ask for, and that open no other home."""

import json

import pytest
from django.core import checks

from ceasefire.access.roles import Role
from ceasefire.access.sign_in import demo_codes
from ceasefire.config.home import Home
from tests.config.test_commands import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_user(account):
    user = account(Role.CAPTAIN)
    user.authenticator_set.all().delete()
    demo_codes.enrol(user)
    return user


def database_checks():
    return checks.run_checks(tags=[checks.Tags.database], databases=["default"])


def test_c48_demo_codes_are_refused_outside_a_demo(demo_user):
    (problem,) = [found for found in database_checks() if found.id == "ceasefire.E001"]
    assert problem.is_serious()
    assert "captain" in problem.msg
    assert problem.hint


def test_c48_demo_codes_are_at_home_in_a_demo(demo_user, settings, tmp_path):
    (tmp_path / "demo.json").write_text("{}")
    settings.HOME = Home(tmp_path)
    assert database_checks() == []


def test_c48_an_account_with_its_own_code_is_refused_nowhere(account):
    account(Role.CAPTAIN)
    assert database_checks() == []


def test_c48_a_demos_code_opens_its_account(demo_user, door):
    secret = demo_codes.enrol(demo_user)
    door.password("captain")
    assert door.code(demo_codes.code_now(secret)).status_code == 302
    assert door.is_in()


def test_c48_the_code_verb_serves_demos_only(made_home):
    done = run("code", "captain", "--json", home=made_home)
    assert done.returncode == 1
    assert "is no demo" in json.loads(done.stdout)["refused"]
