"""Rows of earlier lists: how many wait, and one at a time to attest or to let go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access.policies import NotPermitted
from ceasefire.kit.tables import Number
from ceasefire.registry.people import labels
from ceasefire.registry.people.views.common import analysts
from ceasefire.registry.prior_lists import selectors, services
from ceasefire.registry.prior_lists.forms import AttestForm
from ceasefire.registry.prior_lists.models import PriorRow
from ceasefire.registry.prior_lists.services import DecidedAlready


@analysts("GET")
def queue(request):
    """The lists, by what became of their rows; a name is read on the page of each row."""
    context = {
        "first": selectors.waiting_rows().first(),
        "rows": [
            [
                one.feed.agency, one.batch.file_name, one.loaded_at, one.loader, one.waiting,
                one.attested, one.refused, one.destroyed,
            ]
            for one in selectors.lists()
        ],
        "columns": [
            _("List of"), _("File"), _("Loaded"), _("By"), Number(_("Wait")),
            Number(_("Attested")), Number(_("Not taken in")), Number(_("Destroyed in time")),
        ],
    }  # fmt: skip
    return render(request, "registry/prior_lists/queue.html", context)


@analysts("GET", "POST")
def row(request, pk):
    held = _row_or_404(pk)
    form = AttestForm(request.POST or None, initial=_same_document(request, held))
    attests = request.method == "POST" and form.is_valid()
    if attests and (answer := _attested(request, held, form)):
        return answer
    who = selectors.who(held)
    context = {
        "row": held,
        "own": request.actor.user_id
        in (held.prior_list.loaded_by_id, held.prior_list.batch.received_by_id),
        "rows": _said(who),
        "columns": [_("Field"), _("As the list has it")],
        "form": form,
        "next": selectors.following(held),
    }
    return render(request, "registry/prior_lists/row.html", context)


@analysts("POST")
def refuse(request, pk):
    held = _row_or_404(pk)
    try:
        services.row_refuse(row=held)
    except DecidedAlready as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("What the row said is destroyed."))
    return _onward(held)


def _row_or_404(pk: int) -> PriorRow:
    found = selectors.waiting_rows().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _same_document(request, held: PriorRow) -> dict:
    newest = selectors.newest_of(held, request.actor.user_id)
    names = ("document", "number", "on")
    return {name: getattr(newest, name) for name in names} if newest else {}


def _said(who) -> list[list[str]]:
    given = " ".join(part for part in (who.given, who.middle) if part)
    told = {"name": ", ".join(part for part in (who.family, given) if part)}
    rows = [(label, told.get(field) or getattr(who, field, None)) for field, label in
            labels.FIELDS.items()]  # fmt: skip
    return [[label, labels.said(value)] for label, value in rows if value]


def _attested(request, held: PriorRow, form: AttestForm):
    """The next page; None where the form says what is amiss."""
    try:
        services.row_attest(row=held, **form.cleaned_data)
    except DecidedAlready as refusal:
        messages.error(request, str(refusal))
        return _onward(held)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    except NotPermitted as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Attested. It stands on the person's page until its review."))
    return _onward(held)


def _onward(held: PriorRow):
    following = selectors.following(held) or selectors.waiting_rows().first()
    return redirect("prior_lists:row", following.pk) if following else redirect("prior_lists:queue")
