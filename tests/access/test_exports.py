"""Tables leave by one way: for a purpose, with a right, marked, once, and for a while."""

import csv
import hashlib
import io
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.budgets.models import ReadingBudget
from ceasefire.access.budgets.refusals import OverBudget
from ceasefire.access.exports import tables
from ceasefire.access.exports.cells import FORMULA_STARTS, safe
from ceasefire.access.exports.commands import Exports
from ceasefire.access.exports.models import Export
from ceasefire.access.exports.services import (
    ExportRefused,
    export_approve,
    export_request,
    export_take,
    exports_expire,
)
from ceasefire.access.exports.tables import Column, Table
from ceasefire.access.exports.tracing import exports_in, identifiers_in
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.config.running import Refused
from tests.walls import as_owner

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://elsewhere";"press")'
WHY = "weekly review, 4 May"


@dataclass
class Person:
    name: str
    note: str
    number: float
    at: datetime


def people(count, note=FORMULA):
    at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    return [Person(f"Person {n}", note, n - 3, at) for n in range(count)]


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def table(monkeypatch):
    """A table of five people that analysts and captains export, names by captains alone."""
    tables.declared_tables()  # the product's own are found before this one stands in their place
    made = Table(
        name="people",
        title="People",
        room=Room.INVESTIGATIVE,
        columns=(
            Column("name", "Name", lambda row: row.name, names=True),
            Column("note", "Note", lambda row: row.note),
            Column("number", "Number", lambda row: row.number),
            Column("at", "At", lambda row: row.at),
        ),
        rows=lambda selection: people(selection.get("count", 5)),
        may_export=lambda actor: actor.role in (Role.ANALYST, Role.CAPTAIN),
        may_export_names=lambda actor: actor.role == Role.CAPTAIN,
    )
    monkeypatch.setattr(tables, "_tables", {"people": made})
    return made


@pytest.fixture
def actors(account):
    return {
        role: actor_of_user(account(role)) for role in (Role.ANALYST, Role.CAPTAIN, Role.OFFICER)
    }


@pytest.fixture
def analyst(actors, table):
    with identity.acting(actors[Role.ANALYST]) as actor:
        yield actor


def ask(count=5, **words):
    return export_request(
        **{"table": "people", "purpose": WHY, "selection": {"count": count}} | words
    )


def as_csv(made):
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_c44_exporting_is_a_right_of_its_own(actors, table):
    with identity.acting(actors[Role.OFFICER]), pytest.raises(NotPermitted, match="this table"):
        ask()
    with identity.acting(identity.OPERATOR):
        assert not Export.objects.exists()


def test_c44_name_columns_are_a_second_right(actors, analyst):
    with pytest.raises(NotPermitted, match="columns with names"):
        ask(columns=["name", "note"])
    with identity.acting(actors[Role.CAPTAIN]):
        assert ask(columns=["name"]).with_names


def test_columns_with_names_are_left_out_unless_asked_for(analyst):
    export = ask()
    assert export.columns == ["note", "number", "at"]
    assert b"Person 1" not in export_take(export=export)


def test_c44_an_export_says_its_purpose(analyst):
    with pytest.raises(ExportRefused, match="has a purpose"):
        ask(purpose="  ")


def test_c44_more_rows_than_the_cap_are_refused_with_the_remedy(analyst, settings):
    settings.EXPORT_ROWS_MOST = 30
    assert ask(30).rows == 30
    with pytest.raises(ExportRefused, match=r"More than 30 rows.*Narrow the dates"):
        ask(31)


def test_c44_more_than_25_people_want_a_second_person(actors, analyst):
    assert not ask(25).wants_approval
    export = ask(26)
    with pytest.raises(ExportRefused, match="waits for a second person"):
        export_take(export=export)
    with pytest.raises(NotPermitted, match="somebody else"):
        export_approve(export=export)
    with identity.acting(actors[Role.OFFICER]), pytest.raises(NotPermitted):
        export_approve(export=export)
    with identity.acting(actors[Role.CAPTAIN]):
        export_approve(export=export)
        with pytest.raises(ExportRefused, match="no approval any more"):
            export_approve(export=export)
    assert len(as_csv(export_take(export=export))) == 28


def test_rows_about_nobody_want_no_second_person(analyst, table, monkeypatch):
    nobody = replace(table, person_linked=False)
    monkeypatch.setattr(tables, "_tables", {"people": nobody})
    assert not ask(100).wants_approval


