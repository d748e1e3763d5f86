"""The breach kit's pages: what was seen, which clocks run, letters, and who did what."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.breach import selectors, services
from ceasefire.access.breach.letters import Letter, letter_pdf
from ceasefire.access.breach.models import Breach, BreachStep, Duty
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.oversight.breaches import labels
from ceasefire.oversight.breaches.forms import BreachForm, LetterForm, StepForm, WordsForm
from ceasefire.oversight.readers import AUDITOR, PRIVACY

SUBJECTS_SHOWN = 500


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY)
def breaches(request):
    rows = [labels.breach_row(one, selectors.steps(one)) for one in selectors.breaches()]
    return render(
        request, "oversight/breaches.html", {"columns": labels.breach_columns(), "rows": rows}
    )


@gate(Room.AGGREGATE, full=AUDITOR, methods=("GET", "POST"))
def breach_new(request):
    form = BreachForm(request.POST or None, initial={"account": request.GET.get("account", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.breach_open(**form.cleaned_data)
            return redirect("oversight:breach", made.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "oversight/breach_new.html", {"form": form})


@gate(Room.AGGREGATE, full=AUDITOR, limited=PRIVACY)
def breach(request, pk):
    """Everything about one: the clocks, what was seen, what was done, and the next step."""
    return _shown(request, _breach(pk))


@gate(Room.AGGREGATE, full=AUDITOR, methods=("POST",))
def breach_step(request, pk):
    held, form = _breach(pk), StepForm(request.POST)
    if not (form.is_valid() and _saved(form, services.step_note, breach=held)):
        return _shown(request, held, step_form=form)
    messages.success(request, _("The step is noted."))
    return redirect("oversight:breach", pk)


@gate(Room.AGGREGATE, full=AUDITOR, methods=("POST",))
def breach_words(request, pk):
    held, form = _breach(pk), WordsForm(request.POST)
    if not (form.is_valid() and _saved(form, services.words_set, breach=held)):
        return _shown(request, held, words_form=form)
    messages.success(request, _("The words of the letters are saved."))
    return redirect("oversight:breach", pk)


@gate(Room.AGGREGATE, full=AUDITOR)
def breach_letter(request, pk):
    """A letter as a PDF: to one person reached, to the attorney general, or to the city."""
    held, form = _breach(pk), LetterForm(request.GET)
    if not form.is_valid():
        return _shown(request, held, letter_form=form)
    asked = form.cleaned_data
    letter = Letter(held, Duty(asked["to"]), asked["language"], asked["key"])
    try:
        made = letter_pdf(letter)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _shown(request, held, letter_form=form)
    audit.record("breach.letter_made", held, result="done", detail={"to": asked["to"]})
    name = f"{held}-{asked['to']}-{asked['language']}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _saved(form, verb, **words) -> bool:
    """Whether the verb took what the form says; if not, the form says why."""
    try:
        verb(**words, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _breach(pk: int) -> Breach:
    found = selectors.breaches().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _shown(request, held: Breach, **forms):
    scope, taken = selectors.scope(held), selectors.steps(held)
    clocks = selectors.clocks(held, len(scope.subjects), taken, timezone.localdate())
    audit.record("breach.scope_shown", held, detail={"persons": len(scope.subjects)})
    context = {
        "breach": held,
        "facts": labels.breach_facts(held),
        "persons": len(scope.subjects),
        "not_shown": max(0, len(scope.subjects) - SUBJECTS_SHOWN),
        "clock_columns": labels.clock_columns(),
        "clocks": [labels.clock_row(clock) for clock in clocks],
        "kind_columns": labels.kind_columns(),
        "kinds": [labels.kind_row(kind) for kind in scope.kinds],
        "subject_columns": labels.subject_columns(),
        "subjects": [labels.subject_row(one) for one in scope.subjects[:SUBJECTS_SHOWN]],
        "step_columns": labels.step_columns(),
        "steps": [labels.step_row(step) for step in taken],
        "is_closed": any(step.kind == BreachStep.Kind.CLOSED for step in taken),
        "step_form": StepForm(),
        "words_form": WordsForm(initial=labels.words_of(held)),
        "letter_form": LetterForm(),
    }
    return render(request, "oversight/breach.html", context | forms)
