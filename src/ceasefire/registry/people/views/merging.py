"""Two people who are one, with a look before it is done; and one who is two."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Number
from ceasefire.registry.merging import services
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.merging.services import NotMergeable
from ceasefire.registry.people import labels, selectors
from ceasefire.registry.people.forms import MergeForm, ReasonForm, SplitForm
from ceasefire.registry.people.selectors import Known
from ceasefire.registry.people.views.common import analysts, known_or_404


@analysts("GET", "POST")
def merge(request, pk):
    """First which other person, then both side by side and what would move, then it is done."""
    known = known_or_404(pk)
    form = MergeForm(request.POST or None, initial={"other": request.GET.get("with")})
    other = _other(request, form)
    if request.method == "POST" and form.is_valid() and other and "confirm" in request.POST:
        return _merged(request, known, other, form.cleaned_data["reason"])
    context = {
        "known": known,
        "form": form,
        "other": other,
        "rows": _beside(known, other) if other else [],
        "columns": [_("Field"), known.name, other.name if other else ""],
        "moves": _moves(other) if other else [],
        "move_columns": [_("What moves"), Number(_("Rows"))],
    }
    return render(request, "registry/people/merge.html", context)


def _other(request, form: MergeForm) -> Known | None:
    """The other person, where one is named whom the reader may open; said at the field if not."""
    number = request.POST.get("other") or request.GET.get("with") or ""
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        return known_or_404(int(number))
    except Http404:
        if form.is_bound:
            form.add_error("other", _("There is no such person. Look at the number again."))
        return None


def _beside(one: Known, other: Known) -> list[list]:
    return [
        [label, _all_of(one, field), _all_of(other, field)]
        for field, label in labels.FIELDS.items()
        if one.values(field) or other.values(field)
    ]


def _all_of(known: Known, field: str) -> str:
    return ", ".join(labels.said(value.said) for value in known.values(field))


def _moves(other: Known) -> list[list]:
    person = other.person
    told = [
        (_("Records"), len(other.records)),
        (_("Parts in shootings"), selectors.involvements(person).count()),
        (_("Arrests and other contacts"), selectors.contacts(person).count()),
        (_("Supervision"), selectors.terms(person).count()),
        (_("Court decisions"), selectors.dispositions(person).count()),
    ]
    return [[what, count] for what, count in told if count]


def _merged(request, known: Known, other: Known, reason: str):
    try:
        services.people_merge(kept=known.person, gone=other.person, reason=reason)
    except NotMergeable as refusal:
        messages.error(request, str(refusal))
        return redirect("people:merge", known.person.pk)
    messages.success(request, _("They are one person now. It can be taken back on this page."))
    return redirect("people:person", known.person.pk)


@analysts("GET", "POST")
def undo(request, pk):
    held = Merge.objects.select_related("kept", "gone").filter(pk=pk, undone_at=None).first()
    if held is None:
        raise Http404
    known = known_or_404(held.kept_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.merge_undo(merge=held, because=form.cleaned_data["reason"])
        except NotMergeable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are two people again, and will not be joined."))
            return redirect("people:person", held.gone_id)
    context = {"merge": held, "known": known, "form": form}
    return render(request, "registry/people/undo.html", context)


@analysts("GET", "POST")
def split(request, pk):
    known = known_or_404(pk)
    choices = [(one.pk, _choice(known, one)) for one in known.records]
    form = SplitForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            new = services.person_split(
                person=known.person, records=form.cleaned_data["records"],
                because=form.cleaned_data["reason"],
            )  # fmt: skip
        except (NotMergeable, ValidationError) as refusal:
            form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        else:
            messages.success(request, _("They are two people now, and will not be joined again."))
            return redirect("people:person", new.pk)
    return render(request, "registry/people/split.html", {"known": known, "form": form})


def _choice(known: Known, record) -> str:
    born = known.names[record.pk].born
    told = [known.name_in(record), born and labels.said(born), str(record.agency)]
    return " · ".join(part for part in told if part)
