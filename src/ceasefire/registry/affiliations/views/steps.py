"""Each step of a tie: its form, its verb, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.registry.affiliations import selectors, services
from ceasefire.registry.affiliations.forms import (
    AttestForm,
    CiteForm,
    NoticeForm,
    UntilForm,
    WordsForm,
)
from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep
from ceasefire.registry.groups.views.common import found_or_404, trying, workers
from ceasefire.registry.people import selectors as people

Kind = TieStep.Kind


@dataclass(frozen=True)
class Step:
    """title, button: what the page says. done: what is said once it is taken."""

    form: type[forms.Form]
    verb: Callable
    title: Promise
    button: Promise
    done: Promise


STEPS = {
    Kind.ATTEST: Step(
        AttestForm, services.tie_attest, gettext_lazy("Attest a tie"), gettext_lazy("Attest it"),
        gettext_lazy("Attested. Nobody else is shown it until the person has been told."),
    ),
    Kind.NOTICE: Step(
        NoticeForm, services.notice_give, gettext_lazy("Record the notice"),
        gettext_lazy("Record it"), gettext_lazy("Recorded. The tie stands from now on."),
    ),
    Kind.DELAY: Step(
        UntilForm, services.delay_ask, gettext_lazy("Ask that notice wait"),
        gettext_lazy("Ask"), gettext_lazy("A supervisor, another than you, approves it."),
    ),
    Kind.APPROVE: Step(
        WordsForm, lambda tie, words: services.delay_approve(delay=_delay(tie), words=words),
        gettext_lazy("Approve the delay"), gettext_lazy("Approve it"),
        gettext_lazy("Approved. Without notice the tie is hidden again after that day."),
    ),
    Kind.REVIEW: Step(
        WordsForm, services.tie_review, gettext_lazy("Look again at a tie"),
        gettext_lazy("It still stands"), gettext_lazy("Looked at. Its end has not moved."),
    ),
    Kind.CONTEST: Step(
        UntilForm, services.contest_open, gettext_lazy("Record that a tie is contested"),
        gettext_lazy("Record it"), gettext_lazy("Recorded. Undecided by then, it is hidden."),
    ),
    Kind.UPHOLD: Step(
        WordsForm, services.contest_uphold, gettext_lazy("Decide a contest"),
        gettext_lazy("It stands"), gettext_lazy("Decided: it stands."),
    ),
    Kind.END: Step(
        WordsForm, services.tie_end, gettext_lazy("End a tie"), gettext_lazy("End it"),
        gettext_lazy("It is gone, for everybody."),
    ),
}  # fmt: skip


def _delay(tie: Affiliation) -> TieStep:
    found = selectors.delay_asked(tie)
    if found is None:
        raise Http404
    return found


@workers("GET", "POST")
def step(request, pk, kind):
    if kind not in STEPS:
        raise Http404
    one, told = found_or_404(selectors.ties(), pk), STEPS[kind]
    if kind == Kind.APPROVE:
        _delay(one)
    form = told.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            told.verb(tie=one, **form.cleaned_data)
            messages.success(request, told.done)
            if kind == Kind.END:
                return redirect("people:person", one.person_id)
            return redirect("ties:tie", one.pk)
    context = _about(one) | {"form": form, "title": told.title, "button": told.button}
    if kind == Kind.APPROVE:
        context["delay"] = _delay(one)
    return render(request, "registry/ties/step.html", context)


def _about(one: Affiliation) -> dict:
    return {
        "tie": one,
        "name": people.known(one.person).name,
        "to": selectors.to_what(one, selectors.group_names()),
    }


@workers("GET", "POST")
def cite(request, pk):
    one = found_or_404(selectors.ties(), pk)
    form = CiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            services.tie_cite(tie=one, **form.cleaned_data)
            messages.success(request, _("The source is cited. The tie's time has not changed."))
            return redirect("ties:tie", one.pk)
    context = _about(one) | {
        "form": form, "title": _("Cite another source"), "button": _("Cite it"),
    }  # fmt: skip
    return render(request, "registry/ties/step.html", context)


@workers("GET", "POST")
def uncite(request, pk):
    cited = found_or_404(Citation.objects.select_related("source", "affiliation"), pk)
    one = found_or_404(selectors.ties(), cited.affiliation_id)
    if request.method == "POST":
        services.citation_withdraw(citation=cited)
        messages.success(request, _("The source is taken back."))
        return redirect("ties:tie", one.pk)
    context = _about(one) | {
        "form": forms.Form(), "title": _("Take a source back"), "button": _("Take it back"),
        "cited": cited,
    }  # fmt: skip
    return render(request, "registry/ties/step.html", context)
