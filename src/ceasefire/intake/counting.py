"""Which rows count as shootings, by the answers saved with the feed."""

from ceasefire.kit.values import is_empty, parse_flag

from .mapping import Mapping
from .questions import BLANK
from .words import says_shooting


class Counted:
    """Decides row by row from the offence, the weapon and the shooting flag."""

    def __init__(self, mapping: Mapping) -> None:
        answers = mapping.answers
        self._offences = _texts(answers.get("offences"))
        self._weapons = _texts(answers.get("weapons"))
        self._flagged = answers.get("shooting_flag") == "only marked rows"
        self.needed = bool(self._offences or self._weapons or self._flagged)

    def mask(self, raw: dict[str, list], size: int) -> list[bool]:
        """True for each row that counts. A row whose offence says "shot" needs no weapon."""
        kept = [True] * size
        offences = raw.get("offence")
        if self._offences and offences:
            kept = [is_empty(text) or text.casefold() in self._offences for text in offences]
        if self._weapons and "weapon" in raw:
            kept = list(map(_and, kept, self._by_weapon(raw["weapon"], offences)))
        if self._flagged and "is_shooting" in raw:
            kept = [
                k and parse_flag(text) is True
                for k, text in zip(kept, raw["is_shooting"], strict=True)
            ]
        return kept

    def _by_weapon(self, weapons: list, offences: list | None) -> list[bool]:
        blank = BLANK in self._weapons
        named = [blank if is_empty(text) else text.casefold() in self._weapons for text in weapons]
        if offences is None:
            return named
        shot = {text: bool(text) and says_shooting(text) for text in set(offences)}
        return [ok or shot[text] for ok, text in zip(named, offences, strict=True)]


def _and(a: bool, b: bool) -> bool:
    return a and b


def _texts(answer: list[str] | str | None) -> frozenset[str]:
    if not answer:
        return frozenset()
    return frozenset(text.casefold() for text in ([answer] if isinstance(answer, str) else answer))
