"""The packet and the list of weeks as pages."""

from datetime import date

import pytest

from ceasefire.access.roles import Role

REVIEWERS = [Role.ANALYST, Role.CAPTAIN, Role.OFFICER, Role.PROSECUTOR, Role.PROBATION]


@pytest.mark.parametrize("role", REVIEWERS)
def test_every_review_partner_reads_the_packet(role, signed_in, shoot):
    shoot(date(2021, 3, 24), (0, 0), incident_number="R-1")
    page = signed_in(role).get("/review/2021-W12/")
    assert page.status_code == 200
    assert "R-1" in page.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in REVIEWERS])
def test_for_everybody_else_the_review_does_not_exist(role, signed_in, shoot):
    shoot(date(2021, 3, 24), (0, 0))
    client = signed_in(role)
    for path in ("", "2021-W12/", "2021-W12/packet.pdf"):
        assert client.get(f"/review/{path}").status_code == 404


def test_what_is_no_week_is_not_found(signed_in, rivermouth):
    client = signed_in(Role.ANALYST)
    for written in ("2021-W54", "2021-W00", "banana", "2021-12", "99999-W01"):
        assert client.get(f"/review/{written}/").status_code == 404


def test_the_list_of_weeks_pages_by_year_and_leads_to_the_packets(signed_in, four_years):
    client = signed_in(Role.CAPTAIN)
    page = client.get("/review/?year=2020").content.decode()
    assert "/review/2020-W53/" in page
    assert "/review/2021-W01/" not in page
    assert "?year=2018" in page
    newest, _folded, earlier = page.partition("<details><summary>40 earlier weeks of 2020")
    assert "/review/2020-W41/" in newest
    assert "/review/2020-W40/" in earlier


@pytest.mark.parametrize("asked", ["1850", "²", "9" * 5_000])
def test_a_year_that_nobody_has_shows_the_latest(signed_in, four_years, asked):
    page = signed_in(Role.CAPTAIN).get(f"/review/?year={asked}").content.decode()
    assert "/review/2021-W52/" in page


def test_an_empty_register_says_what_to_do_first(signed_in, rivermouth):
    client = signed_in(Role.ANALYST)
    assert "loads a file first" in client.get("/review/").content.decode()
    assert client.get("/review/2021-W12/").status_code == 200


def test_a_packet_asks_the_database_a_fixed_number_of_questions(
    signed_in, four_years, django_assert_max_num_queries
):
    client = signed_in(Role.ANALYST)
    with django_assert_max_num_queries(39):
        client.get("/review/2021-W12/")


def test_the_pdf_is_a_download_that_names_its_reader(signed_in, four_years):
    answer = signed_in(Role.CAPTAIN).get("/review/2021-W12/packet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "packet-2021-W12.pdf" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")
