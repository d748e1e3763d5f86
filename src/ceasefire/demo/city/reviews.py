"""What detectives said in incident reviews, and the ties that they propose, with their sources."""

from collections.abc import Iterable
from datetime import date, timedelta

from .bits import Stream
from .people import Person
from .shootings import Shooting

REVIEW_FIELDS = ("REVIEW_NO", "REVIEWED", "INCIDENT_NO", "VICTIM_GROUP", "SUSPECT_GROUP")
SECOND_FIELDS = ("INCIDENT_NO", "BETWEEN")
TIE_FIELDS = (
    "RM_PERSON_ID", "GROUP_ID", "AS", "CONFIDENCE",
    "SOURCE_1", "FORM_1", "DATE_1", "SHOWS_1", "SOURCE_2", "FORM_2", "DATE_2", "SHOWS_2",
)  # fmt: skip
REVIEWED = timedelta(days=2 * 365)
REVIEWED_SHARE = 0.8
# In so many shootings a second coder says otherwise than the review.
DIFFERS_SHARE = 0.12
# Ties that suffice, and ties that are proposed and do not.
TIES, LACKING = 30, 6
_STRONG = (
    ("interview", "own_word"), ("court", "court"), ("report", "took_part"), ("report", "named"),
    ("warrant", "papers"),
)  # fmt: skip
_WEAK = (("report", "arrest"), ("report", "place"), ("online", "online"), ("tip", "named"))
_AS = ("member", "member", "member", "associate", "past")
_CONFIDENCE = ("high", "moderate", "moderate", "low")


def review_rows(seed: int, shootings: Iterable[Shooting], end: date) -> list[tuple]:
    """Shootings between groups of the last two years, as far as detectives could tell."""
    stream, rows = Stream(seed, "incident reviews"), []
    for shooting in shootings:
        told = shooting.target and shooting.source and shooting.day + REVIEWED >= end
        if told and stream.chance(REVIEWED_SHARE):
            day = min(end, shooting.day + timedelta(days=stream.between(3, 12)))
            number = f"IR{day.year % 100}-{len(rows) + 1:04}"
            rows.append(
                (number, day.isoformat(), shooting.number, shooting.target.code,
                 shooting.source.code)
            )  # fmt: skip
    return rows


def second_rows(
    seed: int, shootings: Iterable[Shooting], told: list[tuple], end: date
) -> tuple[list[tuple], list[str]]:
    """Whether a second coder takes each shooting of those years to be between groups (Y or N).

    told: the rows of the reviews. Returns the rows, and the shootings in which the second coder
    says otherwise than they do.
    """
    stream, rows, differing = Stream(seed, "second coder"), [], []
    reviewed = {row[REVIEW_FIELDS.index("INCIDENT_NO")] for row in told}
    for shooting in shootings:
        if shooting.day + REVIEWED >= end:
            differs = stream.chance(DIFFERS_SHARE)
            if differs:
                differing.append(shooting.number)
            between = (shooting.number in reviewed) != differs
            rows.append((shooting.number, "Y" if between else "N"))
    return rows, differing


def tie_rows(
    seed: int, involved: list[list], people: dict[str, Person], end: date
) -> tuple[list[tuple], list[list]]:
    """Ties of grown people who are on file by a shooting. Returns the rows, and the truth of each.

    involved: (shooting, person, role, record) of everybody on file. In the truth stands whether
    the person is of that group, and whether the sources suffice.
    """
    stream = Stream(seed, "ties")
    known = {person: record for _number, person, _role, record in involved}
    grown = sorted(
        code for code in known
        if people[code].group and people[code].age_on(end) >= 18 and people[code].died is None
    )  # fmt: skip
    chosen = stream.sample(grown, min(TIES + LACKING, len(grown)))
    rows, truth = [], []
    for nth, code in enumerate(chosen):
        suffices = nth < TIES
        kinds = stream.sample(_STRONG if suffices else _WEAK, 2)
        cited = [
            told for at, (form, shows) in enumerate(kinds, start=1)
            for told in (f"RS{nth + 1:03}-{at}", form, _day(stream, end), shows)
        ]  # fmt: skip
        group = people[code].group.code
        rows.append((known[code], group, stream.pick(_AS), stream.pick(_CONFIDENCE), *cited))
        truth.append([known[code], code, group, suffices])
    return rows, truth


def _day(stream: Stream, end: date) -> str:
    return (end - timedelta(days=stream.between(40, 640))).isoformat()
