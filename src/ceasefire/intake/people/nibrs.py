"""NIBRS's codes in words, and which rows of such a file tell of somebody in a shooting.

Record systems export the incident, offence, victim, offender and arrestee segments flattened to
one row for each person of an incident. Codes: FBI, NIBRS Technical Specification, data elements
6, 13, 25, 26-30, 33, 35.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from ceasefire.intake.columns import Bad
from ceasefire.kit.values import Age, Profile, is_unknown

# Offences in which a weapon is used on somebody. In 520 one may merely be owned.
KILLING = frozenset({"09A", "09B", "09C"})
ON_SOMEBODY = KILLING | {"13A", "13B", "120", "100", "11A", "11B", "11C", "11D", "210"}
OFFENCES = ON_SOMEBODY | {
    *("200", "220", "23A", "23B", "23C", "23D", "23F", "23G", "23H", "240", "250", "26A", "290"),
    *("35A", "35B", "370", "39A", "40A", "510", "520", "521", "522", "64A", "64B", "720", "90B"),
    *("90C", "90D", "90F", "90J", "90Z", "13C", "36A", "36B", "26B", "270", "280"),
}
FIREARMS = frozenset({"11", "12", "13", "14", "15"})
WEAPONS = FIREARMS | {
    *("20", "30", "35", "40", "50", "60", "65", "70", "85", "90", "95", "99")
}  # fmt: skip
UNHURT = "N"
INJURIES = frozenset("NBILMOTU")
PEOPLE, NO_PEOPLE = frozenset("IL"), frozenset("BFGRSOU")
RACES = {
    "W": "White", "B": "Black or African American", "I": "American Indian or Alaska Native",
    "A": "Asian", "P": "Native Hawaiian or Other Pacific Islander", "U": "",
}  # fmt: skip
ETHNICITIES = {"H": "Hispanic or Latino", "N": "", "U": ""}
RELATIONS = frozenset(
    [
        "SE",
        "CS",
        "PA",
        "SB",
        "CH",
        "GP",
        "GC",
        "IL",
        "SP",
        "SC",
        "SS",
        "OF",
        "AQ",
        "FR",
        "NE",
        "BE",
        "BG",
        "CF",
        "HR",
        "XS",
        "EE",
        "ER",
        "OK",
        "RU",
        "ST",
        "VO",
        "XR",
    ]
)
ROLES = {"V": "victim", "O": "offender", "A": "arrestee", "S": "suspect", "W": "witness"}
INFANTS = frozenset({"NN", "NB", "BB"})
UNKNOWN_AGE, OVER_98 = "00", "99"
_BETWEEN = re.compile(r"[\s,;|/+]+")
_RANGE = re.compile(r"(\d{2})\s*-?\s*(\d{2})")
_WEAPON = re.compile(r"(\d{2})A?")


def codes(text: str | None) -> tuple[str, ...]:
    """'13A; 520' as ('13A', '520')."""
    return tuple(one for one in _BETWEEN.split((text or "").strip().upper()) if one)


def weapons(text: str | None) -> tuple[str, ...]:
    """The weapon codes of a cell; the A of an automatic weapon is left off."""
    found = (_WEAPON.fullmatch(one) for one in codes(text))
    return tuple(one[1] for one in found if one and one[1] in WEAPONS)


def has_firearm(text: str | None) -> bool:
    return not FIREARMS.isdisjoint(weapons(text))


def age(text: str | None) -> Age | Bad | None:
    """An age code: NN, NB, BB under a year; 00 unknown; 99 over 98; 2530 or 25-30 a range."""
    text = (text or "").strip().upper()
    if is_unknown(text) or text in (UNKNOWN_AGE, "000", "0"):
        return None
    if text in INFANTS:
        return Age(0, 0, 0)
    if text == OVER_98:
        return Age(None, 99, None)
    if found := _RANGE.fullmatch(text):
        low, high = int(found[1]), int(found[2])
        if low < high:
            return Age(None, low, high)
    elif text.isdecimal() and int(text) < 99:
        return Age(int(text), int(text), int(text))
    return Bad(f'"{text[:10]}" is no age code of NIBRS', "left empty", False)


def race(race_code: str | None, ethnicity: str | None) -> str:
    """Both in words; a word that is no code stays as it was written."""
    told = [_of(RACES, race_code), _of(ETHNICITIES, ethnicity)]
    return ", ".join(one for one in told if one)


def _of(words: dict[str, str], text: str | None) -> str:
    text = (text or "").strip()
    return words.get(text.upper(), text)


def fits(known: frozenset[str], read: Callable = codes) -> Callable[[Profile], float]:
    """How many of a column's cells hold nothing but such codes; below nine in ten, 0."""

    def share(profile: Profile) -> float:
        good = profile.share(lambda text: _all_in(read(text), known))
        return good if good >= 0.9 else 0.0

    return share


