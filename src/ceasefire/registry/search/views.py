"""One box, and a list: who it may be, why, and whose word that is."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import names
from ceasefire.kit.tables import Link
from ceasefire.registry.people.views.common import readers
from ceasefire.registry.search.finding import Match, search
from ceasefire.registry.search.forms import SearchForm
from ceasefire.registry.search.tokens import Near

WHY = {
    Near.SAME: gettext_lazy("the name"),
    Near.TOGETHER: gettext_lazy("the name, written as one word"),
    Near.LETTER: gettext_lazy("a name one letter apart"),
    Near.SOUND: gettext_lazy("a name that sounds alike"),
}


@readers("GET", "POST")
def find(request):
    """What is looked for is sent in the form, so that no address and no history holds it."""
    form = SearchForm(request.POST or None)
    found = search(form.cleaned_data["terms"]) if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "found": found,
        "columns": [_("Name"), _("Born"), _("Why it is shown"), _("Said by")],
        "rows": _rows(found.matches) if found else [],
    }
    return render(request, "registry/search/find.html", context)


def _rows(matches: list[Match]) -> list[list]:
    """Names are read through the door: the log names everybody who is shown."""
    told = names.read([one.record for one in matches])
    return [_row(one, told[one.record.pk]) for one in matches if one.record.pk in told]


def _row(match: Match, told) -> list:
    given = " ".join(part for part in (told.given, told.middle) if part)
    name = ", ".join(part for part in (told.family, given) if part) or told.alias or _("no name")
    url = reverse("people:person", args=[match.record.person_id])
    born = date_format(told.born, "DATE_FORMAT") if told.born else ""
    return [Link(name, url), born, _why(match), match.record.agency]


def _why(match: Match) -> str:
    told = [WHY[match.near]] if match.near else []
    told += [_("the date of birth")] if match.by_day else []
    told += [_("the number or the plate")] if match.by_number else []
    return ", ".join(str(one) for one in told)
