"""Records of invented people for measuring linkage: households, and a second record of some.

Names are made of syllables, a few of them common and most of them rare. People live together:
many share a family name, an address and a telephone with others, some a birthday (twins) or a
given name too (a father and his son). A second record differs from the first as clerks' records
differ. The same number gives the same records.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    *("record_id", "first_name", "last_name", "dob", "address", "city", "zip", "phone"),
    "state_id",
)
FIRST, LAST, BORN, ADDRESS, CITY, ZIP, PHONE, STATE_ID = range(8)
ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "y",
    "z",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ia", "oo"]
CODAS = ["", "", "", "l", "n", "nd", "r", "rt", "s", "th", "x"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TWINS, JUNIORS = 0.02, 0.02

Record = list[str]


def write_people(path: Path, n: int, *, again: float = 0.1, seed: int = 0) -> None:
    """n records, that share of them of somebody who has one already. record_id: person-copy."""
    chance = random.Random(f"{seed}:{n}")
    firsts = list(_people(chance, n - round(n * again)))
    seconds = [(who, _differing(chance, firsts[who])) for who in
               (chance.randrange(len(firsts)) for _ in range(n - len(firsts)))]  # fmt: skip
    rows = [(f"{who}-0", *record) for who, record in enumerate(firsts)]
    rows += [(f"{who}-{1 + nth}", *record) for nth, (who, record) in enumerate(seconds)]
    chance.shuffle(rows)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


def person_of(record_id: str) -> str:
    return record_id.split("-")[0]


def _people(chance: random.Random, n: int) -> Iterator[Record]:
    given = [_word(chance, 2) for _ in range(max(400, n // 100))]
    family = [_word(chance, 3) for _ in range(max(2_000, n // 20))]
    streets = [f"{_word(chance, 2)} {kind}" for kind in ("ST", "AVE", "RD") for _ in range(300)]
    made = 0
    while made < n:
        for one in _household(chance, given, family, streets)[: n - made]:
            made += 1
            yield one


def _household(chance: random.Random, given, family, streets) -> list[Record]:
    """One to five people of one home."""
    name = _common(chance, family)
    address = f"{chance.randrange(1, 9_900)} {chance.choice(streets)}".upper()
    place = f"TOWN {chance.randrange(12)}", f"97{chance.randrange(90):03}"
    phone = f"503{chance.randrange(10**7):07}"
    people: list[Record] = []
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 5))):
        born = date(1945, 1, 1) + timedelta(days=chance.randrange(65 * 365))
        one = [_common(chance, given), name if chance.random() < 0.8 else _common(chance, family),
               f"{born:%m/%d/%Y}", address, *place, phone if chance.random() < 0.7 else "",
               str(chance.randrange(10**7, 10**8)) if chance.random() < 0.4 else ""]  # fmt: skip
        if people and chance.random() < TWINS:
            one[BORN] = people[0][BORN]
        elif people and chance.random() < JUNIORS:
            one[FIRST], one[LAST] = people[0][FIRST], people[0][LAST]
        people.append(one)
    return people


def _common(chance: random.Random, words: list[str]) -> str:
    """Few are common, most are rare."""
    return words[int(len(words) * chance.random() ** 2.5)]


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(
        chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)
        for _ in range(chance.randint(1, syllables))
    ).capitalize()


def _differing(chance: random.Random, first: Record) -> Record:
    """The same person as another clerk has written them: one to three things are otherwise."""
    record = list(first)
    changes = chance.sample(range(len(CHANGES)), chance.choice((1, 1, 2, 2, 3)))
    for nth in sorted(changes):
        CHANGES[nth](chance, record)
    return record


def _slip(chance: random.Random, text: str) -> str:
    """A letter or figure left out, added, changed, or two of them swapped."""
    if len(text) < 3:
        return text
    at = chance.randrange(1, len(text) - 1)
    kinds = LETTERS if text[at].isalpha() else "0123456789"
    return chance.choice((
        text[:at] + text[at + 1:], text[:at] + chance.choice(kinds) + text[at:],
        text[:at] + chance.choice(kinds) + text[at + 1:],
        text[:at] + text[at + 1] + text[at] + text[at + 2:],
    ))  # fmt: skip


def _misspelt(field: int):
    def change(chance, record):
        record[field] = _slip(chance, record[field])

    return change


def _without(*fields: int):
    def change(chance, record):
        for field in fields:
            record[field] = ""

    return change


def _day_for_month(_chance, record):
    month, day, year = record[BORN].split("/")
    record[BORN] = f"{day}/{month}/{year}" if int(day) <= 12 else f"{month}/{int(day) - 1}/{year}"


def _figure_of_birth(chance, record):
    """Another day, or another year."""
    month, day, year = record[BORN].split("/")
    if chance.random() < 0.5:
        record[BORN] = f"{month}/{1 + int(day) % 28}/{year}"
    else:
        record[BORN] = f"{month}/{day}/{int(year) + chance.choice((-10, -1, 1, 10))}"


def _other_way_round(_chance, record):
    record[FIRST], record[LAST] = record[LAST], record[FIRST]


def _short(_chance, record):
    record[FIRST] = record[FIRST][: max(3, len(record[FIRST]) // 2)]


def _moved(chance, record):
    record[ADDRESS] = f"{chance.randrange(1, 9_900)} {_word(chance, 2)} ST".upper()
    record[ZIP], record[PHONE] = f"97{chance.randrange(90):03}", ""


# What leaves something out comes last.
CHANGES = (
    _misspelt(FIRST), _misspelt(LAST), _misspelt(ADDRESS), _misspelt(FIRST), _misspelt(LAST),
    _day_for_month, _figure_of_birth, _other_way_round, _short, _moved,
    _without(PHONE), _without(STATE_ID), _without(ADDRESS, ZIP), _without(BORN),
)  # fmt: skip
