"""Finds a person's name in free text, in whatever spelling of accents, case and order.

Only names of two words and more are looked for: one word alone is too often somebody else, or a
street. What is found becomes "(removed)". A namesake's text loses the name too; that a name stays
is the worse fault (99 reports of a city kept theirs for three years after a purge).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction

from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.retention import dependencies
from ceasefire.access.retention.models import RetentionReview
from ceasefire.access.retention.reaches import sweep_all
from ceasefire.access.retention.warrants import one, warrant
from ceasefire.access.sealing.fields import SealedField, SealedJSONField

INSTEAD = "(removed)"
_BETWEEN = r"[\s,.-]+"
_ACCENTS = "[\u0300-\u036f]*"


def _base(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0]
    return plain.casefold()


def _alike() -> dict[str, str]:
    """Base letter -> every Latin letter that is the same but for case and accents."""
    found = defaultdict(set)
    for code in (*range(0x41, 0x7B), *range(0xC0, 0x180)):
        if (letter := chr(code)).isalpha():
            found[_base(letter)].add(letter)
    return {base: "".join(sorted(letters)) for base, letters in found.items()}


_ALIKE = _alike()


def pattern_of(names: Iterable[str]) -> str:
    """A pattern for Python and PostgreSQL alike; empty where no name has two words."""
    forms = {form for name in names for form in _forms(_words(name))}
    if not forms:
        return ""
    return f"(?<![A-Za-z])(?:{'|'.join(sorted(forms, key=lambda f: (-len(f), f)))})(?![A-Za-z])"


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFC", name)
    return [word for word in re.split(r"[\s,.]+", plain) if any(map(str.isalpha, word))]


def _forms(words: list[str]) -> Iterator[str]:
    if len(words) < 2:
        return
    spelled = [_spelled(word) for word in words]
    *given, last = spelled
    yield _BETWEEN.join(spelled)
    yield _BETWEEN.join([last, *given])
    yield _BETWEEN.join([given[0], last])
    yield _BETWEEN.join([last, given[0]])


def _spelled(word: str) -> str:
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    if letter in "'’ʼ`´":
        return "['’ʼ`´]?"
    if letter == "-":
        return r"[\s-]?"
    same = _ALIKE.get(_base(letter))
    return f"[{same}]{_ACCENTS}" if same else re.escape(letter)


def sweep_copies(*, names: Iterable[str], room: Room, run: int) -> None:
    """Take names out of the text of a room and of the machinery, and count that for the run."""
    pattern = pattern_of(names)
    if not pattern:
        return
    with transaction.atomic():
        one(
            "wall.purge_sweep(%s, %s, %s, %s, %s, %s)", room.value, pattern, INSTEAD, run,
            *warrant(f"sweep:{room.value}:{run}"),
        )  # fmt: skip
    compiled = re.compile(pattern)
    for what, many in (*_sweep_sealed(room, compiled).items(), *sweep_all(compiled).items()):
        one("wall.purge_note(%s, %s, %s, %s, %s)", run, what, many,
            *warrant(f"note:{run}:{what}:{many}"))  # fmt: skip


def _sweep_sealed(room: Room, pattern: re.Pattern) -> Counter[str]:
    """How many texts lost a name; and in which table one stayed, because nobody may change it."""
    found: Counter[str] = Counter()
    for model in dependencies.sealed_models():
        fixed = policy_of(model).fixed
        for row in _rows(model, room) if (fields := _text_fields(model)) else ():
            told = [field for field in fields if _clean(row, field, pattern)]
            kept = [field for field in told if field.name in fixed]
            found["sealed text"] += _save(row, [field for field in told if field not in kept])
            found[f"sealed text left in {model._meta.label_lower}"] += len(kept)
    return found


def _rows(model, room: Room) -> Iterable:
    """The rows of a room. What a hold, an order or the court still needs is not touched."""
    rows = model._default_manager.select_related("record_key")
    if model is RetentionReview:
        return rows.filter(room=room).iterator(500)
    return rows.iterator(500) if policy_of(model).room is room else ()


def _text_fields(model) -> list[SealedField]:
    told = dependencies.telling(model)
    fields = (f for f in model._meta.concrete_fields if isinstance(f, SealedField))
    return [field for field in fields if field not in told]


def _save(row, fields: list[SealedField]) -> int:
    if fields:
        row.save(update_fields=[field.attname for field in fields])
    return len(fields)


def _clean(row, field: SealedField, pattern: re.Pattern) -> bool:
    """Whether the name was in it. Nothing is found in a destroyed value: it reads as such."""
    value = getattr(row, field.attname)
    if value is None or row.record_key.is_destroyed:
        return False
    clean = (
        _without(value, pattern)
        if isinstance(field, SealedJSONField)
        else (pattern.sub(INSTEAD, value))
    )
    if clean == value:
        return False
    setattr(row, field.attname, clean)
    return True


def _without(value, pattern: re.Pattern):
    """The same JSON with the names taken out of its texts, keys too."""
    if isinstance(value, str):
        return pattern.sub(INSTEAD, value)
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    if isinstance(value, dict):
        return {_without(key, pattern): _without(each, pattern) for key, each in value.items()}
    return value
