"""A number plate finds whose record holds it, one sign misread, and hides and goes with it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention import purging
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.registry.people.models import PersonRecord
from ceasefire.registry.search import tokens
from ceasefire.registry.search.finding import read, search
from ceasefire.registry.search.indexing import rebuild
from ceasefire.registry.search.models import RecordToken
from tests.registry.people.conftest import ann, ben
from tests.registry.people.test_files import ARRESTS, arrest
from tests.registry.search.test_finding import hide
from tests.walls import as_owner, shows

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
SIGNS = st.text(string.ascii_uppercase + string.digits, min_size=4, max_size=8)


@pytest.fixture
def register(involve, bring):
    involve(ann(), ben())
    header = (*ARRESTS, "License Plate", "Plate State")
    bring("arrests", header, [(*arrest("A-1177"), "qzo-714k", "OR")])


def found(text) -> list[int]:
    return [one.record.pk for one in search(text).matches]


def with_plate() -> PersonRecord:
    told = names.read(PersonRecord.objects.all())
    return next(one for one in PersonRecord.objects.all() if told[one.pk].plate)


def test_the_plate_is_kept_as_written_with_its_state_behind_the_door(register):
    record = with_plate()
    assert names.read([record])[record.pk].plate == "qzo-714k, OR"
    with pytest.raises(names.NamesClosed):
        _plate = record.plate


@pytest.mark.parametrize(
    "typed",
    [
        "QZO714K", "qz0 714k"[:3] + "714k", "plate QZO 714K", "Plate: qzo-714k", "QZ0714K",
        "QZO7I4K", "plate QXO714K", "QZO714", "QZO7144K", "Lopez plate QZO 714K",
        "1990-05-01 tag QZO714K",
    ],
)  # fmt: skip
def test_a_plate_is_found_however_it_is_written_and_with_one_sign_misread(register, typed):
    assert found(typed) == [with_plate().pk]


@pytest.mark.parametrize(
    "typed", ["QXX714K", "plate ABC 999", "plate", "Okafor plate QZO 714K", "714", "plate !"]
)
def test_another_plate_finds_nobody(register, typed):
    assert found(typed) == []


@pytest.mark.parametrize("header", ["plate", "license_plate", "tag", "veh_lic", "Vehicle Plate No"])
def test_the_usual_headers_are_known(bring, involve, header):
    involve(ann())
    bring("arrests", (*ARRESTS, header), [(*arrest(), "ABC123")])
    assert found("ABC123") == [with_plate().pk]


@committed
def test_c06_no_plate_stands_in_the_search_table(register):
    with as_owner() as owner:
        rows = str(owner.execute("SELECT t FROM registry_recordtoken t").fetchall())
    assert not shows(rows.casefold(), "qzo")
    assert not shows(rows.casefold(), "714k")


@committed
def test_c06_a_hidden_plate_is_as_invisible_as_its_record(register, account, shootings):
    record = with_plate()
    hide(record.person_id, agency_record(name="Harlow Sheriff", kind="police"))
    captain = actor_of_user(account(Role.CAPTAIN))
    with identity.acting(captain), stating(f"registry.incident:{shootings[0].pk}"):
        assert found("plate QZO 714K") == []
        assert not RecordToken.objects.filter(token__in=tokens.plates(["QZO714K"])).exists()


@committed
@pytest.mark.parametrize("change", ["plate = ''", "quiet = true", "contested_until = '2020-01-01'"])
def test_c27_a_plate_that_is_redacted_held_or_overdue_is_not_found(register, change):
    record = with_plate()
    table = "ALTER TABLE investigative.registry_personrecord {} TRIGGER kept_changes"
    with as_owner() as owner:
        owner.execute(table.format("DISABLE"))
        owner.execute(
            f"UPDATE investigative.registry_personrecord SET {change} WHERE id = %s", [record.pk]
        )
        owner.execute(table.format("ENABLE"))
        if change.startswith("plate"):
            left = owner.execute(
                "SELECT count(*) FROM registry_recordtoken WHERE of_record = %s", [record.pk]
            ).fetchone()
            assert left == (0,)
    assert found("plate QZO 714K") == []


def test_c53_the_plates_made_anew_are_those_that_stood(register):
    before = set(RecordToken.objects.values_list("of_record", "token"))
    rebuild()
    assert set(RecordToken.objects.values_list("of_record", "token")) == before


@given(SIGNS)
def test_o_and_zero_i_and_one_and_the_marks_between_are_alike(text):
    spoken = "-".join(text.replace("O", "0").replace("I", "1").lower())
    assert tokens.plate(spoken) == tokens.plate(f"{text}, OR") == tokens.plate(f"{text} (WA)")


@given(SIGNS, st.data())
def test_one_misread_sign_leaves_something_in_common(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    other = text[:at] + data.draw(st.sampled_from(string.ascii_uppercase)) + text[at + 1 :]
    one, two = (set(tokens._of_plate(written)) for written in (text, other))
    assert one & two


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_plate(text):
    assert len(tokens.plate(text)) <= tokens.PLATE_MOST
    read(f"plate {text}")


@committed
def test_c27_a_purged_plate_is_nowhere(register, settings, tmp_path):
    settings.PURGE_LEDGER, settings.AUDIT_SEALS = tmp_path / "purges", tmp_path / "seals"
    assert found("plate QZO 714K")
    assert "investigative.registry_personrecord" in holding("qzo-714k")
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        for table in ("person", "personrecord", "involvement", "contact"):
            owner.execute(
                f"UPDATE investigative.registry_{table} SET purge_on = current_date,"
                " basis_on = current_date - 1460"
            )
    purging.purge_due()
    assert holding("qzo-714k") == []
    assert not RecordToken.objects.exists()
    assert found("plate QZO 714K") == []


def holding(text) -> list[str]:
    """Every table of the database in which a row holds the text."""
    with as_owner() as owner:
        tables = owner.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        return [
            table
            for (table,) in tables
            if owner.execute(
                f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text ILIKE %s)", [f"%{text}%"]
            ).fetchone()[0]
        ]
