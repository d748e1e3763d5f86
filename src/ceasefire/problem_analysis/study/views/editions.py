"""An edition: its items by chapter, one item, its files; freezing, publishing, comparing."""

from collections.abc import Iterator
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.gates import everyone
from ceasefire.access.partitions import Room
from ceasefire.kit.tables import Link, Number
from ceasefire.problem_analysis.study import comparing, files, services
from ceasefire.problem_analysis.study.items.order import CHAPTERS
from ceasefire.problem_analysis.study.models import Edition, PublicEdition
from ceasefire.problem_analysis.study.results import read
from ceasefire.problem_analysis.study.views.common import (
    AUTHORS,
    authors,
    edition_or_404,
    readers,
)
from ceasefire.registry import words

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_DIFFERENCES = 500


@readers("GET")
def edition(request, pk):
    one = edition_or_404(pk)
    others = one.study.editions.exclude(pk=one.pk)
    context = _contents(one, "problem_analysis:item") | {
        "study": one.study,
        "may_write": request.actor.role in AUTHORS,
        "published": PublicEdition.objects.filter(edition=one.pk).first(),
        "others": others,
        "facts": _facts(one),
    }
    return render(request, "problem_analysis/edition.html", context)


def _facts(one: Edition) -> list[tuple]:
    left_out = sum(one.plan["left_out"].values())
    return [
        (_("State"), one.get_state_display()),
        (_("What counts as a shooting"), one.plan["definition"]),
        (_("Left out of its days"), _("%(n)s shootings") % {"n": left_out}),
        (_("As of"), words.moment(one.as_of) if one.as_of else ""),
        (_("Fingerprint of what was read"), one.data_hash),
        (_("Fingerprint of what it says"), one.content_hash),
        (_("Code that counted"), one.code_version),
    ]


def _contents(one: Edition | PublicEdition, page: str) -> dict:
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


@readers("GET")
def item(request, pk, number):
    one = edition_or_404(pk)
    back = reverse("problem_analysis:edition", args=[pk])
    return _item(request, one, number, back, "problem_analysis:item")


def _item(request, one: Edition | PublicEdition, number: str, back: str, page: str):
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


@readers("GET")
def edition_pdf(request, pk):
    return _pdf(edition_or_404(pk), pk, request.actor.name)


@readers("GET")
def edition_workbook(request, pk):
    return _workbook(edition_or_404(pk), pk)


def _pdf(one, number: int, reader: str) -> HttpResponse:
    return _file(files.pdf(one, reader=reader), "application/pdf", f"study-{number}.pdf")


def _workbook(one, number: int) -> HttpResponse:
    held = BytesIO()
    files.workbook(one).save(held)
    return _file(held.getvalue(), SHEET, f"study-{number}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@authors("POST")
def freeze(request, pk):
    services.edition_freeze(edition=edition_or_404(pk))
    messages.success(request, _("The edition is frozen: what it says stays."))
    return redirect("problem_analysis:edition", pk)


@authors("POST")
def publish(request, pk):
    try:
        made = services.edition_publish(edition=edition_or_404(pk))
    except services.NotYet as refusal:
        messages.error(request, str(refusal))
        return redirect("problem_analysis:edition", pk)
    messages.success(request, _("The public edition is made."))
    return redirect("problem_analysis:published", made.pk)


@readers("GET")
def compare(request, pk, other):
    one, against = edition_or_404(pk), edition_or_404(other)
    found = comparing.compared(against, one)
    context = {
        "one": one, "against": against, "all": len(found), "most": MOST_DIFFERENCES,
        "columns": [_("Table"), _("Row"), _("Column"), Number(str(against)), Number(str(one))],
        "rows": list(_differences(found[:MOST_DIFFERENCES], against, one)),
    }  # fmt: skip
    return render(request, "problem_analysis/compare.html", context)


def _differences(found, against: Edition, one: Edition) -> Iterator[list]:
    """In words: what each cell is called in whichever edition has it."""
    show, labels = files.showing("screen"), {}
    for edition in (against, one):
        for item in edition.items:
            for table in item["tables"]:
                heads = {c["key"]: show.words(c["label"]) for c in table["columns"]}
                for row in table["rows"]:
                    labels[item["number"], table["key"], row["key"]] = (
                        f"{item['number']} {show.words(table['caption'])}",
                        show.words(row["label"]), heads,
                    )  # fmt: skip
    for each in found:
        table, row, heads = labels[each.item, each.table, each.row]
        link = Link(table, reverse("problem_analysis:item", args=[one.pk, each.item]))
        yield [link, row, heads.get(each.column, each.column), _cell(each.one), _cell(each.other)]


def _cell(value: float | None) -> str:
    return "–" if value is None else words.number(value, 0 if float(value).is_integer() else 3)


anybody = everyone(Room.AGGREGATE)


@anybody
def published_all(request):
    rows = [
        [Link(one.title, reverse("problem_analysis:published", args=[one.pk])),
         f"{words.day(one.starts)} – {words.day(one.ends)}", words.moment(one.published_at)]
        for one in PublicEdition.objects.all()
    ]  # fmt: skip
    columns = [_("Study"), _("Shootings of"), _("Published")]
    return render(request, "problem_analysis/published_all.html",
                  {"rows": rows, "columns": columns})  # fmt: skip


def _public_or_404(pk: int) -> PublicEdition:
    found = PublicEdition.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@anybody
def published(request, pk):
    one = _public_or_404(pk)
    return render(request, "problem_analysis/published.html",
                  _contents(one, "problem_analysis:published_item"))  # fmt: skip


@anybody
def published_item(request, pk, number):
    back = reverse("problem_analysis:published", args=[pk])
    return _item(request, _public_or_404(pk), number, back, "problem_analysis:published_item")


@anybody
def published_pdf(request, pk):
    return _pdf(_public_or_404(pk), pk, request.actor.name)


@anybody
def published_workbook(request, pk):
    return _workbook(_public_or_404(pk), pk)
