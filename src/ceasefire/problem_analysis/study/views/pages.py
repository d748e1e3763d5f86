"""What pages of an edition share, whoever may read it: its contents, one item, its files."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ceasefire.problem_analysis.study import files
from ceasefire.problem_analysis.study.items.order import CHAPTERS
from ceasefire.problem_analysis.study.models import Edition, PublicEdition
from ceasefire.problem_analysis.study.results import read

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def contents(one: Edition | PublicEdition, page: str) -> dict:
    show, items = files.showing("screen"), [read(item) for item in one.items]
    chapters = [
        (str(title), [
            (reverse(page, args=[one.pk, item.number]), item.number, show.words(item.title),
             bool(item.tables))
            for item in items if item.chapter == key
        ])
        for key, title in CHAPTERS.items()
    ]  # fmt: skip
    return {"edition": one, "chapters": [(title, rows) for title, rows in chapters if rows]}


def item_page(request, one: Edition | PublicEdition, number: str, back: str, page: str):
    items = [read(item) for item in one.items]
    at = next((i for i, item in enumerate(items) if item.number == number), None)
    if at is None:
        raise Http404
    show = files.showing("screen")
    context = {
        "edition": one, "back": back, "shown": show.item(items[at]),
        "earlier": _turn(show, items, at - 1, one, page),
        "later": _turn(show, items, at + 1, one, page),
    }  # fmt: skip
    return render(request, "problem_analysis/item.html", context)


def _turn(show, items, at: int, one, page: str) -> tuple[str, str] | None:
    if not 0 <= at < len(items):
        return None
    number = items[at].number
    return reverse(page, args=[one.pk, number]), f"{number} {show.words(items[at].title)}"


def pdf_file(one, number: int, reader: str) -> HttpResponse:
    return _file(files.pdf(one, reader=reader), "application/pdf", f"study-{number}.pdf")


def workbook_file(one, number: int) -> HttpResponse:
    held = BytesIO()
    files.workbook(one).save(held)
    return _file(held.getvalue(), SHEET, f"study-{number}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
