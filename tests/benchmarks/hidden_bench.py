"""A record that must not seem to exist against one that does not: 2,000 interleaved requests.

The same page is asked in random order for a hidden record, for an absent one, and for a second
absent one, which shows what chance alone does. Two figures say whether somebody with a watch could
tell: how likely a hidden record takes longer than an absent one (0.5 is not at all), and the
p-value of the rank test (Mann-Whitney), which must stay above 0.001.
"""

import json
import random
import statistics
import time
from datetime import date

from tests.benchmarks import in_its_own_process, result, throw_away_home

ROWS, OF_EACH = 10_000, 50
REQUESTS, ROUNDS = 2_000, 3
TELLS_APART = 0.001
PASSWORD = "quartz lantern seven rivers"


def hidden(*, full: bool) -> list[dict]:
    return in_its_own_process(__name__, ROUNDS if full else 1)


def _rounds(rounds: int) -> list[dict]:
    with throw_away_home():
        client, numbers = _city()
        for numbers_of in numbers.values():
            [_asked(client, number) for number in numbers_of]
        return [_round(client, numbers, seed) for seed in range(rounds)]


def _city():
    """An analyst's client; the numbers of hidden records and of records that are gone."""
    from django.conf import settings
    from django.db import connections
    from django.test.utils import setup_test_environment

    from ceasefire.access import identity
    from ceasefire.access.partitions import Room
    from ceasefire.access.roles import Role
    from ceasefire.access.services import account_open, agency_record
    from ceasefire.access.walls.raising import wall_raise
    from tests import house
    from tests.conftest import in_force
    from tests.people import Person

    setup_test_environment()
    settings.ROOT_URLCONF = "tests.access_matrix.house_pages"
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": static}
    house.build()
    wall_raise(again=True)
    agency = in_force(agency_record(name="Rivermouth Police", kind="police"))
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        user = account_open(
            username="analyst", password=PASSWORD, display_name="An Analyst", role=Role.ANALYST,
            agency=agency, starts=date(2020, 1, 1),
        )  # fmt: skip
        _second_step(user)
    # Its own agency sees what is hidden, so another's rows are asked for.
    theirs = agency_record(name="Rivermouth Sheriff", kind="police")
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO house_whisper (agency_id, words, hidden)"
            " SELECT %s, 'x' || i, i %% 100 = 0 FROM generate_series(1, %s) AS i",
            [theirs.pk, ROWS],
        )
        cursor.execute("DELETE FROM house_whisper WHERE mod(id, 100) IN (1, 2)")
        cursor.execute("VACUUM ANALYZE house_whisper")
    client = Person()
    client.force_login(user)
    steps = {"hidden": 0, "absent": 1, "absent too": 2}
    return client, {
        kind: [100 * n + step for n in range(1, OF_EACH + 1)] for kind, step in steps.items()
    }


def _second_step(user) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())


def _asked(client, number: int) -> float:
    begun = time.perf_counter()
    answer = client.get(f"/house/whispers/{number}/")
    took = time.perf_counter() - begun
    assert answer.status_code == 404
    return took


def _round(client, numbers: dict, seed: int) -> dict:
    draw = random.Random(seed)
    order = [kind for kind in numbers for _each in range(REQUESTS // 2)]
    draw.shuffle(order)
    took = {kind: [] for kind in numbers}
    for kind in order:
        took[kind].append(_asked(client, draw.choice(numbers[kind])))
    return result(
        name=f"hidden or absent, round {seed + 1}", ours_s=statistics.median(took["hidden"]),
        other="absent", other_s=statistics.median(took["absent"]), n=REQUESTS,
    ) | told_apart(took)  # fmt: skip


def told_apart(took: dict) -> dict:
    from scipy.stats import mannwhitneyu

    longer, p_value = _ranks(mannwhitneyu(took["hidden"], took["absent"]), took)
    _chance, null = _ranks(mannwhitneyu(took["absent too"], took["absent"]), took)
    return {
        "hidden_takes_longer": longer, "p_value": p_value, "p_value_of_chance": null,
        "told_apart": p_value <= TELLS_APART,
    }  # fmt: skip


def _ranks(test, took: dict) -> tuple[float, float]:
    pairs = len(took["absent"]) ** 2
    return round(float(test.statistic) / pairs, 3), round(float(test.pvalue), 4)


if __name__ == "__main__":
    import sys

    print(json.dumps(_rounds(int(sys.argv[1]))))
