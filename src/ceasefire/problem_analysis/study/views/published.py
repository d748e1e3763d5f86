"""Public editions, for everybody with an account."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.gates import everyone
from ceasefire.access.partitions import Room
from ceasefire.kit.tables import Link
from ceasefire.problem_analysis.study.models import PublicEdition
from ceasefire.problem_analysis.study.views.pages import (
    contents,
    item_page,
    pdf_file,
    workbook_file,
)
from ceasefire.registry import words

anybody = everyone(Room.AGGREGATE)


@anybody
def editions(request):
    rows = [
        [Link(one.title, reverse("published:edition", args=[one.pk])),
         f"{words.day(one.starts)} – {words.day(one.ends)}", words.moment(one.published_at)]
        for one in PublicEdition.objects.all()
    ]  # fmt: skip
    context = {"rows": rows, "columns": [_("Study"), _("Shootings of"), _("Published")]}
    return render(request, "problem_analysis/published_all.html", context)


def _or_404(pk: int) -> PublicEdition:
    found = PublicEdition.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@anybody
def edition(request, pk):
    context = contents(_or_404(pk), "published:item")
    return render(request, "problem_analysis/published.html", context)


@anybody
def item(request, pk, number):
    back = reverse("published:edition", args=[pk])
    return item_page(request, _or_404(pk), number, back, "published:item")


@anybody
def pdf(request, pk):
    return pdf_file(_or_404(pk), pk, request.actor.name)


@anybody
def workbook(request, pk):
    return workbook_file(_or_404(pk), pk)
