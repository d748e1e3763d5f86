"""C57: nobody reads in bulk without a second step, and never without somebody's being told."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget
from ceasefire.access.budgets.refusals import OverBudget
from ceasefire.access.budgets.services import alert_close, budget_set, step_up
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.walls import proof
from tests.access import auditing
from tests.access.budgets.conftest import read
from tests.conftest import code_now
from tests.walls import as_owner


@pytest.fixture
def analyst(account, budget):
    with identity.acting(actor_of_user(account(Role.ANALYST))) as actor:
        yield actor


def alerts():
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        return list(ReadingAlert.objects.order_by("at"))


@pytest.mark.django_db
def test_every_role_has_a_budget_from_the_first_day():
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        known = {budget.role: budget for budget in ReadingBudget.objects.all()}
    assert set(known) == set(Role.values)
    assert known["officer"].an_hour == 200
    assert known["administrator"].an_hour == known["researcher"].an_hour == 0


def test_c57_the_201st_person_within_an_hour_is_refused(account):
    with identity.acting(actor_of_user(account(Role.OFFICER))):
        read(0, 120)
        read(80, 200)  # two hundred different persons: a second look costs nothing
        read(0, 200)
        with pytest.raises(OverBudget) as refusal:
            read(200, 201)
    assert (refusal.value.span, refusal.value.allowed, refusal.value.step_up) == ("hour", 200, True)
    wait = refusal.value.again - timezone.now()
    assert timedelta(minutes=58) < wait < timedelta(minutes=61)


def test_c57_no_page_shows_more_than_the_budget_at_once(analyst):
    with pytest.raises(OverBudget):
        read(0, 11)


def test_only_what_was_shown_counts(analyst):
    read(0, 30, result="denied")
    read(0, 30, result="failed")
    read(0, 10)


def test_a_role_without_a_budget_is_shown_nobody(account):
    with identity.acting(actor_of_user(account(Role.RESEARCHER))), pytest.raises(OverBudget):
        read(0, 1)


def test_pages_that_show_nobody_are_not_counted_and_never_wait(analyst):
    read(0, 10)
    for _time in range(30):
        audit.record("page.shown", "registry.incident:1")


def test_c57_a_second_step_opens_a_smaller_allowance_once(analyst):
    read(0, 10)
    assert not step_up(user_id=analyst.user_id)  # nobody has been refused anything yet
    with pytest.raises(OverBudget):
        read(10, 11)
    auditing.ask("SELECT wall.reading_refused('hour', 10)")
    assert step_up(user_id=analyst.user_id)
    read(10, 13)
    with pytest.raises(OverBudget) as refusal:
        read(13, 14)
    assert (refusal.value.allowed, refusal.value.step_up) == (13, False)
    auditing.ask("SELECT wall.reading_refused('hour', 13)")
    assert not step_up(user_id=analyst.user_id)
    with pytest.raises(OverBudget):
        read(13, 14)


@pytest.mark.parametrize("mac", [b"x" * 32, None])
def test_c57_the_database_takes_no_second_step_that_this_home_has_not_signed(analyst, mac):
    auditing.ask("SELECT wall.reading_refused('hour', 10)")
    until = int(time.time()) + 60
    mac = mac or proof.mac(f"step_up:{analyst.user_id + 1}:{until}")
    with pytest.raises(Exception, match="not signed") as refusal:
        auditing.ask("SELECT wall.reading_step_up(%s, %s)", until, mac)
    assert refusal.value.__cause__.sqlstate == "42501"


def test_refusals_before_anybody_looks_are_one_alert(analyst):
    for _time in range(3):
        auditing.ask("SELECT wall.reading_refused('hour', 10)")
    (alert,) = alerts()
    assert (alert.user_id, alert.agency_id, alert.times) == (analyst.user_id, analyst.agency_id, 3)


def test_an_alert_is_closed_once_in_words_by_an_auditor(analyst, account):
    auditing.ask("SELECT wall.reading_refused('hour', 10)")
    (alert,) = alerts()
    with pytest.raises(NotPermitted):
        alert_close(alert=alert, words="Mine.")
    person = account(Role.AUDITOR)
    with identity.acting(actor_of_user(person)):
        with pytest.raises(ValidationError, match="what it was"):
            alert_close(alert=alert, words=" ")
        assert alert_close(alert=alert, words="A meeting of forty.").seen_by_id == person.pk
        with pytest.raises(ValidationError, match="already"):
            alert_close(alert=alert, words="Again.")
    auditing.ask("SELECT wall.reading_refused('hour', 10)")
    assert [one.times for one in alerts()] == [1, 1]


def test_a_budget_is_set_by_an_auditor_alone_and_fits(analyst, account):
    with pytest.raises(NotPermitted):
        budget_set(role="analyst", an_hour=999, a_day=999, after_step_up=0)
    with identity.acting(actor_of_user(account(Role.AUDITOR))):
        assert budget_set(role="officer", an_hour=40, a_day=80, after_step_up=5).an_hour == 40
        with pytest.raises(ValidationError):
            budget_set(role="officer", an_hour=40, a_day=30, after_step_up=5)
        with pytest.raises(ValidationError):
            budget_set(role="officer", an_hour=40, a_day=80, after_step_up=40)


def test_c57_an_account_cannot_widen_its_own_budget_by_sql(analyst):
    with identity.acting(analyst, Room.AGGREGATE), connection.cursor() as cursor:
        cursor.execute("UPDATE access_readingbudget SET an_hour = 9999")
        assert cursor.rowcount == 0


@pytest.fixture
def on_pages(settings, transactional_db, account):
    settings.ROOT_URLCONF = "tests.access.budgets.pages"
    with as_owner() as owner:
        owner.execute("DELETE FROM aggregate.access_readingbudget")
        owner.execute(
            "INSERT INTO aggregate.access_readingbudget (role, an_hour, a_day, after_step_up)"
            " VALUES ('analyst', 10, 20, 3)"
        )
    return account(Role.ANALYST)


def test_c57_a_page_beyond_the_budget_shows_nobody_asks_for_the_second_step_and_alerts(
    client, on_pages
):
    client.force_login(on_pages)
    with as_owner() as owner:
        (since,) = owner.execute("SELECT coalesce(max(id), 0) FROM access_auditentry").fetchone()
    assert client.get("/people/0-10/").status_code == 200
    answer = client.get("/people/10-12/")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "house.tip" not in page
    assert "10 different persons in an hour" in page
    assert "/account/security/reauthenticate/?next=%2Fpeople%2F10-12%2F" in page
    with as_owner() as owner:
        rows = owner.execute(
            "SELECT verb, result, user_id, cardinality(subject_keys) FROM access_auditentry"
            " WHERE id > %s ORDER BY id", [since],
        ).fetchall()  # fmt: skip
    who = on_pages.pk
    assert rows == [
        ("page.shown", "shown", who, 10),
        ("reading.refused", "denied", who, 0),
        ("page.shown", "denied", who, 0),
    ]
    assert [alert.user_id for alert in alerts()] == [who]

    code = {"code": code_now(), "next": "/people/10-12/"}
    back = client.post("/account/security/reauthenticate/", code)
    assert (back.status_code, back.url) == (302, "/people/10-12/")
    assert client.get("/people/10-13/").status_code == 200
    again = client.get("/people/13-14/")
    assert again.status_code == 429
    assert "reauthenticate" not in again.content.decode()


def test_c57_a_password_is_no_second_step(client, on_pages):
    from tests.conftest import PASSWORD

    client.force_login(on_pages)
    client.get("/people/0-10/")
    assert client.get("/people/10-11/").status_code == 429
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/"})
    assert client.get("/people/10-11/").status_code == 429


def test_a_part_of_a_page_leads_the_whole_page_to_the_second_step(client, on_pages):
    client.force_login(on_pages)
    told = {"HX-Request": "true", "HX-Current-URL": "http://testserver/people/0-10/"}
    answer = client.get("/people/0-11/", headers=told)
    assert (answer.status_code, answer["HX-Redirect"]) == (429, "/people/0-10/")


def test_c57_pages_opened_at_once_do_not_pass_the_budget_together(on_pages):
    """Six pages of three persons each, none finished before another begins: three fit."""

    def page(nth):
        try:
            with identity.acting(actor_of_user(on_pages)), transaction.atomic():
                read(3 * nth, 3 * nth + 3)
                time.sleep(0.05)
                return True
        except OverBudget:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(page, range(6))) == 3


def test_c18_the_log_takes_no_verb_that_the_product_does_not_know(transactional_db):
    wanted = connections["default"].get_connection_params()
    wanted = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted, autocommit=True) as raw:
        with pytest.raises(psycopg.errors.InvalidParameterValue):
            raw.execute(
                "SELECT wall.audit('made.up', '', '', '{}', '{}', '', '', 'done', NULL, '{}')"
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("INSERT INTO wall.audit_verb VALUES ('made.up')")


def test_every_verb_is_registered_where_the_database_is_told_of_it():
    """In a module named verbs: nothing else is imported when the wall is raised."""
    import re
    from pathlib import Path

    import ceasefire

    found = re.compile(r"\bverb\(\s*\"[a-z_]+\.[a-z_]+\"")
    root = Path(ceasefire.__file__).parent
    elsewhere = [
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if path.name != "verbs.py" and found.search(path.read_text())
    ]
    assert elsewhere == []


def test_a_session_that_begins_again_has_no_new_budget(client, on_pages):
    client.force_login(on_pages)
    assert client.get("/people/0-10/").status_code == 200
    client.force_login(on_pages)
    assert client.get("/people/10-11/").status_code == 429


def test_a_process_that_has_only_started_knows_every_verb():
    """A web process imports what a page needs, and the log must take what the page says."""
    import subprocess
    import sys

    asked = "import django; django.setup(); from ceasefire.access import audit;"
    told = [sys.executable, "-W", "ignore", "-c", f"{asked} audit.sentence('breach.opened')"]
    assert subprocess.run(told, timeout=60).returncode == 0
