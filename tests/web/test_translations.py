"""Every string of the product has a Spanish translation with the same placeholders."""

import re

import polib
import pytest

from ceasefire.web import translations
from ceasefire.web.translations import Message

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
SPANISH = translations.LOCALE / "es" / translations.CATALOGUE


@pytest.fixture(scope="module")
def catalogue():
    return {translations._key(entry): entry for entry in polib.pofile(str(SPANISH))}


def test_every_string_of_the_code_is_in_the_catalogue(catalogue):
    missing = sorted(
        message.text for message in translations.messages() if message not in catalogue
    )
    assert not missing, f"run ceasefire.web.translations.extract() and translate: {missing}"


def test_every_string_is_translated(catalogue):
    assert not [key.text for key, entry in catalogue.items() if not entry.translated()]


def test_placeholders_are_the_same_in_both_languages(catalogue):
    for key, entry in catalogue.items():
        wanted = placeholders(key.text) | placeholders(key.plural)
        for words in [entry.msgstr, *entry.msgstr_plural.values()]:
            if words:
                assert placeholders(words) == wanted or placeholders(words) == placeholders(
                    key.text
                )


def placeholders(words):
    return {named or braced for named, braced in PLACEHOLDER.findall(words)}


def test_strings_are_found_in_python_and_in_templates(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "a.py").write_text(
        'x = _("one" " two")\ny = ngettext("%(n)s cat", "%(n)s cats", n)\nz = pgettext("c", "t")\n'
    )
    (tmp_path / "templates" / "a.html").write_text(
        '{% translate "three" %} it\'s {% card _("four") %}\n'
        "{% blocktranslate with a=b %}five {{ a }} (6){% endblocktranslate %}"
    )
    assert set(translations.messages()) == {
        Message("one two"),
        Message("%(n)s cat", "%(n)s cats"),
        Message("t", context="c"),
        Message("three"),
        Message("four"),
        Message("five %(a)s (6)"),
    }


def test_extracting_keeps_translations_and_drops_what_is_gone(tmp_path, monkeypatch):
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "django.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "kept"\nmsgstr "guardado"\n\nmsgid "gone"\nmsgstr "x"\n'
    )
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    found = {Message("kept"): {"a.py"}, Message("new"): {"a.py"}}
    monkeypatch.setattr(translations, "messages", lambda: found)
    translations.extract()
    entries = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert entries == {"kept": "guardado", "new": ""}


def test_compiling_makes_what_is_older_and_leaves_the_rest(tmp_path, monkeypatch):
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n')
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    translations.compile()
    made = folder / "django.mo"
    before = made.stat().st_mtime_ns
    assert polib.mofile(str(made))[0].msgstr == "b"
    translations.compile()
    assert made.stat().st_mtime_ns == before
    assert not list(folder.glob("*.tmp"))
