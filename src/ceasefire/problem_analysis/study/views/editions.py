"""An edition: its items by chapter, one item, its files; freezing, publishing, comparing."""

from collections.abc import Iterator

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Link, Number
from ceasefire.problem_analysis.study import comparing, files, services
from ceasefire.problem_analysis.study.models import Edition, PublicEdition
from ceasefire.problem_analysis.study.views.common import (
    AUTHORS,
    authors,
    edition_or_404,
    readers,
)
from ceasefire.problem_analysis.study.views.pages import (
    contents,
    item_page,
    pdf_file,
    workbook_file,
)
from ceasefire.registry import words

MOST_DIFFERENCES = 500


@readers("GET")
def edition(request, pk):
    one = edition_or_404(pk)
    others = one.study.editions.exclude(pk=one.pk)
    context = contents(one, "problem_analysis:item") | {
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


@readers("GET")
def item(request, pk, number):
    one = edition_or_404(pk)
    back = reverse("problem_analysis:edition", args=[pk])
    return item_page(request, one, number, back, "problem_analysis:item")


@readers("GET")
def edition_pdf(request, pk):
    return pdf_file(edition_or_404(pk), pk, request.actor.name)


@readers("GET")
def edition_workbook(request, pk):
    return workbook_file(edition_or_404(pk), pk)


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
    return redirect("published:edition", made.pk)


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
