"""C06: search finds what its reader may read, keeps what was typed sealed, and tells no count."""

from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from ceasefire.access import identity, names
from ceasefire.access.asking import actor_of_user
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import stating
from ceasefire.access.roles import Role
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.envelope import unseal
from ceasefire.access.services import agency_record
from ceasefire.registry.merging.services import merge_undo, people_merge, person_split
from ceasefire.registry.people.models import Person, PersonRecord
from ceasefire.registry.search import tokens
from ceasefire.registry.search.finding import ABOUT, SHOWN, search
from ceasefire.registry.search.indexing import rebuild, tokens_write
from ceasefire.registry.search.models import RecordToken
from ceasefire.registry.search.tokens import Near, asked
from tests.access_matrix.asking import _difference, bytes_of
from tests.conftest import in_force
from tests.registry.people.conftest import ann, ben
from tests.registry.people.matrix import AS_OF, CLOCK
from tests.registry.people.test_files import ARRESTS, LATER, arrest
from tests.walls import as_owner, shows

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register(involve, bring):
    involve(ann(), ben())
    bring("arrests", ARRESTS, [arrest("A-1177")])


@pytest.fixture
def reference(shootings):
    return f"registry.incident:{shootings[0].pk}"


def people(text) -> list[int]:
    return [one.record.person_id for one in search(text).matches]


def person(given) -> int:
    told = names.read(PersonRecord.objects.all())
    return next(one.person_id for one in PersonRecord.objects.all() if told[one.pk].given == given)


@pytest.mark.parametrize(
    "typed",
    [
        "Ann Lopez", "lopez ann", "Lopes Ann", "Anlopez"[:2] + "nLopez", "1990-05-01", "5/1/1990",
        "Ann Lopez 1990-05-01", "P1", "26-1", "a1177", "Lopez 26-1",
    ],
)  # fmt: skip
def test_somebody_is_found_by_name_birth_date_and_case_number(register, typed):
    assert people(typed) == [person("Ann")]


@pytest.mark.parametrize("typed", ["Ann Lopez 1988-11-23", "Ben 26-1", "Nia Absent", "26-9", "!"])
def test_nobody_is_found_by_what_does_not_fit_together(register, typed):
    assert people(typed) == []


def test_the_nearest_stand_first_and_one_person_stands_once(register, involve):
    involve(ann(), ben(), ann(number="P7", given="Anna", born="1971-01-01"), as_of=LATER)
    found = search("Ann Lopez").matches
    assert [one.near for one in found] == [Near.SAME, Near.LETTER]
    assert len({one.record.person_id for one in found}) == 2


def test_many_are_capped_and_never_counted(register, police_agency, reference):
    for _nth in range(SHOWN + 5):
        made = Person.objects.create(agency=police_agency, entered_by="shooting", **CLOCK)
        record = PersonRecord.objects.create(
            agency=police_agency, person=made, given="Ann", family="Lopez", content_key=uuid4(),
            first_said=AS_OF, last_said=AS_OF, **CLOCK,
        )  # fmt: skip
        tokens_write([(record.pk, tokens.Who(given="Ann", family="Lopez"))])
    found = search("Ann Lopez")
    assert len(found.matches) == SHOWN
    assert found.more


@committed
def test_c18_what_was_typed_is_sealed_in_the_log_before_the_answer(register):
    search("Ann Lopez")
    with as_owner() as owner:
        row, terms = owner.execute(
            "SELECT e, terms FROM access_auditentry e WHERE verb = 'people.searched'"
        ).fetchone()
    assert not shows(str(row), "Lopez")
    key = keyring.current(Room.INVESTIGATIVE)
    assert unseal(bytes(terms), key=key, about=ABOUT) == b"Ann Lopez"


@committed
def test_c06_the_table_holds_no_name(register):
    with as_owner() as owner:
        rows = str(owner.execute("SELECT t FROM registry_recordtoken t").fetchall())
    assert not shows(rows, "Lopez")
    assert not shows(rows, "lopez")


def test_c08_without_a_purpose_nothing_is_found(register, account, reference):
    captain = actor_of_user(account(Role.CAPTAIN))
    with identity.acting(captain):
        assert not RecordToken.objects.exists()
        assert people("Ann Lopez") == []
        with stating(reference):
            assert people("Ann Lopez") != []


