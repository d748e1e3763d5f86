"""Nobody looks up themselves or relatives: declared in secret, found by hashes, closed twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import audit, identity, interests
from ceasefire.access.asking import actor_of_user
from ceasefire.access.audit import key_of
from ceasefire.access.interests import meeting
from ceasefire.access.interests.models import DeclaredInterest, InterestFlag, InterestToken
from ceasefire.access.interests.services import (
    flag_decide,
    interest_declare,
    interest_take_back,
    record_close,
)
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from tests.house import Neighbour
from tests.people import Person
from tests.walls import as_owner, shows

pytestmark = pytest.mark.django_db
# Where the rows are looked at from another session, or two meet.
committed = pytest.mark.django_db(transaction=True)
Decision = InterestFlag.Decision


@pytest.fixture(autouse=True)
def in_one_session(request, monkeypatch):
    """What is written apart goes into the test's own transaction, save where rows are committed."""
    if not any(mark.kwargs for mark in request.node.iter_markers("django_db")):
        monkeypatch.setattr(meeting, "_apart", connection.cursor)
        monkeypatch.setattr(audit, "record_apart", audit.record)


@pytest.fixture
def users(keys, account):
    named = {"captain": Role.CAPTAIN, "colleague": Role.CAPTAIN, "auditor": Role.AUDITOR,
             "second": Role.AUDITOR, "worker": Role.OUTREACH}  # fmt: skip
    return {name: account(role, username=name) for name, role in named.items()}


@pytest.fixture
def people(users):
    return {name: actor_of_user(user) for name, user in users.items()}


@pytest.fixture
def declare(people):
    def one(name="Ramón Ibarra", who="captain", **words):
        with identity.acting(people[who], Room.AGGREGATE):
            return interest_declare(name=name, relation="family", **words)

    return one


@pytest.fixture
def neighbour(police_agency):
    """A record of a person of the declared name."""
    with identity.acting(identity.OPERATOR):
        return Neighbour.objects.create(agency=police_agency, words="Ramon Ibarra")


def opens(people, record, who="captain", names=("Ramon Ibarra",), address="", room=None):
    with identity.acting(people[who], room or people[who].home_room):
        return interests.may_open(record, names=names, address=address)


def seen(people, who="captain") -> tuple[int, int]:
    """How many records the reader gets through the policies, and with raw SQL."""
    with identity.acting(people[who], Room.INVESTIGATIVE), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM investigative.house_neighbour")
        return Neighbour.objects.count(), cursor.fetchone()[0]


def flags(people):
    with identity.acting(people["auditor"]):
        return list(InterestFlag.objects.values_list("record", "found", "decision"))


def test_c11_a_record_of_a_declared_person_does_not_open_and_is_gone_at_both_walls(
    people, declare, neighbour
):
    declare()
    assert seen(people) == (1, 1)
    assert not opens(people, neighbour)
    assert seen(people) == (0, 0)
    assert flags(people) == [(key_of(neighbour), "name", "")]
    assert opens(people, neighbour, "colleague")
    assert seen(people, "colleague") == (1, 1)


@pytest.mark.parametrize(
    ("names", "address", "found", "open_"),
    [
        (["Ramon Ibarra"], "", "name", False),
        (["Someone Else", "IBARRA, Ramón"], "", "name", False),
        (["Raymon Ibarra"], "", "name", False),
        (["Remon Ybarra"], "", "like", True),
        (["Lucia Ibarra"], "", "surname", True),
        (["Someone Else"], "1423 SE Alder St.", "address", True),
        (["Someone Else"], "1424 SE Alder St.", None, True),
        (["Ramon Else"], "", None, True),
        ([""], "", None, True),
    ],
)
def test_c11_the_whole_name_closes_and_what_is_near_goes_to_the_reviewer(
    people, declare, neighbour, names, address, found, open_
):
    declare(address="1423 SE Alder St")
    assert opens(people, neighbour, names=names, address=address) == open_
    assert [one[1] for one in flags(people)] == ([found] if found else [])


def test_c11_the_second_wall_alone_holds_too(people, declare, neighbour):
    declare()
    opens(people, neighbour)
    with identity.acting(people["captain"]), connection.cursor() as cursor:
        cursor.execute("UPDATE investigative.house_neighbour SET words = 'x'")
        assert cursor.rowcount == 0


@committed
def test_c11_the_first_wall_alone_holds_too(people, declare, neighbour):
    declare()
    opens(people, neighbour)
    with as_owner() as owner:
        owner.execute("ALTER TABLE investigative.house_neighbour DISABLE ROW LEVEL SECURITY")
        try:
            assert seen(people) == (0, 1)
        finally:
            owner.execute("ALTER TABLE investigative.house_neighbour ENABLE ROW LEVEL SECURITY")


