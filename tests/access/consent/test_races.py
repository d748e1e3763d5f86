"""A consent that is taken back while others read, sign and take back at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from ceasefire.access import identity
from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.consent.services import consent_revoke
from ceasefire.access.partitions import Room
from tests.house import CasePlan

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(number, work):
    def alone(one):
        try:
            return work(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(alone, range(number)))


def test_c14_a_consent_taken_back_while_two_requests_run_closes_the_next_question_of_both(
    people, say, plan
):
    """Both have read the plan and go on; whatever they ask after that finds nothing."""
    said = say()
    read, taken_back = Barrier(3, timeout=30), Barrier(3, timeout=30)

    def request(_number):
        with identity.acting(people["partner"], Room.SERVICES), transaction.atomic():
            before = CasePlan.objects.count()
            read.wait()
            taken_back.wait()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM services.house_caseplan")
                return before, CasePlan.objects.count(), cursor.fetchone()[0]

    def take_back(_number):
        read.wait()
        with identity.acting(people["owner"], Room.SERVICES):
            done = consent_revoke(consent=said, how="phone")
        taken_back.wait()
        return done

    answers = in_threads(3, lambda number: take_back(number) if number == 2 else request(number))
    assert answers == [(1, 0, 0), (1, 0, 0), True]


def test_c14_two_who_take_it_back_at_once_make_one_end_and_one_notice(people, say):
    said = say()
    together = Barrier(2, timeout=30)

    def take_back(_number):
        with identity.acting(people["owner"], Room.SERVICES):
            together.wait()
            return consent_revoke(consent=said, how="phone")

    assert sorted(in_threads(2, take_back)) == [False, True]
    with identity.acting(people["owner"], Room.SERVICES):
        assert ConsentNotice.objects.count() == 1


def test_c14_a_yes_signed_while_another_is_taken_back_stands_by_itself(people, say):
    """Each paper is its own: taking one back leaves what was signed after it."""
    said = say()
    together = Barrier(2, timeout=30)

    def act(number):
        together.wait()
        if number:
            return say()
        with identity.acting(people["owner"], Room.SERVICES):
            return consent_revoke(consent=said, how="phone")

    in_threads(2, act)
    with identity.acting(people["owner"], Room.SERVICES):
        assert sorted(one.revoked_at is None for one in Consent.objects.all()) == [False, True]