def test_the_four_standing_people_find_what_is_theirs(register, account, county, reference):
    found = {}
    for role, agency in (
        (Role.CAPTAIN, None), (Role.PROBATION, county), (Role.PROSECUTOR, None),
    ):  # fmt: skip
        actor = actor_of_user(account(role, agency=agency))
        with identity.acting(actor), stating(reference), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM investigative.registry_recordtoken")
            found[role] = (RecordToken.objects.count() > 0, cursor.fetchone()[0] > 0)
    assert found[Role.CAPTAIN] == (True, True)
    assert found[Role.PROBATION] == found[Role.PROSECUTOR] == (False, False)
    for role in (Role.DIRECTOR, Role.OUTREACH):
        with identity.acting(actor_of_user(account(role))):
            assert not RecordToken.objects.exists()


def hide(person_id, owner_agency):
    """Another agency writes that person, and hides it from everybody else."""
    with as_owner() as owner:
        for table, column in (("person", "id"), ("personrecord", "person_id")):
            owner.execute(
                f"UPDATE investigative.registry_{table} SET hidden = true, agency_id = %s"
                f" WHERE {column} = %s", [owner_agency.pk, person_id],
            )  # fmt: skip


@committed
def test_c06_a_hidden_person_s_numbers_are_as_invisible_as_the_person(register, account, reference):
    other = agency_record(name="Harlow Sheriff", kind="police")
    numbers = list(PersonRecord.objects.filter(person=person("Ann")).values_list("pk", flat=True))
    hide(person("Ann"), other)
    captain = actor_of_user(account(Role.CAPTAIN))
    with identity.acting(captain), stating(reference):
        assert people("Ann Lopez") == people("Nia Absent") == []
        assert not RecordToken.objects.filter(of_record__in=numbers).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT bool_or(hidden) FROM investigative.registry_recordtoken")
            assert cursor.fetchone() == (False,)


@committed
def test_c06_no_other_agency_s_question_meets_a_hidden_number_even_in_the_index(register, account):
    number = person("Ann")
    other = in_force(agency_record(name="Harlow Sheriff", kind="police"))
    hide(number, other)
    sheriff = actor_of_user(account(Role.CAPTAIN, agency=other, username="sheriff"))
    asks = frozenset().union(*tokens.asked("Ann Lopez").values())
    with as_owner() as owner:
        (shooting,) = owner.execute("SELECT min(id) FROM registry_incident").fetchone()
        met = owner.execute(
            "SELECT count(*) FROM registry_recordtoken WHERE hidden AND token = ANY (%s)",
            [list(tokens.masked(asks, number))],
        ).fetchone()
    assert met == (0,)
    with identity.acting(sheriff), stating(f"registry.incident:{shooting}"):
        assert people("Ann Lopez") == [number]


@committed
def test_c06_hidden_and_absent_get_the_same_bytes(register, account, client, shootings):
    hide(person("Ann"), agency_record(name="Harlow Sheriff", kind="police"))
    client.force_login(account(Role.CAPTAIN))
    url = reverse("people:find")
    client.post(url, stated(shootings))
    seen = []
    for typed in ("Ann Lopez", "Nia Absen"):
        answer = client.post(url, {"terms": typed})
        assert answer.status_code == 200
        assert "Nobody is found" in answer.content.decode()
        answer.content = answer.content.replace(typed.encode(), b"TYPED")
        seen.append(bytes_of(answer, url))
    assert seen[0] == seen[1], _difference(*seen)


def stated(shootings) -> dict:
    from ceasefire.access.purposes.forms import MARK

    return {MARK: "state", "key": f"registry.incident:{shootings[0].pk}"}


