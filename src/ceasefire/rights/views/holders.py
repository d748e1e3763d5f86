"""A holder's own pages, in its own room: what it owes, and what it answers.

Who asks is read on the request's own page; here stand the request's number and the own records.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.models import Agency
from ceasefire.access.purposes.services import stating
from ceasefire.rights import holdings, labels, letters, selectors, services
from ceasefire.rights.contesting import contest_open
from ceasefire.rights.forms import AnswerForm, ContestForm
from ceasefire.rights.holdings import Held
from ceasefire.rights.models import Answer, Due
from ceasefire.rights.views.common import holders, pdf, tried


@holders("GET")
def owed(request):
    rows = labels.owed_rows(selectors.owed())
    context = {"columns": labels.owed_columns(), "rows": rows}
    return render(request, "rights/owed.html", context)


@holders("GET", "POST")
def answer(request, pk):
    """Which person of the own register it is, what is told of them, or that nothing is."""
    due = _due(pk)
    number = _number(request)
    held, here = _held(due, number), holdings.here()
    entries = [(one.key, f"{one.says} ({one.by})") for one in held.entries] if held else []
    done = selectors.answer_of(due)
    anew = bool(done) and done.review_outcome == Answer.Review.TELL
    sent = (request.POST or None) if not done or anew else None
    form = AnswerForm(sent, entries=entries, by_hand=here is None)
    if form.is_valid():
        told = form.cleaned_data
        made = tried(
            form, services.request_answer, due=due, outcome=told["outcome"],
            told=_told(due, held, told), because=told["because"],
        )  # fmt: skip
        if made:
            messages.success(request, _("The answer is kept. Print its letter and send it."))
            return redirect("answers:answer", pk)
    context = {
        "due": due, "form": form, "done": done, "anew": anew, "number": number, "held": held,
        "here": here, "not_found": number is not None and held is None,
    }  # fmt: skip
    return render(request, "rights/answer.html", context)


@holders("GET")
def letter(request, pk):
    """The letter of the answer. Its file's name is the same for both kinds of answer."""
    due = _due(pk)
    done = selectors.answer_of(due)
    if done is None:
        raise Http404
    audit.record("rights.letter", done, result="done")
    return pdf(letters.answered(done), f"request-{due.request_id}-answer")


@holders("GET", "POST")
def contest(request, pk):
    """Lay one entry before somebody from outside."""
    due = _due(pk)
    number = _number(request)
    held, here = _held(due, number), holdings.here()
    entries = [(one.key, f"{one.says} ({one.by})") for one in held.entries if one.contestable] \
        if held else []  # fmt: skip
    form = ContestForm((request.POST or None) if held else None, entries=entries)
    if form.is_valid():
        told = form.cleaned_data
        made = tried(
            form, contest_open, due=due, held=held, entry=held.entry(told["entry"]),
            words=told["words"],
        )  # fmt: skip
        if made:
            messages.success(request, _("Somebody from outside decides it within 30 days."))
            return redirect("contests:one", made.pk)
    context = {
        "due": due, "form": form, "number": number, "held": held, "here": here,
        "not_found": number is not None and held is None,
    }  # fmt: skip
    return render(request, "rights/contest.html", context)


def _due(pk: int) -> Due:
    due = selectors.owed_of(pk)
    if due is None or due.request.closed_at:
        raise Http404
    return due


def _number(request) -> int | None:
    """The number of a person of the own register, as somebody typed it."""
    said = (request.POST.get("person") or request.GET.get("person") or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 18 else None


def _held(due: Due, number: int | None) -> Held | None:
    """What is held of a person, in the letter's words; it is read for the request itself."""
    here = holdings.here()
    if here is None or number is None:
        return None
    with translation.override(due.request.language), stating(f"rights.request:{due.request_id}"):
        return here.held(number)


def _told(due: Due, held: Held | None, told: dict) -> list:
    """The sections of the letter, in its own language."""
    with translation.override(due.request.language):
        chosen = [held.entry(key) for key in told.get("entries", [])] if held else []
        said = [f"{one.says} ({one.by})" for one in chosen if one]
        said += [line.strip() for line in told.get("told", "").splitlines() if line.strip()]
        if not said:
            return []
        sections = [[str(_("What is held")), said]]
        if held:
            sections.append([str(_("Who received it")), _recipients(held)])
        return sections


def _recipients(held: Held) -> list[str]:
    found = selectors.recipients(held.subjects)
    agencies = Agency.objects.in_bulk([agency for agency, _last in found])
    said = [str(agencies[agency]) for agency, _last in found if agency in agencies]
    return said or [str(_("Nobody."))]
