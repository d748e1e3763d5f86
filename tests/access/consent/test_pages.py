"""The worker's pages: a person's consents, recording, taking back in two taps, what ends soon."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.partitions import Room
from tests.access.consent.conftest import KEY
from tests.people import Person

TODAY = date.today()
FIRST, OF, NEW = (
    reverse("consent:due"),
    reverse("consent:person", args=[KEY]),
    reverse("consent:new", args=[KEY]),
)


def signed_in_as(user):
    client = Person()
    client.force_login(user)
    return client


@pytest.fixture
def worker(users):
    return signed_in_as(users["owner"])


def typed(agencies, **words):
    return {
        "answer": "agreed", "voice": "person", "scopes": ["plan"],
        "recipient": agencies["partner"].pk, "purpose": "To plan together",
        "given_on": TODAY.isoformat(), "expires_on": (TODAY + timedelta(days=20)).isoformat(),
        "method": "paper", "signature": "A. Client",
    } | words  # fmt: skip


def text(answer) -> str:
    return answer.content.decode()


def test_c13_a_worker_records_what_was_said_and_finds_it_again(worker, agencies):
    assert "Nothing has been said yet" in text(worker.get(OF))
    done = worker.post(NEW, typed(agencies), follow=True)
    assert "It is recorded." in text(done)
    assert "A. Client" in text(done)
    assert "The plan and its goals" in text(worker.get(OF))
    assert KEY in text(worker.get(FIRST)), "it ends within thirty days"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scopes": []}, "This field is required"),
        ({"expires_on": ""}, "Every consent has a last day"),
        ({"expires_on": "2199-01-01"}, "within twelve months"),
        ({"signature": ""}, "Write the name that was signed"),
        ({"recipient": "999999"}, "Select a valid choice"),
        ({"recipient": ""}, "Choose one agency here"),
        ({"given_on": "never"}, "Enter a valid date"),
        ({"answer": "yes"}, "Select a valid choice"),
        ({"scopes": ["everything"]}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    worker, agencies, people, change, words
):
    answer = worker.post(NEW, typed(agencies, **change))
    assert answer.status_code == 200
    assert words in text(answer)
    with identity.acting(people["owner"], Room.SERVICES):
        assert not Consent.objects.exists()


def test_a_second_paper_on_the_same_is_shown_the_first_and_recorded_only_past_it(
    worker, agencies, people
):
    worker.post(NEW, typed(agencies))
    again = worker.post(NEW, typed(agencies))
    assert "has said something about the same already" in text(again)
    worker.post(NEW, typed(agencies, again="on"))
    with identity.acting(people["owner"], Room.SERVICES):
        assert Consent.objects.count() == 2


def test_c15_a_refusal_is_recorded_without_signature_or_last_day(worker, agencies):
    no = typed(agencies, answer="declined", expires_on="", method="", signature="")
    done = text(worker.post(NEW, no, follow=True))
    assert "It is recorded." in done
    assert "declined" in done


def test_c14_it_is_taken_back_in_two_taps_and_colleagues_are_told(
    worker, agencies, people, users, account
):
    worker.post(NEW, typed(agencies))
    with identity.acting(people["owner"], Room.SERVICES):
        said = Consent.objects.get()
    page = text(worker.get(reverse("consent:one", args=[said.pk])))
    tap = reverse("consent:revoke", args=[said.pk])
    assert tap in page
    assert 'value="phone"' in text(worker.get(tap))
    assert "Say how the person told you" in text(worker.post(tap, {"how": "smoke"}, follow=True))
    done = text(worker.post(tap, {"how": "phone"}, follow=True))
    assert "taken back" in done
    assert tap not in done
    colleague = signed_in_as(account(people["owner"].role, agencies["owner"], username="second"))
    assert "took back" in text(colleague.get(FIRST))
    with identity.acting(people["owner"], Room.SERVICES):
        notice = ConsentNotice.objects.get()
    colleague.post(reverse("consent:seen", args=[notice.pk]))
    assert "took back" not in text(colleague.get(FIRST))


@pytest.mark.parametrize("who", ["partner", "outsider", "police", "probation"])
def test_c13_another_organisation_and_law_enforcement_find_no_paper(
    who, worker, agencies, people, users
):
    worker.post(NEW, typed(agencies))
    with identity.acting(people["owner"], Room.SERVICES):
        pk = Consent.objects.get().pk
    reader = signed_in_as(users[who])
    absent = reader.get(reverse("consent:one", args=[10**9]))
    for name in ("consent:one", "consent:revoke"):
        answer = reader.get(reverse(name, args=[pk]))
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert reader.post(reverse("consent:revoke", args=[pk]), {"how": "phone"}).status_code == 404
    listed = reader.get(OF)
    assert listed.status_code == 404 or "Nothing has been said yet" in text(listed)


def test_c15_a_paper_that_a_refusal_closes_says_so(worker, say):
    said = say(guardian_needed=True)
    one = reverse("consent:one", args=[said.pk])
    assert "Tell nothing" in text(worker.get(one))
    say(voice="guardian")
    assert "Tell nothing" not in text(worker.get(one))
    say("declined", "guardian")
    assert "Tell nothing" in text(worker.get(one))
    outside = say(to=None, recipient_outside="Dr. Outside")
    say("declined", to=None, recipient_outside=" dr. outside")
    assert "Tell nothing" in text(worker.get(reverse("consent:one", args=[outside.pk])))


@pytest.mark.parametrize("key", ["John Doe", "client:12", "a.b:0", "a.b:99999999999999999999"])
def test_a_key_that_is_no_key_is_not_found(worker, key):
    assert worker.get(reverse("consent:person", args=[key])).status_code == 404
    assert "Write the file&#x27;s key" in text(worker.get(FIRST, {"person": key}))


def test_a_list_costs_the_same_queries_however_long_it_is(
    worker, say, django_assert_max_num_queries
):
    for _n in range(12):
        say()
    with django_assert_max_num_queries(30):
        assert text(worker.get(OF)).count("The plan and its goals") == 12
    with django_assert_max_num_queries(30):
        worker.get(FIRST)