@committed
@pytest.mark.parametrize(
    ("column", "value", "back"),
    [("quiet", "true", "false"), ("contested_until", "'2020-01-01'", "NULL")],
)
def test_what_is_held_or_contested_overdue_is_not_found(register, column, value, back):
    number = person("Ann")
    turn = "UPDATE investigative.registry_personrecord SET {} = {} WHERE person_id = %s"
    table = "ALTER TABLE investigative.registry_personrecord {} TRIGGER kept_changes"
    for said, found in ((value, []), (back, [number])):
        with as_owner() as owner:
            owner.execute(table.format("DISABLE"))
            owner.execute(turn.format(column, said), [number])
            owner.execute(table.format("ENABLE"))
        assert people("Ann Lopez") == found
        standing = RecordToken.objects.filter(token__in=asked("Ann Lopez")[Near.SAME]).exists()
        assert standing == bool(found)


@committed
def test_c28_a_record_that_is_redacted_or_gone_leaves_no_number(register):
    number = PersonRecord.objects.filter(person=person("Ann")).first().pk
    with as_owner() as owner:
        count = "SELECT count(*) FROM investigative.registry_recordtoken WHERE of_record = %s"
        assert owner.execute(count, [number]).fetchone()[0] > 10
        owner.execute(
            "UPDATE investigative.registry_personrecord SET given = '', family = '', alias = 'x'"
            " WHERE id = %s", [number],
        )  # fmt: skip
        assert owner.execute(count, [number]).fetchone()[0] == 0


@committed
def test_c28_the_numbers_of_a_record_that_is_gone_are_gone(register, police_agency):
    made = Person.objects.create(agency=police_agency, entered_by="shooting", **CLOCK)
    record = PersonRecord.objects.create(
        agency=police_agency, person=made, family="Absent", content_key=uuid4(),
        first_said=AS_OF, last_said=AS_OF, **CLOCK,
    )  # fmt: skip
    tokens_write([(record.pk, tokens.Who(family="Absent"))])
    assert people("Absent") == [made.pk]
    table = "ALTER TABLE investigative.registry_personrecord {} TRIGGER kept_begins"
    with as_owner() as owner:
        owner.execute(table.format("DISABLE"))
        owner.execute("DELETE FROM investigative.registry_personrecord WHERE id = %s", [record.pk])
        owner.execute(table.format("ENABLE"))
    assert not RecordToken.objects.filter(of_record=record.pk).exists()


def test_a_merge_moves_what_is_found_and_a_split_moves_it_back(register):
    kept, gone = (Person.objects.get(pk=person(one)) for one in ("Ann", "Ben"))
    merge = people_merge(kept=kept, gone=gone, reason="One person.")
    assert people("Ben Okafor") == [kept.pk]
    merge_undo(merge=merge, because="Two people.")
    assert people("Ben Okafor") == [gone.pk]
    arrested = [one.pk for one in kept.records.all()][-1:]
    new = person_split(person=kept, records=arrested, because="Another.")
    assert set(people("Ann Lopez")) == {kept.pk, new.pk}


def test_the_numbers_made_anew_are_those_that_stood(register):
    before = set(RecordToken.objects.values_list("of_record", "token"))
    assert rebuild() == PersonRecord.objects.count()
    assert set(RecordToken.objects.values_list("of_record", "token")) == before


@committed
def test_c57_search_counts_against_the_reader_s_budget(register, account, reference):
    from ceasefire.access.budgets.refusals import OverBudget

    with as_owner() as owner:
        owner.execute("UPDATE access_readingbudget SET an_hour = 1, a_day = 1, after_step_up = 0")
    captain = actor_of_user(account(Role.CAPTAIN))
    with identity.acting(captain), stating(reference):
        for typed in ("Ann Lopez", "Ben Okafor"):
            found = [one.record for one in search(typed).matches]
            if typed == "Ben Okafor":
                with pytest.raises(OverBudget):
                    names.read(found)
            else:
                names.read(found)


def test_a_purpose_is_asked_before_the_box_is_shown(register, signed_in):
    page = signed_in(Role.CAPTAIN).get(reverse("people:find")).content.decode()
    assert "date of birth or case number" not in page


def test_an_empty_box_says_what_to_do(register, account, client, shootings):
    client.force_login(account(Role.CAPTAIN))
    url = reverse("people:find")
    client.post(url, stated(shootings))
    assert "Write a name" in client.post(url, {"terms": " "}).content.decode()
    shown = client.post(url, {"terms": "ann lopez"}).content.decode()
    assert "Lopez, Ann" in shown
    assert "the name" in shown
