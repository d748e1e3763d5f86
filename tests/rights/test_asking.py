"""C42: anybody may ask, without an account; it is sealed, answered by each holder, and silent."""

import os
import re
import time
import uuid
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity, names
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.rights import selectors, services
from ceasefire.rights.codes import code_of
from ceasefire.rights.models import ANSWERS, Due, InvestigativeAnswer, Request
from tests.access_matrix.asking import bytes_of
from tests.people import Person
from tests.rights.conftest import held_of, owing
from tests.threads import together
from tests.walls import as_owner, shows

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
ASKED = {"kind": "held", "name": "Ann Lopez", "contact": "12 Oak St"}


def form(**more):
    return {"token": str(uuid.uuid4()), **ASKED, **more}


def test_c42_anybody_asks_on_the_public_page_without_an_account(client):
    page = client.get(reverse("rights:ask"))
    assert page.status_code == 200
    assert "<script" not in page.content.decode().split("<body")[1]
    sent = client.post(reverse("rights:ask"), told := form())
    assert code_of(uuid.UUID(told["token"])) in sent.content.decode()


def test_the_public_page_speaks_spanish_and_so_do_its_letters(client, operator):
    client.post(reverse("language"), {"language": "es"})
    assert 'lang="es"' in client.get(reverse("rights:ask")).content.decode()
    client.post(reverse("rights:ask"), form())
    assert Request.objects.get().language == "es"


def test_a_form_sent_twice_is_one_request_and_shows_one_code(client, operator):
    told = form()
    first, second = (client.post(reverse("rights:ask"), told) for _nth in range(2))
    code = code_of(uuid.UUID(told["token"]))
    assert code in first.content.decode()
    assert code in second.content.decode()
    assert Request.objects.count() == 1


@committed
def test_one_form_sent_twice_at_once_is_one_request(ask, operator):
    token = uuid.uuid4()
    codes = together(*[(identity.OPERATOR, lambda: ask(token=token))] * 2)
    assert codes == [code_of(token)] * 2
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    "missing", [{"name": ""}, {"contact": ""}, {"kind": "contest"}, {"kind": "everything"}]
)
def test_what_is_missing_is_said_at_its_field(client, operator, missing):
    answer = client.post(reverse("rights:ask"), form(**missing))
    assert answer.status_code == 422
    assert not Request.objects.exists()


def test_one_address_that_sends_too_many_is_told_to_wait(client, operator):
    sent = [client.post(reverse("rights:ask"), form()).status_code for _nth in range(11)]
    assert sent == [200] * 10 + [429]
    assert Request.objects.count() == 10


def test_a_flood_of_codes_is_stopped(client):
    sent = [client.post(reverse("rights:state"), {"code": "AAAA"}).status_code for _n in range(61)]
    assert set(sent[:60]) == {422}
    assert sent[60] == 429


@committed
def test_c42_who_asks_is_sealed_and_behind_the_names_door(ask, people):
    ask("Ann Lopez", words="It was my sister.")
    with as_owner() as owner:
        row = str(owner.execute("SELECT r FROM rights_request r").fetchone())
    assert not shows(row, "Lopez")
    assert not shows(row, "sister")
    assert not shows(row, "Oak")
    with identity.acting(people["clerk"], Room.AGGREGATE):
        one = Request.objects.get()
        assert names.read([one])[one.pk].name == "Ann Lopez"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT name FROM rights_request")


def test_nobody_s_statement_takes_in_a_request_of_its_own(people):
    refused = pytest.raises(DatabaseError, match="own pages")
    with identity.acting(people["officer"]), connection.cursor() as cursor, refused:
        cursor.execute("SELECT wall.rights_ask('{}', 99999999999, '\\x00')")


def test_c42_until_it_is_shown_who_asks_no_holder_sees_the_request(ask, people):
    ask()
    for who in ("analyst", "director", "outreach"):
        with identity.acting(people[who], Room.AGGREGATE):
            assert not Request.objects.exists()
            assert not Due.objects.exists()


def test_c42_every_holder_owes_an_answer_within_thirty_days(identified, people):
    request = identified()
    with identity.acting(people["clerk"], Room.AGGREGATE):
        kinds = set(Due.objects.values_list("agency__kind", flat=True))
        days = {(one.due_on - timezone.localdate()).days for one in Due.objects.all()}
        services.identity_confirm(request=request, how="document")
        assert Due.objects.count() == len(kinds)
    assert {"police", "ceasefire", "community"} <= kinds
    assert days == {30}


def test_a_request_of_which_nobody_shows_who_asks_is_closed_and_answered_by_nobody(ask, people):
    code = ask()
    with identity.acting(people["clerk"], Room.AGGREGATE):
        one = Request.objects.get()
        services.request_close(request=one, because="Nobody came.")
        services.identity_confirm(request=one, how="document")
        assert not Due.objects.exists()
    assert selectors.state(code).closed