def _all_in(found: tuple[str, ...], known: frozenset[str]) -> bool:
    return bool(found) and known.issuperset(found)


class Sieve:
    """Rows of such a file until the last is read: what is said of an incident may stand in any."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, dict]] = []
        self._shot: set[str] = set()

    def add(self, number: int, told: dict) -> None:
        used = not ON_SOMEBODY.isdisjoint(codes(told.get("offence_code")))
        if used and has_firearm(told.get("weapon_code")):
            self._shot.add(told.get("incident_number"))
        self._rows.append((number, told))

    def sifted(self, counted: Counter) -> Iterator[tuple[int, dict]]:
        """Rows of somebody by name in a shooting, in our words; the others are counted.

        counted: shootings and other incidents, and by each the rows that are not taken in.
        """
        numbers = {told.get("incident_number") for _number, told in self._rows} - {None}
        counted["shootings"] = len(self._shot & numbers)
        counted["others"] = len(numbers - self._shot)
        hurt_unnamed = set()
        for number, told in self._rows:
            if told.get("incident_number") not in self._shot:
                counted["rows of others"] += 1
            elif not _is_person(told):
                counted["no person"] += 1
            elif not any(told.get(name) for name in ("given", "family", "name", "alias")):
                counted["unnamed"] += 1
                hurt_unnamed.add(told["incident_number"])
            else:
                yield number, in_words(told)
        counted["with unnamed"] = len(hurt_unnamed)


def _is_person(told: dict) -> bool:
    return (told.get("victim_type") or "I").strip().upper() in PEOPLE


def in_words(told: dict) -> dict:
    """A row's codes as roles.py and the register read them."""
    role = (told.get("role") or "").strip()
    role = ROLES.get(role.upper(), role)
    said = told | {
        "role": role or None, "race": race(told.get("race"), told.get("ethnicity")) or None
    }  # fmt: skip
    if "victim" in role.casefold():
        said |= _harm(told)
    return said


def _harm(told: dict) -> dict:
    """Murder has no injury of its own in NIBRS: one beside it is another victim's."""
    injuries = set(codes(told.get("injury_code"))) & INJURIES
    if not injuries and not KILLING.isdisjoint(codes(told.get("offence_code"))):
        return {"outcome": "killed"}
    if injuries == {UNHURT}:
        return {"role": "shot at", "outcome": None}
    return {"outcome": "wounded" if injuries else told.get("outcome")}


def notes(counted: Counter) -> list[str]:
    """What was understood of the file, in words, for its preview."""
    told = [
        _("Read as NIBRS: %(shootings)d incidents with a firearm used on somebody; "
          "%(others)d others, whose rows are not taken in.") % counted_as(counted)
    ]  # fmt: skip
    if counted["no person"]:
        told.append(
            _("%(no_person)d victims are a business, the public or another body, and nobody.")
            % counted_as(counted)
        )
    if counted["unnamed"]:
        told.append(
            _("%(unnamed)d rows name nobody, in %(with_unnamed)d of these incidents: they are "
              "counted here and bring nobody into the register.") % counted_as(counted)
        )  # fmt: skip
    return told


def counted_as(counted: Counter) -> dict[str, int]:
    names = ("shootings", "others", "rows of others", "no person", "unnamed", "with unnamed")
    return {name.replace(" ", "_"): counted[name] for name in names}
