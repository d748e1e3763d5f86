"""The pages about studies in the access matrix."""

from datetime import date
from io import BytesIO

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.study.models import (
    Edition,
    Finding,
    PublicEdition,
    Reference,
    Study,
)
from ceasefire.problem_analysis.study.results import Item, kept
from ceasefire.problem_analysis.study.words import Sentence
from tests.access_matrix.declaring import Page
from tests.registry.affiliations.conftest import numbers
from tests.registry.people.matrix import for_a_shooting

ABSENT = [10**9]
DAYS = {"starts": date(2024, 1, 1), "ends": date(2025, 12, 31)}


def _item(words: str) -> dict:
    return kept(
        Item("T1", "trends", words, "", "", "", "", sentences=[Sentence(words)], notes=[],
             lacking=Sentence(words))
    )  # fmt: skip


def study(reader) -> Study:
    return Study.objects.create(title=f"{reader.planted} {next(numbers)}", kinds=["fatal"], **DAYS)


def edition(reader, state="draft") -> Edition:
    plan = {"city": "Rivermouth", "definition": reader.planted, "left_out": {}}
    made = Edition.objects.create(
        study=study(reader), plan=plan, items=[_item(reader.planted)], data_hash="0" * 64,
        content_hash="1" * 64, code_version="0",
    )  # fmt: skip
    if state == "frozen":
        Edition.objects.filter(pk=made.pk).update(state="frozen", frozen_at="2026-01-01T00:00Z")
    return made


@for_a_shooting
def a_study(reader):
    return [study(reader).pk]


@for_a_shooting
def an_edition(reader):
    return [edition(reader).pk]


@for_a_shooting
def an_edition_and_an_item(reader):
    return [edition(reader).pk, "T1"]


@for_a_shooting
def a_frozen_edition(reader):
    return [edition(reader, "frozen").pk]


@for_a_shooting
def two_editions(reader):
    return [edition(reader).pk, edition(reader).pk]


@for_a_shooting
def a_finding(reader):
    return [Finding.objects.create(study=study(reader), kind="finding", words=reader.planted).pk]


def _public(reader) -> PublicEdition:
    with identity.acting(identity.OPERATOR, Room.INVESTIGATIVE):
        return PublicEdition.objects.create(
            edition=next(numbers), title=reader.planted, city="Rivermouth", **DAYS,
            items=[_item(reader.planted)], content_hash="1" * 64,
        )  # fmt: skip


def a_public_edition(reader):
    return [_public(reader).pk]


def a_public_item(reader):
    return [_public(reader).pk, "T1"]


def _plan(_reader):
    return {"title": f"Study {next(numbers)}", "starts": "2024-01-01", "ends": "2025-12-31",
            "kinds": ["fatal", "injury"]}  # fmt: skip


def _sheet(answer) -> str:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(answer.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)


def _paper(answer) -> str:
    from tests.shooting_review.test_packet_pdf import words_of

    return words_of(answer.content)


ONE = {"model": Edition, "absent": ABSENT}
PUBLIC = {"model": PublicEdition, "absent": ABSENT}
PAGES = {
    "problem_analysis:studies": Page(beside=a_study, model=Study),
    "problem_analysis:study_plan": Page(
        model=Study, planted=lambda _reader: "Plan a study", form=_plan
    ),
    "problem_analysis:references": Page(
        model=Reference, planted=lambda _reader: "Figures from outside"
    ),
    "problem_analysis:study": Page(a_study, model=Study, absent=ABSENT),
    "problem_analysis:study_build": Page(a_study, model=Study, absent=ABSENT),
    "problem_analysis:finding": Page(
        a_study, model=Finding, absent=ABSENT,
        form=lambda _reader: {"kind": "finding", "words": f"Found {next(numbers)}."},
    ),
    "problem_analysis:finding_settle": Page(
        a_finding, model=Finding, absent=ABSENT, form=lambda _reader: {"state": "done"}
    ),
    "problem_analysis:edition": Page(an_edition, **ONE),
    "problem_analysis:item": Page(an_edition_and_an_item, model=Edition, absent=[10**9, "T1"]),
    "problem_analysis:edition_pdf": Page(an_edition, **ONE, text=_paper),
    "problem_analysis:edition_workbook": Page(an_edition, **ONE, text=_sheet),
    "problem_analysis:edition_freeze": Page(an_edition, **ONE, form=lambda _reader: {}),
    "problem_analysis:edition_publish": Page(
        a_frozen_edition, model=Edition, absent=ABSENT, form=lambda _reader: {}
    ),
    "problem_analysis:compare": Page(two_editions, model=Edition, absent=[10**9, 10**9]),
    "published:editions": Page(beside=a_public_edition, model=PublicEdition),
    "published:edition": Page(a_public_edition, **PUBLIC),
    "published:item": Page(a_public_item, model=PublicEdition, absent=[10**9, "T1"]),
    "published:pdf": Page(a_public_edition, **PUBLIC, text=_paper),
    "published:workbook": Page(a_public_edition, **PUBLIC, text=_sheet),
}  # fmt: skip
