"""C05: what came from the state's or the FBI's files is shown under a certificate that stands."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.criminal_history.services import history_certificate_end, history_certify
from ceasefire.access.explaining import explain
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.access.text_lint import column_refused
from tests.house import Docket

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STANDS = {
    "screened_on": TODAY, "certified_on": TODAY, "certified_until": TODAY + timedelta(days=365),
    "source": "Certificate 7",
}  # fmt: skip


@pytest.fixture
def captain(account):
    return account(Role.CAPTAIN)


@pytest.fixture
def docket(captain):
    with identity.acting(identity.OPERATOR, Room.INVESTIGATIVE):
        return Docket.objects.create(name="Marlo Quillfeather", history="Two arrests in 2019")


def certified(user, **changed) -> HistoryCertificate:
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        held = Membership.objects.get(user=user)
        return history_certify(membership=held, **STANDS | changed)


def asked(user, docket):
    """What the door gives this person of the docket, and what the log then says."""
    with identity.acting(actor_of_user(user), Room.INVESTIGATIVE):
        given = names.read([docket])[docket.pk]
    with identity.acting(identity.OPERATOR), connection.cursor() as cursor:
        cursor.execute(
            "SELECT verb, result, fields FROM wall.audit_page(%s, NULL, NULL, NULL, 50, 0)"
            " WHERE verb IN ('names.read', 'history.masked') ORDER BY id", [user.pk],
        )  # fmt: skip
        log = cursor.fetchall()
    return given, log


def test_c05_under_a_certificate_that_stands_the_history_is_given(captain, docket):
    certified(captain)
    given, log = asked(captain, docket)
    assert (given.name, given.history) == ("Marlo Quillfeather", "Two arrests in 2019")
    assert log == [("names.read", "shown", ["name", "history"])]


def test_c05_without_one_the_name_is_given_the_history_masked_and_the_log_says_so(captain, docket):
    given, log = asked(captain, docket)
    assert (given.name, given.history) == ("Marlo Quillfeather", None)
    assert log == [
        ("names.read", "shown", ["name"]),
        ("history.masked", "denied", ["history"]),
    ]


def over(user):
    began = TODAY - timedelta(days=400)
    certified(user, screened_on=began, certified_on=began, certified_until=TODAY - timedelta(1))


def coming(user):
    certified(user, certified_on=TODAY + timedelta(days=1))


def ended(user):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        history_certificate_end(certificate=certified(user))


@pytest.mark.parametrize("lapse", [over, coming, ended])
def test_c05_a_certificate_that_does_not_stand_today_opens_nothing(captain, docket, lapse):
    lapse(captain)
    given, log = asked(captain, docket)
    assert given.history is None
    assert ("history.masked", "denied", ["history"]) in log


def test_c05_a_certificate_of_another_agency_opens_nothing(captain, docket):
    certificate = certified(captain)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        elsewhere = agency_record(name="Eastbank Police", kind="neighbour_police")
        HistoryCertificate.objects.filter(pk=certificate.pk).update(ended_at=timezone.now())
        HistoryCertificate.objects.create(
            account=captain, agency=elsewhere, screened_on=TODAY, certified_on=TODAY,
            certified_until=TODAY, source="Theirs",
        )  # fmt: skip
    assert asked(captain, docket)[0].history is None


def test_c05_the_column_is_closed_to_sql_and_its_function_masks_too(captain, docket):
    with identity.acting(actor_of_user(captain), Room.INVESTIGATIVE), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT history FROM house_docket")
        cursor.execute(
            "SELECT the_history FROM investigative.names_of_house_docket(%s, %s, %s)",
            [[docket.pk], "", ""],
        )
        assert cursor.fetchall() == [(None,)]


def test_c05_access_explain_says_that_no_certificate_stands(captain, docket):
    told = explain(f"house.docket:{docket.pk}", actor_of_user(captain))
    assert "no certificate of theirs stands today" in str(told)
    certified(captain)
    told = explain(f"house.docket:{docket.pk}", actor_of_user(captain))
    assert "no certificate" not in str(told)


def test_c05_keepers_record_it_and_nobody_records_their_own(account, captain):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        held = Membership.objects.get(user=captain)
    with identity.acting(actor_of_user(captain)), pytest.raises(NotPermitted):
        history_certify(membership=held, **STANDS)
    keeper = account(Role.ADMINISTRATOR)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        own = Membership.objects.get(user=keeper)
    with identity.acting(actor_of_user(keeper)):
        assert history_certify(membership=held, **STANDS).recorded_by_id == keeper.pk
        with pytest.raises(ValidationError, match="Somebody else"):
            history_certify(membership=own, **STANDS)


def test_c05_the_database_itself_says_who_recorded_it(account, captain):
    """A keeper who names somebody else is written down all the same, and so refused for the own."""
    keeper = account(Role.ADMINISTRATOR)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        agency = Membership.objects.get(user=keeper).agency_id
    said = STANDS | {"account_id": keeper.pk, "agency_id": agency, "recorded_by": captain}
    with (
        identity.acting(actor_of_user(keeper)),
        pytest.raises(IntegrityError, match="nobody_records_their_own"),
        transaction.atomic(),
    ):
        HistoryCertificate.objects.create(**said)


def test_c05_what_was_ended_stays_ended(account, captain):
    certificate = certified(captain)
    keeper = actor_of_user(account(Role.ADMINISTRATOR))
    with identity.acting(keeper):
        history_certificate_end(certificate=certificate)
        with pytest.raises(IntegrityError, match="stays ended"), transaction.atomic():
            HistoryCertificate.objects.filter(pk=certificate.pk).update(ended_at=None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": " "}, "source"),
        ({"screened_on": TODAY + timedelta(days=1)}, "screened_on"),
        ({"certified_until": TODAY - timedelta(days=1)}, "certified_until"),
        ({"certified_until": TODAY + timedelta(days=732)}, "certified_until"),
    ],
)
def test_a_certificate_that_cannot_be_is_refused_by_field_and_by_the_database(
    captain, changed, field
):
    with pytest.raises(ValidationError) as refused:
        certified(captain, **changed)
    assert list(refused.value.message_dict) == [field]
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        agency = Membership.objects.get(user=captain).agency
        said = STANDS | changed | {"source": changed.get("source", "7").strip()}
        with pytest.raises(IntegrityError), transaction.atomic():
            HistoryCertificate.objects.create(account=captain, agency=agency, **said)


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 11, 23)])
def test_two_years_are_counted_as_the_database_counts(captain, day):
    last = date(2026, 2, 28) if day.month == 2 else date(2028, 11, 23)
    told = {"screened_on": day, "certified_on": day}
    assert certified(captain, **told, certified_until=last).certified_until == last
    with pytest.raises(ValidationError):
        certified(captain, **told, certified_until=last + timedelta(days=1))


def test_the_same_certificate_again_changes_nothing_and_a_new_one_ends_the_one_before(captain):
    first = certified(captain)
    assert certified(captain) == first
    assert certified(captain, source="Certificate 8") != first
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        first.refresh_from_db()
        assert first.ended_at is not None
        assert HistoryCertificate.objects.filter(ended_at=None).count() == 1


def test_a_keeper_records_and_ends_it_on_the_person_s_page(account, client, captain, docket):
    client.force_login(account(Role.ADMINISTRATOR))
    page = reverse("administration:person", args=[captain.pk])
    assert "No certificate" in client.get(page).content.decode()
    form = {name: str(value) for name, value in STANDS.items()}
    address = reverse("administration:history_certify", args=[captain.pk])
    assert client.post(address, form).url == page
    assert "Certificate 7" in client.get(page).content.decode()
    assert asked(captain, docket)[0].history is not None
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        standing = HistoryCertificate.objects.get()
    client.post(reverse("administration:history_end", args=[standing.pk]))
    assert asked(captain, docket)[0].history is None


def test_a_role_that_meets_no_such_data_has_no_certificate(account, client):
    worker = account(Role.OUTREACH)
    client.force_login(account(Role.ADMINISTRATOR))
    address = reverse("administration:history_certify", args=[worker.pk])
    assert client.get(address).status_code == 404
    page = reverse("administration:person", args=[worker.pk])
    assert "Criminal-history" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    "name", ["FBI Number", "sid", "NCIC_HIT", "rap_sheet", "Historial criminal"]
)
def test_c05_a_column_of_those_files_is_left_out_of_a_load(name):
    assert column_refused(name) == "the state's or the FBI's criminal-history files"


@pytest.mark.parametrize("name", ["incident_id", "side", "residential", "site", "state", "caseid"])
def test_a_column_that_only_sounds_alike_is_taken_in(name):
    assert column_refused(name) is None