def answered(actor, request, room=None, **more):
    with identity.acting(actor, room):
        due = owing(actor, request, purpose=room is None)
        return services.request_answer(due=due, outcome="cannot", **more)


def test_c42_each_holder_answers_in_its_own_room_and_no_clerk_learns_what(identified, people):
    request = identified()
    answered(people["analyst"], request, because="An open case.")
    with identity.acting(people["clerk"], Room.AGGREGATE):
        done = {one.agency.kind for one in Due.objects.exclude(done_at=None)}
        for model in ANSWERS.values():
            refused(model)
    assert done == {"police"}
    for who in ("director", "outreach"):
        with identity.acting(people[who]):
            refused(InvestigativeAnswer)


def refused(model):
    """The table is another room's: neither wall gives a row of it."""
    assert not model.objects.exists()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"SELECT count(*) FROM {model._meta.db_table}")


def test_c42_the_four_standing_people_find_the_answer_only_if_it_is_theirs(identified, people):
    answered(people["analyst"], identified())
    found = {}
    for who in ("analyst", "captain", "officer", "prosecutor", "neighbour"):
        with identity.acting(people[who], Room.INVESTIGATIVE):
            found[who] = InvestigativeAnswer.objects.count()
    assert found == {"analyst": 1, "captain": 1, "officer": 0, "prosecutor": 0, "neighbour": 0}


@committed
def test_an_answer_given_twice_at_once_is_one_answer(identified, people):
    request = identified()
    both = together(*[(people["analyst"], lambda: _answer(people["analyst"], request))] * 2)
    assert both[0] == both[1]


def _answer(actor, request):
    return services.request_answer(due=selectors.owed_of(request.pk), outcome="cannot")


def test_an_answer_is_not_changed_once_it_is_given(identified, people):
    request = identified()
    answered(people["analyst"], request)
    again = answered(people["analyst"], request)
    with identity.acting(people["analyst"]):
        assert InvestigativeAnswer.objects.get() == again
        with pytest.raises(DatabaseError), transaction.atomic():
            InvestigativeAnswer.objects.update(outcome="given")


@pytest.fixture
def two(register, identified, people):
    """Ann, who is in an active case, and Nia, who is in no file: both answered the same way."""
    requests = [identified(one) for one in ("Ann Lopez", "Nia Absent")]
    answered(people["analyst"], requests[0], because="An open case.")
    answered(people["analyst"], requests[1])
    return requests


@pytest.fixture
def analyst_at_work(account, people):
    from ceasefire.access.models import User

    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        user = User.objects.get(username="analyst")
    browser = Person()
    browser.force_login(user)
    return browser


def test_c42_the_pages_give_the_same_file_for_withheld_and_absent(two, analyst_at_work):
    answers = [analyst_at_work.get(reverse("answers:letter", args=[one.pk])) for one in two]
    assert answers[0].content == answers[1].content
    assert [one.status_code for one in answers] == [200, 200]


def test_a_holder_tells_on_its_page_what_is_ticked(register, identified, people, analyst_at_work):
    request = identified("Ann Lopez")
    with identity.acting(people["analyst"]):
        owing(people["analyst"], request)
        held = held_of("Ann")
    number, url = held.key.partition(":")[2], reverse("answers:answer", args=[request.pk])
    page = analyst_at_work.get(url, {"person": number}).content.decode()
    assert "Lopez, Ann" in page
    told = {"person": number, "outcome": "given", "entries": [held.entries[0].key]}
    assert analyst_at_work.post(url, told).status_code == 302
    with identity.acting(people["analyst"]):
        done = selectors.answer_of(selectors.owed_of(request.pk))
        assert done.told[0] == ["What is held", [f"{held.entries[0].says} (Rivermouth Police)"]]


def test_a_number_of_nobody_s_finds_nobody_on_the_holder_s_page(identified, analyst_at_work):
    url = reverse("answers:answer", args=[identified().pk])
    for typed in ("999999999", "x", "9" * 30, "-1"):
        page = analyst_at_work.get(url, {"person": typed})
        assert page.status_code == 200


def test_c42_the_letters_to_somebody_in_an_active_case_and_to_somebody_absent_are_the_same_bytes(
    two, people
):
    from ceasefire.rights import letters

    made = []
    for request in two:
        with identity.acting(people["analyst"]):
            done = selectors.answer_of(selectors.owed_of(request.pk))
            letters.cannot_confirm.cache_clear()
            made.append(letters.answered(done))
    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF")


def test_c42_withheld_and_absent_are_answered_by_the_same_statements(register, identified, people):
    shapes = []
    for name, because in (("Ann Lopez", "An open case."), ("Nia Absent", "")):
        request = identified(name)
        with identity.acting(people["analyst"]):
            due = owing(people["analyst"], request)
            with CaptureQueriesContext(connection) as asked:
                services.request_answer(due=due, outcome="cannot", because=because)
        shapes.append([re.sub(r"_x\d+|\(.*", "", one["sql"])[:90] for one in asked])
    assert shapes[0] == shapes[1]


