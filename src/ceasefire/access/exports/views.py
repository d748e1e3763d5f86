"""Ask for a table, approve somebody else's, take one's own: each page in its reader's own room."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.exports import labels, services
from ceasefire.access.exports.forms import AskForm
from ceasefire.access.exports.models import Export
from ceasefire.access.exports.services import ExportRefused
from ceasefire.access.exports.tables import Table, table_named, tables_for
from ceasefire.access.gates import in_own_room

PER_PAGE = 50
TYPES = {
    Export.Form.CSV: "text/csv; charset=utf-8",
    Export.Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@in_own_room()
def exports(request):
    """The agency's exports, what waits for the reader first, and what may be asked for."""
    every = Export.objects.all()
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    waiting = [one for one in every.filter(approved_by=None, taken_at=None) if _may_approve(one)]
    context = {
        "columns": labels.columns(),
        "rows": [labels.row(one) for one in page],
        "waiting": [labels.row(one) for one in waiting],
        "page": page,
        "tables": tables_for(request.actor),
    }
    return render(request, "exports/list.html", context)


@in_own_room(methods=("GET", "POST"))
def ask(request, table):
    what = _table(request, table)
    form = AskForm(what, request.actor, request.POST or None)
    selection = {name: request.GET[name] for name in what.selects if request.GET.get(name)}
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.export_request(
                table=what.name, selection=selection, **form.cleaned_data
            )
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exports:one", asked.pk)
    context = {"what": what, "form": form, "chosen": what.chosen_words(selection)}
    return render(request, "exports/ask.html", context | {"alone": settings.EXPORT_ROWS_ALONE})


@in_own_room()
def export(request, pk):
    held = _export(pk)
    mine = held.maker_id == request.actor.user_id
    is_open = not (held.taken_at or held.is_expired)
    context = {
        "export": held,
        "state": labels.state(held),
        "facts": labels.facts(held),
        "may_take": mine and is_open and not held.waits,
        "may_approve": _may_approve(held),
        "waits": is_open and held.waits,
    }
    return render(request, "exports/one.html", context)


@in_own_room(methods=("POST",))
def approve(request, pk):
    held = _export(pk)
    try:
        services.export_approve(export=held)
        messages.success(request, _("The export is approved; who asked for it may take it now."))
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("exports:one", pk)


@in_own_room(methods=("POST",))
def take(request, pk):
    """The file itself, once: whoever loses it asks anew."""
    held = _export(pk)
    try:
        made = services.export_take(export=held)
    except ExportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("exports:one", pk)
    name = f"{held.table}-{held.identifier}.{held.form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=TYPES[held.form], headers=headers)


def _export(pk: int) -> Export:
    named = Export.objects.annotate(
        approver_name=F("approved_by__display_name"), agency_name=F("agency__name")
    )
    found = named.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _table(request, name: str) -> Table:
    """A table that the asker may not take out answers as one that does not exist."""
    found = next((table for table in tables_for(request.actor) if table.name == name), None)
    if found is None:
        raise Http404
    return found


def _may_approve(export: Export) -> bool:
    """Whether the reader is a second person with the same rights."""
    actor = identity.current()
    if not export.waits or export.is_expired or export.maker_id == actor.user_id:
        return False
    try:
        what = table_named(export.table)
    except KeyError:
        return False
    return what.may_export(actor) and (not export.with_names or what.may_export_names(actor))
