"""Exports on their pages: asked, approved by another, taken once; every state in words."""

from dataclasses import replace

import pytest
from django.urls import reverse

from ceasefire.access.exports import tables
from ceasefire.access.roles import Role
from tests.access.test_exports import WHY, table  # noqa: F401

pytestmark = pytest.mark.django_db
LIST, ASK = reverse("exports:list"), reverse("exports:ask", args=["people"])
SAID = {"columns": ["note", "number"], "form": "csv", "purpose": WHY}


@pytest.fixture
def people(table, monkeypatch):  # noqa: F811
    """Forty people where nothing else is asked for."""

    def rows(selection):
        return table.rows({"count": int(selection.get("count", 40))})

    made = replace(table, rows=rows, selects={"count": "How many"})
    monkeypatch.setattr(tables, "_tables", {"people": made})


@pytest.fixture
def hire(account):
    """A browser of its own for each person."""
    from tests.people import Person

    def sign_in(role, agency=None, username=None):
        client = Person()
        client.force_login(account(role, agency, username))
        return client

    return sign_in


def test_c44_asked_approved_by_another_and_taken_once(people, hire):
    analyst, captain = hire(Role.ANALYST), hire(Role.CAPTAIN)
    assert ASK in analyst.get(LIST).content.decode()
    one = analyst.post(ASK, SAID).url
    page = analyst.get(one).content.decode()
    assert "waits for a second person" in page
    assert "/approve/" not in page
    assert analyst.post(f"{one}approve/").status_code == 403
    assert "waits for a second person" in analyst.post(f"{one}file/", follow=True).content.decode()

    assert "you may approve" in captain.get(LIST).content.decode()
    assert f"{one}approve/" in captain.get(one).content.decode()
    assert "is approved" in captain.post(f"{one}approve/", follow=True).content.decode()
    assert captain.post(f"{one}file/").status_code == 403

    assert "ready to take" in analyst.get(one).content.decode()
    file = analyst.post(f"{one}file/")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in file["Content-Disposition"]
    assert file.content.decode("utf-8-sig").splitlines()[0] == "Note,Number,Export"
    assert "taken already" in analyst.post(f"{one}file/", follow=True).content.decode()
    assert "The file has been taken." in analyst.get(one).content.decode()


def test_the_words_of_the_address_choose_the_rows(people, hire):
    analyst = hire(Role.ANALYST)
    one = analyst.post(f"{ASK}?count=3&unknown=1", SAID).url
    assert "How many: 3" in analyst.get(one).content.decode()
    assert len(analyst.post(f"{one}file/").content.splitlines()) == 5


def test_an_export_that_nobody_took_says_that_it_lapsed(people, hire, settings):
    settings.EXPORT_HOURS = 0
    analyst = hire(Role.ANALYST)
    one = analyst.post(f"{ASK}?count=3", SAID).url
    page = analyst.get(one).content.decode()
    assert "lapsed, nobody took it" in page
    assert "/file/" not in page


def test_c44_columns_with_names_are_offered_to_whoever_has_that_right(people, hire):
    assert "names people" not in hire(Role.ANALYST).get(ASK).content.decode()
    page = hire(Role.CAPTAIN).get(ASK).content.decode()
    assert "Name (names people)" in page
    assert page.count("checked") == 4  # three columns and the form: not the name
    refused = hire(Role.ANALYST, None, "second").post(ASK, SAID | {"columns": ["name"]})
    assert "Select a valid choice" in refused.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"purpose": " "}, "Say which meeting or case it serves."),
        ({"columns": []}, "Choose at least one column."),
        ({"form": "pdf"}, "Select a valid choice"),
        ({"purpose": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_wrong_request_says_at_its_field_what_is_wrong(people, hire, said, words):
    answer = hire(Role.ANALYST).post(ASK, SAID | said)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_too_many_rows_are_refused_with_the_remedy(people, hire, settings):
    settings.EXPORT_ROWS_MOST = 30
    assert "Narrow the dates" in hire(Role.ANALYST).post(ASK, SAID).content.decode()


def test_c06_a_table_and_an_export_of_others_answer_as_if_they_did_not_exist(
    people, hire, account, operator
):
    from ceasefire.access.services import agency_record

    one = hire(Role.ANALYST).post(ASK, SAID).url
    neighbour = agency_record(name="Upriver Police", kind="neighbour_police")
    for person in (hire(Role.OUTREACH), hire(Role.ANALYST, neighbour, "neighbour")):
        absent = person.get(reverse("exports:one", args=[10**9]))
        for answer in (person.get(one), person.post(f"{one}approve/"), person.post(f"{one}file/")):
            assert (answer.status_code, answer.content) == (404, absent.content)
    assert hire(Role.OUTREACH, None, "second").get(ASK).status_code == 404


def test_the_register_s_list_may_leave_without_a_second_person(hire, operator):
    page = hire(Role.CAPTAIN).get(reverse("exports:ask", args=["shootings"])).content.decode()
    assert "Occurred on" in page
    assert "second person" not in page
    assert hire(Role.OFFICER).get(reverse("exports:ask", args=["shootings"])).status_code == 404


def test_a_list_leads_to_the_export_of_the_same_rows(hire, operator):
    from tests.registry.worlds import a_register

    a_register()
    asked = {"since": "2020-01-01", "until": "2030-01-01", "kind": ""}
    page = hire(Role.ANALYST).get(reverse("registry:shootings"), asked).content.decode()
    assert f"{reverse('exports:ask', args=['shootings'])}?since=2020-01-01" in page
    officer = hire(Role.OFFICER).get(reverse("registry:shootings"), asked).content.decode()
    assert "/exports/ask/" not in officer
