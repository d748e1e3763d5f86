"""Every page of administration and everything done there leaves its row in the log."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.models import Agency, Membership, User
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from tests.access import auditing
from tests.administration.test_access import provider
from tests.administration.test_agencies import END, a_year, at

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]


@pytest.fixture
def desk(log, administrator, director, account):
    account(Role.OUTREACH)
    return director


def verbs(since):
    return [row[0] for row in auditing.rows("verb", since=since)]


def test_c18_every_page_that_is_read_leaves_one_row(desk, world):
    reader = world.user("director").pk
    person, agency = world.user("outreach").pk, world.held("outreach").agency_id
    pages = {"accounts": [], "agencies": [], "people": [], "roles": [], "person_new": []}
    pages |= {"person": [person], "agency": [agency], "agreement_new": [agency]}
    pages |= {"role_end": [world.held("outreach").pk]}
    for name, words in pages.items():
        since = auditing.last()
        desk.get(reverse(f"administration:{name}", args=words))
        (row,) = auditing.rows("verb", "user_id", "route", "object_id", "result", since=since)
        told = ("page.shown", reader, f"administration:{name}", "".join(map(str, words)), "shown")
        assert row == told


def test_c18_everything_that_is_done_leaves_its_row(desk, administrator, world, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider()
    person, held = world.user("outreach"), world.held("outreach")
    agency = held.agency_id
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(pk=held.pk).update(
            awake_since=timezone.localdate() - timedelta(days=91)
        )
    done = [
        (desk, at("wake", held.pk), {}, ["access.account_woken"]),
        (desk, at("certify", held.pk), {}, ["access.membership_certified"]),
        (desk, at("agreement_new", agency), a_year(), ["access.agreement_recorded"]),
        (desk, at("agreement_new", agency), a_year(), ["page.sent"]),
        (administrator, at("release", person.pk), {}, ["access.lock_lifted"]),
        (administrator, at("invite", person.pk), {"provider": "city"}, ["access.sign_on_invited"]),
        (desk, at("passphrase", person.pk), {}, ["access.passphrase_given"]),
        (desk, at("role_end", held.pk), {"because": "left"}, ["access.membership_ended"]),
        (desk, at("role_end", held.pk), {"because": "left"}, ["page.sent"]),
        (
            desk,
            reverse("administration:role_new", args=[person.pk, "outreach"]),
            {"agency": agency, "starts": timezone.localdate()},
            ["access.membership_opened"],
        ),
        (
            desk,
            reverse("administration:account_new", args=["outreach"]),
            {
                "display_name": "Pat Doe",
                "username": "pat",
                "agency": agency,
                "starts": timezone.localdate(),
            },
            ["access.membership_opened", "access.passphrase_given"],
        ),
        (
            administrator,
            reverse("administration:agency_new"),
            {"name": "Eastbank", "kind": "police"},
            ["page.sent"],
        ),
        (
            desk,
            at("agreement_end", world.agreement("outreach").pk),
            END,
            ["access.agreement_ended"],
        ),
    ]
    for client, url, said, expected in done:
        since = auditing.last()
        client.post(url, said)
        assert verbs(since) == expected, url
    assert Agency.objects.filter(name="Eastbank").exists()
    assert User.objects.filter(username="pat").exists()


def test_c18_a_refusal_leaves_a_denied_row(desk, as_role):
    since = auditing.last()
    outsider = as_role(Role.OUTREACH)
    assert outsider.get(reverse("administration:people")).status_code == 404
    assert ("denied",) in auditing.rows("result", since=since)


def test_no_row_of_the_log_holds_a_name_or_a_passphrase(desk, world):
    since = auditing.last()
    said = {"display_name": "Pat Doe", "username": "pat", "starts": timezone.localdate()}
    said["agency"] = world.held("outreach").agency_id
    answer = desk.post(reverse("administration:account_new", args=["outreach"]), said)
    passphrase = answer.context["passphrase"]
    words = str(auditing.rows("object_id", "detail::text", since=since))
    assert passphrase not in words
    assert "Pat" not in words
