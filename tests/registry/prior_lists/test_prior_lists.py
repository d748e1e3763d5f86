"""C29, C31, C35: nothing of an earlier list enters but one attested row at a time."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from ceasefire.access import identity, names
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention import purging
from ceasefire.access.text_lint import judgement_refused
from ceasefire.intake.services import IntakeRefused
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.people.models import Person, PersonRecord
from ceasefire.registry.prior_lists import services
from ceasefire.registry.prior_lists.models import ListNaming, PriorList, PriorRow
from ceasefire.registry.prior_lists.services import DecidedAlready
from ceasefire.registry.search.finding import search
from ceasefire.registry.search.models import RecordToken
from tests.registry.people.test_access import both_walls
from tests.registry.prior_lists.conftest import HEADER, ROWS, TODAY, attest
from tests.threads import together
from tests.walls import as_owner, shows

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
LATER = datetime(2026, 3, 8, tzinfo=UTC)


def test_c29_nothing_of_a_list_enters_before_a_row_is_attested(waiting, being):
    assert len(waiting) == 3
    assert not Person.objects.exists()
    assert not PersonRecord.objects.exists()
    assert not RecordToken.objects.exists()
    with being("analyst"):
        assert search("Ann Lopez").matches == []


def test_an_attested_row_is_an_ordinary_record_that_ends_with_its_review(waiting, being, staff):
    with being("analyst"):
        naming = attest(waiting[0])
        record = PersonRecord.objects.get()
        assert names.read([record])[record.pk].family == "Lopez"
        assert [one.record.person_id for one in search("Ann Lopez").matches] == [naming.person_id]
    assert naming.person.entered_by == "prior_list"
    assert naming.attested_by_id == staff["analyst"].user_id
    assert {naming.purge_on, record.purge_on, naming.person.purge_on} == {naming.review_by}
    assert not Affiliation.objects.exists()


def test_c29_what_was_attested_is_told_by_who_on_what_basis_from_which_document(waiting, being):
    with being("analyst"):
        naming = attest(waiting[0])
    naming.refresh_from_db()
    assert (naming.document, naming.number, naming.on) == (
        "Order of the chief", "2025-14", date(2025, 6, 1)
    )  # fmt: skip
    assert naming.attested_at


def test_the_decision_takes_out_what_the_row_said(waiting, being):
    with being("analyst"):
        attest(waiting[0])
        services.row_refuse(row=waiting[1])
    said = names.read(PriorRow.objects.all())
    assert [bool(said[one.pk].said) for one in waiting] == [False, False, True]
    held = PriorList.objects.get()
    assert (held.attested, held.refused, held.waiting) == (1, 1, 1)


def test_c35_nobody_attests_what_they_have_loaded(waiting, being):
    with being("loader"), pytest.raises(ValidationError, match="somebody else than who loaded"):
        attest(waiting[0])
    with being("loader"):
        services.row_refuse(row=waiting[0])


@committed
def test_c35_nobody_attests_the_file_that_they_have_sent(waiting, being, staff):
    batch = PriorList.objects.get().batch
    assert batch.received_by_id == staff["loader"].user_id
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE investigative.registry_priorlist SET loaded_by_id = %s",
            [staff["analyst2"].user_id],
        )
    with being("loader"), pytest.raises(ValidationError, match="who sent the file"):
        attest(waiting[0])


def test_c35_a_list_is_loaded_in_somebodys_name(bring):
    with pytest.raises(IntakeRefused, match="account"):
        bring("prior_list", HEADER, ROWS)


def test_c35_the_database_refuses_to_attest_several_rows_at_once(waiting, being):
    refused = pytest.raises(DatabaseError, match="one by one")
    with being("analyst"), refused, transaction.atomic():
        PriorRow.objects.update(outcome="attested", said="")
    assert PriorList.objects.get().waiting == 3


def test_c29_the_database_lets_nobody_in_by_a_row_that_is_not_attested(waiting, being):
    feed, key = waiting[0].prior_list.feed, waiting[0].record_key
    clock = {"record_class": "intelligence", "basis_on": TODAY}
    refused = pytest.raises(DatabaseError, match="nobody has attested")
    with being("analyst"):
        person = Person.objects.create(agency=feed.agency, entered_by="prior_list", **clock)
    with being("analyst"), refused, transaction.atomic():
        PersonRecord.objects.create(
            agency=feed.agency, feed=feed, person=person, family="Lopez", content_key=key,
            first_said=LATER, last_said=LATER, **clock,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document", " "), ("number", ""), ("basis", " "), ("purpose", ""),
        ("basis", "He attends the mosque."), ("on", TODAY + timedelta(days=1)),
        ("on", date(1985, 1, 1)), ("on", date(2015, 1, 1)), ("review_by", TODAY),
        ("review_by", TODAY + timedelta(days=367)),
    ],
)  # fmt: skip
def test_an_attestation_that_says_too_little_is_refused_at_its_field(waiting, being, field, value):
    with being("analyst"), pytest.raises(ValidationError) as refusal:
        attest(waiting[0], **{field: value})
    assert list(refusal.value.message_dict) == [field]
    assert not Person.objects.exists()
    assert PriorList.objects.get().waiting == 3


def test_c06_waiting_rows_are_there_for_their_keepers_analysts_alone(waiting, staff, why):
    seen = {}
    for name, actor in staff.items():
        with identity.acting(actor):
            if name in ("director", "outreach"):
                seen[name] = both_walls(PriorRow)
                continue
            with stating(why):
                seen[name] = both_walls(PriorRow)
    analysts = {"loader", "analyst", "analyst2"}
    assert seen == {name: (3, 3) if name in analysts else (0, 0) for name in seen}


def test_c08_without_a_purpose_no_row_waits_for_anybody(load_list, staff):
    load_list()
    with identity.acting(staff["analyst"]):
        assert both_walls(PriorRow) == (0, 0)


def test_c34_tiers_scores_groups_and_religion_are_not_read_at_all(waiting):
    batch = PriorList.objects.get().batch
    assert set(batch.mapping.mapping["left_out"]) == {"Tier", "Risk Score", "Gang", "Religion"}
    with as_owner() as owner:
        told = str(owner.execute("SELECT r FROM investigative.registry_priorrow r").fetchall())
    assert not shows(told, "Dock Street")


@pytest.mark.parametrize(
    "column",
    [
        "Tier",
        "RISK_SCORE",
        "rank",
        "Gang Name",
        "groupId",
        "Threat Level",
        "MostActive",
        "pandilla",
    ],
)
def test_c34_a_column_of_judgement_is_refused_by_its_name(column):
    assert judgement_refused(column)


@pytest.mark.parametrize("column", ["Last Name", "DOB", "Person ID", "Home Address", "Sex"])
def test_a_column_that_says_who_somebody_is_is_taken(column):
    assert judgement_refused(column) is None


def test_a_file_that_comes_again_lets_nobody_wait_twice_nor_longer(waiting, being, load_list):
    with being("analyst"):
        attest(waiting[0])
    again = load_list(as_of=LATER)
    assert (again.added, again.unchanged) == (0, 3)


@pytest.mark.parametrize(
    ("header", "rows", "match"),
    [
        (("Tier", "Score"), [("1", "9")], "no column holds: name"),
        (("Last Name", "DOB"), [], "row"),
    ],
)
def test_a_list_that_names_nobody_is_refused_with_the_remedy(load_list, header, rows, match):
    with pytest.raises(IntakeRefused, match=match):
        load_list(rows, header)


def test_a_row_with_an_impossible_birth_is_rejected(load_list):
    bad = ("L9", "Absent", "Nia", "1850-01-01", "", "", "", "")
    batch = load_list([*ROWS, bad], despite="tried")
    assert (batch.added, batch.rejected) == (3, 1)


@committed
def test_of_two_who_attest_at_once_one_does(waiting, staff, why):
    def one():
        with stating(why):
            return attest(waiting[0])

    done = together((staff["analyst"], one), (staff["analyst2"], one))
    assert sorted(type(one) for one in done if not isinstance(one, ListNaming)) == [DecidedAlready]
    assert ListNaming.objects.count() == PersonRecord.objects.count() == 1


@committed
def test_of_one_who_attests_and_one_who_lets_go_at_once_one_does(waiting, staff, why):
    def attests():
        with stating(why):
            return attest(waiting[0])

    def lets_go():
        with stating(why):
            return services.row_refuse(row=waiting[0])

    done = together((staff["analyst"], attests), (staff["analyst2"], lets_go))
    assert sum(isinstance(one, DecidedAlready) for one in done) == 1
    held = PriorList.objects.get()
    assert (held.attested + held.refused, held.waiting) == (1, 2)
    assert ListNaming.objects.count() == held.attested


@pytest.fixture
def ledger_of_its_own(settings, tmp_path):
    settings.PURGE_LEDGER = tmp_path / "purges"
    settings.AUDIT_SEALS = tmp_path / "seals"


def over(table):
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            f"UPDATE investigative.registry_{table} SET purge_on = current_date,"
            " basis_on = current_date - 30"
        )


@committed
def test_c25_rows_that_nobody_attests_in_time_are_destroyed_and_counted(
    waiting, being, why, ledger_of_its_own
):
    with being("analyst"):
        services.row_refuse(row=waiting[2])
    over("priorrow")
    with being("analyst"), pytest.raises(DecidedAlready):
        attest(waiting[0])
    with stating(why):
        purging.purge_due()
    assert not PriorRow.objects.exists()
    held = PriorList.objects.get()
    assert (held.refused, held.destroyed, held.waiting) == (1, 2, 0)


@committed
def test_c25_the_database_attests_no_row_whose_time_is_over(waiting, being):
    over("priorrow")
    with being("analyst"), pytest.raises(DatabaseError, match="in time"), transaction.atomic():
        PriorRow.objects.filter(pk=waiting[0].pk).update(outcome="attested", said="")


@committed
def test_c25_no_row_waits_longer_than_30_days(waiting):
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        with pytest.raises(Exception, match="30_days"):
            owner.execute("UPDATE investigative.registry_priorrow SET purge_on = purge_on + 1")


@committed
def test_c27_what_was_attested_is_gone_with_its_review(waiting, being, why, ledger_of_its_own):
    with being("analyst"):
        attest(waiting[0])
    for table in ("listnaming", "personrecord", "person"):
        with as_owner() as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute(f"UPDATE investigative.registry_{table} SET purge_on = current_date")
    with stating(why):
        purging.purge_due()
    assert not ListNaming.objects.exists()
    assert not Person.objects.exists()
    assert not RecordToken.objects.exists()


@pytest.fixture
def signed_in_for(client, accounts, why):
    """A browser that has signed in and said what for."""

    def sign_in(name):
        client.force_login(accounts[name])
        client.post(reverse("prior_lists:queue"), {"state_purpose": "choose", "key": why})
        return client

    return sign_in


def test_the_page_takes_one_row_after_another(waiting, signed_in_for):
    browser = signed_in_for("analyst")
    first = browser.get(reverse("prior_lists:row", args=[waiting[0].pk]))
    assert "Lopez, Ann" in first.content.decode()
    assert "Dock Street" not in first.content.decode()
    told = {
        "document": "Order", "number": "14", "on": "2025-06-01", "basis": "Report 24-11.",
        "purpose": "Notification.", "review_by": str(TODAY + timedelta(days=30)),
    }  # fmt: skip
    answer = browser.post(reverse("prior_lists:row", args=[waiting[0].pk]), told, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("prior_lists:row", args=[waiting[1].pk])
    assert 'value="Order"' in answer.content.decode()
    answer = browser.post(reverse("prior_lists:refuse", args=[waiting[1].pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("prior_lists:row", args=[waiting[2].pk])
    person = Person.objects.get()
    shown = browser.get(reverse("people:person", args=[person.pk])).content.decode()
    told = re.search("Named on an earlier list[^<]*", shown)[0]
    assert told == "Named on an earlier list of Rivermouth Police, dated 1 Jun 2025"


def test_the_page_says_at_the_field_what_is_amiss(waiting, signed_in_for):
    browser = signed_in_for("analyst")
    url = reverse("prior_lists:row", args=[waiting[0].pk])
    told = {"document": "Order", "number": "14", "on": "never", "basis": "", "purpose": "x"}
    answer = browser.post(url, told)
    assert answer.status_code == 200
    assert not Person.objects.exists()


def test_the_page_offers_no_attestation_to_whoever_loaded_the_list(waiting, signed_in_for):
    shown = signed_in_for("loader").get(reverse("prior_lists:row", args=[waiting[0].pk]))
    assert "another analyst attests" in shown.content.decode()
