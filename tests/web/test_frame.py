"""The frame of every page: its room, its reader, its refusals."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from ceasefire.access.roles import Role
from ceasefire.registry.models import City
from ceasefire.web import translations

WEB = Path(translations.__file__).parent


@pytest.fixture
def city(operator):
    return City.objects.create(
        id=1, name="Rivermouth", time_zone="America/New_York", projected_system=2272
    )


def test_page_says_its_room_who_is_signed_in_and_as_of_when(signed_in, city):
    text = signed_in(Role.ANALYST).get("/").content.decode()
    assert 'class="room room-investigative"' in text
    assert "Signed in as Test Crime analyst, Crime analyst at Rivermouth Police" in text
    assert "Rivermouth Ceasefire" in text
    assert re.search(r"As of \d+ \w+ \d{4}, \d\d:\d\d E[SD]T", text)


def test_a_role_that_reads_no_shooting_starts_among_counts_only(signed_in, city):
    text = signed_in(Role.OVP_ANALYST).get("/").content.decode()
    assert 'class="room room-aggregate"' in text
    assert "Statistics only" in text


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_first_page(signed_in, role):
    assert signed_in(role).get("/").status_code == 200


def test_hidden_and_absent_pages_answer_with_the_same_bytes(signed_in, settings):
    settings.ROOT_URLCONF = "tests.web.hidden_page"
    client = signed_in(Role.OUTREACH)
    hidden, absent = client.get("/hidden/"), client.get("/absent/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert b"hidden" not in hidden.content


def test_refusals_do_not_repeat_the_address_or_the_reason(signed_in):
    text = signed_in(Role.OUTREACH).get("/no/such/R-1234/").content.decode()
    assert "R-1234" not in text
    assert "Nothing was changed" in text


def test_form_without_its_token_gets_a_calm_page(db):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("language"), {"language": "es"})
    assert answer.status_code == 403
    assert "Nothing" not in answer.content.decode()
    assert "nothing was changed" in answer.content.decode()


def test_spanish_is_chosen_before_signing_in(client, db):
    translations.compile()
    client.post(reverse("language"), {"language": "es", "next": reverse("account_login")})
    text = client.get(reverse("account_login")).content.decode()
    assert '<html lang="es">' in text
    assert "Iniciar sesión" in text


def test_language_cannot_be_a_way_to_another_site(client, db):
    answer = client.post(reverse("language"), {"language": "es", "next": "https://evil.example/"})
    assert "evil.example" not in answer.headers["Location"]


def test_policy_allows_our_own_files_only(signed_in):
    policy = signed_in(Role.ANALYST).get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_template_carries_a_style_or_a_script_of_its_own():
    templates = list(WEB.parent.rglob("templates/**/*.html"))
    assert len(templates) > 20
    for path in templates:
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), path


def test_typeface_comes_from_its_package():
    assert finders.find("fonts/SourceSansPro-Regular.ttf")
    assert finders.find("fonts/LICENSE.txt") is None
    assert not list(WEB.rglob("*.ttf"))


def test_every_static_file_that_a_style_sheet_names_exists():
    for sheet in (WEB / "static" / "web").glob("*.css"):
        for name in re.findall(r"url\(\"([^\"]+)\"\)", sheet.read_text()):
            assert finders.find(name.removeprefix("../")), f"{sheet.name}: {name}"