def test_c42_the_person_s_own_page_shows_the_same_bytes_for_both(ask, people, register, client):
    seen = []
    for name, because in (("Ann Lopez", "An open case."), ("Nia Absent", "")):
        code = ask(name)
        with identity.acting(people["clerk"], Room.AGGREGATE):
            request = Request.objects.latest("pk")
            services.identity_confirm(request=request, how="document")
        answered(people["analyst"], request, because=because)
        url = reverse("rights:state")
        answer = client.post(url, {"code": code})
        assert answer.status_code == 200
        answer.content = answer.content.replace(code.encode(), b"CODE")
        seen.append(bytes_of(answer, url))
    assert seen[0] == seen[1]


def test_what_is_told_names_every_entry_and_who_received_it(register, identified, people):
    from ceasefire.rights import letters
    from ceasefire.rights.views.holders import _told

    request = identified("Ann Lopez", language="es")
    with identity.acting(people["analyst"]):
        due = owing(people["analyst"], request)
        held = held_of("Ann")
        told = _told(due, held, {"entries": [one.key for one in held.entries]})
        made = services.request_answer(due=due, outcome="given", told=told)
        assert made.told == told
        assert letters.answered(made).startswith(b"%PDF")
    said = " ".join(line for _heading, lines in told for line in lines)
    assert "Lopez, Ann" in said
    assert "Assault" in said
    assert "Rivermouth Police" in told[1][1]


def test_an_answer_that_tells_nothing_is_refused(identified, people):
    request = identified()
    with identity.acting(people["analyst"]):
        due = owing(people["analyst"], request)
    with identity.acting(people["analyst"]), pytest.raises(ValidationError, match="Tick"):
        services.request_answer(due=due, outcome="given", told=[])


@pytest.mark.parametrize("language", ["en", "es"])
def test_c42_the_letter_that_confirms_nothing_is_the_same_file_on_another_day(language):
    from ceasefire.rights import letters

    made = []
    for day in (1_700_000_000, 1_900_000_000):
        letters.cannot_confirm.cache_clear()
        with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": str(day)}):
            made.append(letters.cannot_confirm(language))
        time.sleep(1.1)
    assert made[0] == made[1]
    assert b"CreationDate" not in made[0]


def reviewed(people, request, outcome="tell"):
    """The person asks for a review; the auditor finds something."""
    with identity.acting(people["clerk"], Room.AGGREGATE):
        services.review_ask(request=request)
    with identity.acting(people["auditor"], Room.INVESTIGATIVE):
        held = selectors.reviews().get()
        return services.answer_review(answer=held, outcome=outcome, reasons="The case is closed.")


def test_c42_a_refusal_has_its_reasons_and_an_auditor_reads_them_once_the_person_asks(
    identified, people
):
    request = identified()
    answered(people["analyst"], request, because="An open case.")
    with identity.acting(people["auditor"], Room.INVESTIGATIVE), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM investigative.rights_investigativeanswer")
        assert (InvestigativeAnswer.objects.count(), *cursor.fetchone()) == (0, 0)
    with identity.acting(people["clerk"], Room.AGGREGATE):
        services.review_ask(request=request)
    with identity.acting(people["auditor"], Room.INVESTIGATIVE):
        assert selectors.reviews().get().because == "An open case."


def test_c42_what_a_reviewer_wants_told_is_owed_and_answered_anew(identified, people):
    request = identified()
    answered(people["analyst"], request, because="An open case.")
    reviewed(people, request)
    with identity.acting(people["analyst"]):
        due = selectors.owed_of(request.pk)
        assert due.done_at is None
        again = services.request_answer(due=due, outcome="given", told=[["Held", ["A record."]]])
        assert (again.round, selectors.owed_of(request.pk).done_at is None) == (2, False)


def test_c42_nobody_but_an_auditor_reviews_and_only_once(identified, people):
    request = identified()
    held = answered(people["analyst"], request)
    with identity.acting(people["analyst"]):
        with pytest.raises(NotPermitted):
            services.answer_review(answer=held, outcome="stands", reasons="Mine.")
        with pytest.raises(DatabaseError, match="auditor"), transaction.atomic():
            InvestigativeAnswer.objects.update(review_outcome="stands", reviewed_at="2026-01-01")
    reviewed(people, request, "stands")
    with pytest.raises(ValidationError, match="meantime"):
        reviewed(people, request, "tell")


def test_c42_a_review_is_asked_of_every_holder_alike(identified, people):
    request = identified()
    with identity.acting(people["clerk"], Room.AGGREGATE):
        services.review_ask(request=request)
        assert not Due.objects.filter(review_asked_at=None).exists()


def test_c42_an_auditor_who_reviews_an_answer_does_not_change_it(identified, people):
    request = identified()
    answered(people["analyst"], request)
    with identity.acting(people["clerk"], Room.AGGREGATE):
        services.review_ask(request=request)
    with identity.acting(people["auditor"], Room.INVESTIGATIVE):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic():
            InvestigativeAnswer.objects.update(outcome="given")
