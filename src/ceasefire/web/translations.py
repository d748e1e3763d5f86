"""Keeps the catalogues in step with the code, without the GNU gettext programs.

`extract()` brings every .po up to date with the strings of the package; `compile()` turns each
.po into the .mo that Django reads, where the .po is newer. Only the .po files are kept.
"""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "web" / "locale"
CATALOGUE = Path("LC_MESSAGES") / "django.po"
HEADER = {
    "Project-Id-Version": "ceasefire",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"es": "nplurals=2; plural=(n != 1);"}

# Which places of a call hold the context, the string and its plural.
_SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_CALL = re.compile(r"\b(ngettext|npgettext|pgettext|gettext|_)\(")


@dataclass(frozen=True, order=True)
class Message:
    text: str
    plural: str = ""
    context: str = ""


def messages() -> dict[Message, set[str]]:
    """Every string of the package that is to be translated -> the files that hold it."""
    found: dict[Message, set[str]] = {}
    for path in _sources():
        for message in _of_file(path):
            found.setdefault(message, set()).add(path.relative_to(PACKAGE).as_posix())
    return found


def _sources() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if "migrations" in parts or "locale" in parts or "static" in parts:
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
            yield path


def _of_file(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _calls(ast.parse(text, str(path)))
        return
    marked = templatize(text, origin=str(path))
    for match in _CALL.finditer(marked):
        yield from _calls(_first_call(marked, match.start()))


def _first_call(text: str, start: int) -> ast.AST:
    """The call that begins at `start`, ending at the first bracket that completes it."""
    for end in (found.end() for found in re.finditer(r"\)", text[start:])):
        try:
            return ast.parse(text[start : start + end], mode="eval")
        except SyntaxError:
            continue
    return ast.Module(body=[], type_ignores=[])


def _calls(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _SHAPES:
            message = _message(node.args, *_SHAPES[_name(node.func)])
            if message:
                yield message


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _message(args, context: int | None, text: int, plural: int | None) -> Message | None:
    def words(place: int | None) -> str | None:
        if place is None:
            return ""
        node = args[place] if place < len(args) else None
        return node.value if isinstance(node, ast.Constant) else None

    parts = (words(text), words(plural), words(context))
    if any(not isinstance(part, str) for part in parts) or not parts[0]:
        return None
    return Message(*parts)


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob(f"*/{CATALOGUE.as_posix()}"))


def extract() -> None:
    """Write every catalogue anew: strings of today, their translations kept, in order."""
    found = messages()
    for path in catalogues():
        _updated(polib.pofile(str(path), wrapwidth=98), found, _language(path)).save(str(path))


def _language(path: Path) -> str:
    return path.parent.parent.name


def _updated(old: polib.POFile, found: dict[Message, set[str]], language: str) -> polib.POFile:
    new = polib.POFile(wrapwidth=98)
    new.metadata = {**HEADER, "Language": language, "Plural-Forms": PLURALS[language]}
    known = {_key(entry): entry for entry in old}
    for message in sorted(found):
        new.append(_entry(message, sorted(found[message]), known.get(message)))
    return new


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _entry(message: Message, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        occurrences=[(file, "") for file in files],
        flags=["python-format"] if "%(" in message.text else [],
    )
    if message.plural:
        entry.msgstr_plural = known.msgstr_plural if known else {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def compile() -> None:
    """Make each .mo that is missing or older than its .po; two processes may do so at once."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