@committed
def test_c11_what_was_met_stays_with_the_reviewer_though_the_page_is_lost(
    people, declare, neighbour
):
    declare()
    with identity.acting(people["captain"]), transaction.atomic():
        assert not interests.may_open(neighbour, names=["Ramon Ibarra"])
        transaction.set_rollback(True)
    assert len(flags(people)) == 1
    assert seen(people) == (0, 0)


@committed
def test_c11_nobody_else_reads_a_declaration_nor_the_reviewer(people, declare):
    declare(address="1423 SE Alder St")
    for who in ("colleague", "auditor", "worker"):
        with identity.acting(people[who], Room.AGGREGATE), connection.cursor() as cursor:
            assert not DeclaredInterest.objects.exists()
            assert not InterestToken.objects.exists()
            for table in ("access_declaredinterest", "access_interesttoken"):
                cursor.execute(f"SELECT count(*) FROM aggregate.{table}")
                assert cursor.fetchone() == (0,)
    with as_owner() as owner:
        (row,) = owner.execute("SELECT d::text FROM aggregate.access_declaredinterest d").fetchone()
        assert not [word for word in ("Ibarra", "Alder") if shows(row, word)]


def test_c11_nobody_declares_in_another_name_or_rewrites_a_declaration(people, users, declare):
    declare()
    with (
        identity.acting(people["colleague"], Room.AGGREGATE),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO aggregate.access_interesttoken"
            " (record_key_id, token, interest_id, account_id, word, near)"
            " SELECT gen_random_uuid(), gen_random_uuid(), 1, %s, 0, 'same'",
            [users["captain"].pk],
        )
    with (
        identity.acting(people["captain"], Room.AGGREGATE),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        DeclaredInterest.objects.update(words=9)


def test_c11_a_flag_is_written_in_the_own_name_alone(people, users):
    with (
        identity.acting(people["captain"]),
        pytest.raises(ProgrammingError, match=r"permission denied|row-level"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO aggregate.access_interestflag (account_id, record, found, made_at,"
            " decision, because) VALUES (%s, 'a.b:1', 'name', now(), '', '')",
            [users["colleague"].pk],
        )


def test_c11_nobody_meets_a_record_in_nobody_s_name(db):
    with (
        identity.showing(identity.NO_ROOM, "s:" + "0" * 64),
        pytest.raises(ProgrammingError, match="nobody is asking"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT wall.interest_met('a.b:1', 'name')")


def decided(people, decision, who="auditor", because="Another person of that name"):
    with identity.acting(people[who]):
        return flag_decide(flag=InterestFlag.objects.get(), decision=decision, because=because)


def test_c11_the_reviewer_opens_or_closes_in_words_and_that_outlasts_the_next_meeting(
    people, declare, neighbour
):
    declare()
    opens(people, neighbour)
    with pytest.raises(ValidationError, match="Say in words why"):
        decided(people, Decision.OPEN, because=" ")
    decided(people, Decision.OPEN)
    assert opens(people, neighbour)
    assert seen(people) == (1, 1)
    decided(people, Decision.CLOSED, "second")
    assert not opens(people, neighbour)
    assert seen(people) == (0, 0)


@committed
def test_c11_no_reviewer_decides_about_the_own_account(people, declare, neighbour):
    declare(who="auditor")
    opens(people, neighbour, "auditor")
    with pytest.raises(ValidationError, match="another reviewer"):
        decided(people, Decision.OPEN)
    with as_owner() as owner, pytest.raises(Exception, match="flag_is_decided_by_somebody_else"):
        owner.execute(
            "UPDATE aggregate.access_interestflag SET decision = 'open', because = 'x',"
            " decided_at = now(), decided_by_id = account_id"
        )
    with identity.acting(people["captain"]), pytest.raises(NotPermitted):
        flag_decide(flag=InterestFlag(pk=1), decision=Decision.OPEN, because="x")


def test_c11_a_surname_first_and_the_whole_name_after_closes(people, declare, neighbour):
    declare()
    assert opens(people, neighbour, names=["Lucia Ibarra"])
    assert not opens(people, neighbour)
    assert [one[1] for one in flags(people)] == ["name"]
    assert not opens(people, neighbour, names=["Lucia Ibarra"])


def test_c11_a_reviewer_closes_a_record_to_somebody_who_declared_nothing(people, users, neighbour):
    with identity.acting(people["auditor"]):
        record_close(account=users["captain"], record=key_of(neighbour), because="In the news")
    assert seen(people) == (0, 0)
    assert seen(people, "colleague") == (1, 1)


def test_c11_a_declaration_stands_until_the_reviewer_lets_it_go(people, declare, neighbour):
    declared = declare()
    with identity.acting(people["captain"], Room.AGGREGATE):
        interest_take_back(interest=declared)
    assert not opens(people, neighbour)
    with identity.acting(people["auditor"]):
        wish = InterestFlag.objects.get(found="take_back")
        flag_decide(flag=wish, decision=Decision.OPEN, because="Asked; a former neighbour")
        InterestFlag.objects.exclude(pk=wish.pk).delete()
    assert opens(people, neighbour)


def test_c11_asking_to_take_back_another_kind_of_record_lets_no_declaration_go(people, declare):
    """A wish on a record that has a declaration's number is not that declaration."""
    declared = declare()
    with identity.acting(people["captain"]), connection.cursor() as cursor:
        cursor.execute("SELECT wall.interest_met(%s, 'take_back')", [f"a.b:{declared.pk}"])
    decided(people, Decision.OPEN)
    with identity.acting(people["captain"], Room.AGGREGATE), connection.cursor() as cursor:
        cursor.execute("SELECT wall.interests_over()")
        assert cursor.fetchone() == ([],)


@committed
def test_c17_no_hash_of_a_record_s_name_is_kept_anywhere(people, declare, neighbour):
    declare()
    with as_owner() as owner:
        count = "SELECT count(*) FROM aggregate.access_interesttoken"
        before = owner.execute(count).fetchone()
        opens(people, neighbour)
        assert owner.execute(count).fetchone() == before


@committed
def test_two_meetings_at_once_make_one_flag_and_both_find_it_closed(people, declare, neighbour):
    declare()
    together = Barrier(2, timeout=30)

    def meet(_number):
        try:
            together.wait()
            return opens(people, neighbour)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(meet, range(2))) == [False, False]
    assert len(flags(people)) == 1


@committed
def test_the_database_takes_no_second_flag_of_a_record(people, declare, neighbour):
    declare()
    opens(people, neighbour)
    with as_owner() as owner, pytest.raises(Exception, match="one_flag_per_record"):
        owner.execute(
            "INSERT INTO aggregate.access_interestflag"
            " (account_id, record, found, made_at, decision, because)"
            " SELECT account_id, record, found, made_at, '', ''"
            " FROM aggregate.access_interestflag"
        )


NAMES = st.sampled_from(["Ana Diaz", "José Muñoz", "Lee Wong", "Ibarra", "Mary Ann O'Neil"])


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(declared=NAMES, shown=NAMES)
def test_c11_a_name_closes_exactly_to_whoever_declared_it(
    people, declare, neighbour, declared, shown
):
    with transaction.atomic():
        declare(declared)
        assert opens(people, neighbour, names=[shown.upper()]) == (declared != shown)
        transaction.set_rollback(True)


def client_of(user) -> Person:
    client = Person()
    client.force_login(user)
    return client


def test_my_declarations_are_mine_and_the_reviewer_s_list_names_nobody(people, users, neighbour):
    captain, auditor = client_of(users["captain"]), client_of(users["auditor"])
    mine = reverse("interests:mine")
    done = captain.post(mine, {"name": "Ramón Ibarra", "relation": "family"}, follow=True)
    assert "Ramón Ibarra" in done.content.decode()
    assert "Ramón" not in client_of(users["colleague"]).get(mine).content.decode()
    wrong = captain.post(mine, {"name": "12", "relation": "family"}).content.decode()
    assert "Write the name in letters" in wrong
    opens(people, neighbour)
    page = auditor.get(reverse("oversight:interests")).content.decode()
    assert key_of(neighbour) in page
    assert "Ram" not in page.replace("frame", "")
    with identity.acting(people["auditor"]):
        one = reverse("oversight:interest", args=[InterestFlag.objects.get().pk])
    assert "the whole name" in auditor.get(one).content.decode()
    empty = auditor.post(one, {"decision": "open", "because": ""}).content.decode()
    assert "This field is required" in empty
    saved = auditor.post(one, {"decision": "open", "because": "Not the same"}, follow=True)
    assert "The decision is saved." in saved.content.decode()
    assert seen(people) == (1, 1)


def test_a_reviewer_closes_by_hand_and_wrong_words_are_said_at_their_field(
    people, users, neighbour
):
    auditor, listed = client_of(users["auditor"]), reverse("oversight:interests")
    typed = {"account": "captain", "record": key_of(neighbour), "because": "In the news"}
    for change, words in (
        ({"account": "nobody"}, "There is no account of that name"),
        ({"record": "Ramon"}, "Write the kind and the number"),
        ({"because": ""}, "This field is required"),
        ({"account": "auditor"}, "another reviewer decides"),
    ):
        assert words in auditor.post(listed, typed | change).content.decode()
    assert seen(people) == (1, 1)
    assert "closed" in auditor.post(listed, typed, follow=True).content.decode()
    assert seen(people) == (0, 0)


def test_taking_back_asks_the_reviewer(people, users, declare):
    declared = declare()
    captain = client_of(users["captain"])
    done = captain.post(reverse("interests:take_back", args=[declared.pk]), follow=True)
    assert "Until then it stands" in done.content.decode()
    other = client_of(users["colleague"]).post(reverse("interests:take_back", args=[declared.pk]))
    assert other.status_code == 404