def test_c44_the_database_refuses_an_approval_by_the_maker(actors, analyst):
    export = ask(26)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(approved_by_id=export.maker_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(taken_at=timezone.now(), sha256="x")


def test_c44_a_file_is_taken_once_and_by_its_maker_alone(actors, analyst):
    export = ask()
    with identity.acting(actors[Role.CAPTAIN]), pytest.raises(NotPermitted, match="takes it"):
        export_take(export=export)
    made = export_take(export=export)
    export.refresh_from_db()
    assert export.sha256 == hashlib.sha256(made).hexdigest()
    with pytest.raises(ExportRefused, match="taken already"):
        export_take(export=export)


def test_c44_an_expired_export_is_not_taken(analyst, settings):
    settings.EXPORT_HOURS = 0
    export = ask()
    with pytest.raises(ExportRefused, match="has expired"):
        export_take(export=export)


def test_a_right_that_was_lost_since_asking_stops_the_file(analyst, table, monkeypatch):
    export = ask()
    lost = replace(table, may_export=lambda actor: False)
    monkeypatch.setattr(tables, "_tables", {"people": lost})
    with pytest.raises(NotPermitted):
        export_take(export=export)


def test_a_table_that_grew_past_what_was_asked_for_is_asked_for_again(analyst, table, monkeypatch):
    export = ask()
    grown = replace(table, rows=lambda selection: people(6))
    monkeypatch.setattr(tables, "_tables", {"people": grown})
    with pytest.raises(ExportRefused, match="has grown"):
        export_take(export=export)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"table": "other"}, "no table 'other'"),
        ({"columns": ["note", "secret"]}, "no column secret"),
        ({"columns": []}, "at least one column"),
        ({"form": "pdf"}, "CSV or as an Excel workbook"),
    ],
)
def test_a_wrong_request_says_what_is_wrong(analyst, words, why):
    with pytest.raises(ExportRefused, match=why):
        ask(**words)


def test_c44_a_csv_file_runs_no_formula_and_keeps_negative_numbers(analyst):
    lines = as_csv(export_take(export=ask()))
    assert lines[0] == ["Note", "Number", "At", "Export"]
    assert lines[1][0] == f"'{FORMULA}"
    assert [line[1] for line in lines[1:6]] == ["-3", "-2", "-1", "0", "1"]
    assert WHY in lines[-1][0]


def test_c44_a_workbook_types_every_text_as_text(analyst):
    made = export_take(export=ask(form="xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (FORMULA, "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (-3, "n")
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=40))
def test_any_text_leaves_in_both_forms(analyst, table, text):
    odd = replace(table, rows=lambda selection: people(2, text))
    tables.declare(odd)
    for form in Export.Form.values:
        assert export_take(export=ask(form=form))
    assert not safe(text).lstrip(" ").startswith(FORMULA_STARTS) or float(text) <= 0


def test_c44_a_row_that_is_left_of_a_csv_file_names_its_exporter(analyst, tmp_path):
    export = ask()
    lines = export_take(export=export).splitlines(keepends=True)
    left = tmp_path / "left.csv"
    left.write_bytes(lines[3])
    assert exports_in(left) == [export]


def test_c44_a_workbook_with_rows_cut_and_saved_again_names_its_exporter(analyst, tmp_path):
    export = ask(form="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(export_take(export=export)))
    book.active.delete_rows(4, 90)
    book.active.delete_rows(1, 2)
    left = tmp_path / "left.xlsx"
    book.properties.identifier = book.properties.description = None
    book.active.oddFooter.center.text = None
    book.save(left)
    assert exports_in(left) == [export]
    for row in book.active:
        row[3].value = None
    book.properties.identifier = export.identifier
    book.save(left)
    assert exports_in(left) == [export]


def test_an_identifier_is_found_wherever_it_lies_in_a_large_file(tmp_path):
    file = tmp_path / "large.txt"
    name = b"CF-7K2M-9QXD-4TBN"
    for before in ((1 << 20) - 8, (1 << 20) - 17, 3 << 20):
        file.write_bytes(b"x" * before + name + b" end")
        assert identifiers_in(file) == {name.decode()}
    file.write_bytes("CF-7K2M-9QXD-4TBN".encode("utf-16"))
    assert identifiers_in(file) == {name.decode()}


def test_export_who_names_exporter_and_time(analyst, account, tmp_path, capsys):
    export = ask()
    left = tmp_path / "left.csv"
    left.write_bytes(export_take(export=export))
    arguments = Namespace(verb="who", file=left, json=False)
    with pytest.raises(Refused, match="an auditor may"):
        Exports().run(arguments)
    with identity.acting(actor_of_user(account(Role.AUDITOR))):
        (found,) = Exports().run(arguments)["exports"]
        assert (found["made_by"], found["purpose"]) == ("Test Crime analyst", WHY)
        assert found["made_at"] in capsys.readouterr().out
        left.write_text("name,age\n")
        with pytest.raises(Refused, match="no identifier"):
            Exports().run(arguments)
        left.write_text("CF-0000-0000-0000")
        with pytest.raises(Refused, match="made none of the exports"):
            Exports().run(arguments)


CHANGES = {
    "the columns": {"columns": ["name", "note"]},
    "the rows chosen": {"selection": {"count": 9999}},
    "the purpose": {"purpose": "something else"},
    "the time": {"expires_at": timezone.now() + timedelta(days=99)},
    "the maker": {"maker_id": None},
    "the need of a second person": {"wants_approval": False},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_c44_what_was_approved_cannot_be_edited(actors, analyst, change):
    export = ask(26)
    with identity.acting(actors[Role.CAPTAIN]):
        export_approve(export=export)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(**change)


def test_c44_nobody_approves_in_somebody_elses_name(actors, analyst):
    export = ask(26)
    other = actors[Role.CAPTAIN].user_id
    with pytest.raises(IntegrityError, match="by the asker alone"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(approved_by_id=other)
    small, taken = ask(), {"taken_at": timezone.now(), "sha256": "x"}
    with (
        identity.acting(actors[Role.OFFICER]),
        pytest.raises(IntegrityError, match="by who asked"),
        transaction.atomic(),
    ):
        Export.objects.filter(pk=small.pk).update(**taken)


def test_c44_an_export_stays_on_record(analyst):
    export = ask()
    with pytest.raises(ProgrammingError, match="stays on record"), transaction.atomic():
        Export.objects.filter(pk=export.pk).delete()
    export_take(export=export)
    with pytest.raises(IntegrityError, match="taken once"), transaction.atomic():
        Export.objects.filter(pk=export.pk).update(sha256="y")


def test_c57_a_file_that_nobody_approved_counts_as_reading(actors, analyst, table, monkeypatch):
    about = replace(table, subject=lambda row: f"house.tip:{row.name}")
    monkeypatch.setattr(tables, "_tables", {"people": about})
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        ReadingBudget.objects.filter(role="analyst").update(an_hour=30, after_step_up=0)
    for _time in range(2):  # the same people once more cost nothing
        export_take(export=ask(25))
    approved = ask(60)
    with identity.acting(actors[Role.CAPTAIN]):
        export_approve(export=approved)
    export_take(export=approved)
    monkeypatch.setattr(
        tables, "_tables", {"people": replace(about, rows=lambda _s: people(31)[6:])}
    )
    with pytest.raises(OverBudget), transaction.atomic():
        export_take(export=ask(25))


@pytest.mark.django_db(transaction=True)
def test_c18_asking_approving_taking_and_lapsing_are_in_the_log(actors, analyst, settings):
    with as_owner() as owner:
        last = "SELECT coalesce(max(id), 0) FROM access_auditentry"
        (since,) = owner.execute(last).fetchone()
        export = ask(26)
        with identity.acting(actors[Role.CAPTAIN]):
            export_approve(export=export)
        export_take(export=export)
        settings.EXPORT_HOURS = 0
        ask()
        assert exports_expire() == 1
        assert exports_expire() == 0
        told = owner.execute(
            "SELECT verb, user_id, purpose FROM access_auditentry WHERE id > %s"
            " AND verb LIKE 'export.%%' ORDER BY id", [since],
        ).fetchall()  # fmt: skip
    maker, captain = analyst.user_id, actors[Role.CAPTAIN].user_id
    assert told == [
        ("export.asked", maker, WHY),
        ("export.approved", captain, WHY),
        ("export.taken", maker, WHY),
        ("export.asked", maker, WHY),
        ("export.expired", maker, ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_c44_two_approvers_at_once_are_one_approval(analyst, actors, account, table):
    captains = [actors[Role.CAPTAIN], actor_of_user(account(Role.CAPTAIN, username="second"))]
    export = ask(26)

    def approve(captain):
        with identity.acting(captain):
            try:
                return export_approve(export=export).approved_by_id
            except ExportRefused as refusal:
                return str(refusal)
            finally:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(approve, captains))
    export.refresh_from_db()
    assert export.approved_by_id in [one.user_id for one in captains]
    assert sorted(type(answer) is int for answer in answers) == [False, True]
    assert export.approved_by_id in answers


@pytest.mark.django_db(transaction=True)
def test_c44_two_takings_at_once_give_one_file(analyst):
    export = ask()

    def take(_number):
        with identity.acting(analyst):
            try:
                return export_take(export=export)
            except ExportRefused as refusal:
                return str(refusal)
            finally:
                connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(take, range(2)))
    assert sorted(type(answer) for answer in answers if "taken already" in str(answer)) == [str]
    assert [type(answer) for answer in answers].count(bytes) == 1
