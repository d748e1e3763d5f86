"""What is due about ties; one tie with its sources and its life; drafting one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.roles import Role
from ceasefire.kit.tables import Badge, Link
from ceasefire.registry.affiliations import criteria, labels, selectors, services
from ceasefire.registry.affiliations.forms import DraftForm
from ceasefire.registry.affiliations.models import Affiliation, TieStep
from ceasefire.registry.affiliations.services import WHY_NOT
from ceasefire.registry.groups.views.common import found_or_404, readers, trying, workers
from ceasefire.registry.people import selectors as people
from ceasefire.registry.people.views.common import known_or_404, may_open

Kind = TieStep.Kind
WORKERS = (Role.ANALYST, Role.CAPTAIN)


@workers("GET")
def due(request):
    """Six short lists, the most pressing first. A name on it was read, and the log says so."""
    titles = {
        "contest": _("Contested: to decide"),
        "notice": _("Attested: the person has not been told"),
        "attest": _("Drafts to attest"),
        "lost": _("Shown to nobody: a source is missing"),
        "review": _("Past half of their time: look again"),
        "ending": _("Nearly gone: they end by themselves"),
    }
    found = selectors.due()
    lists = [(title, labels.rows(found[key])) for key, title in titles.items()]
    context = {"lists": [one for one in lists if one[1]], "columns": labels.columns()}
    return render(request, "registry/ties/due.html", context)


@workers("GET", "POST")
def draft(request, pk):
    known = known_or_404(pk)
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with trying(form):
            made = services.tie_draft(person=known.person, **form.said())
            messages.success(
                request, _("The draft waits for a supervisor, another than you, to attest it.")
            )
            return redirect("ties:tie", made.pk)
    context = {"form": form, "known": known, "whole": [
        form[name] for name in ("to", "role", "confidence", "suspicion")
    ], "cited": [
        (form[f"source_{nth}"], form[f"criterion_{nth}"]) for nth in range(1, 5)
    ]}  # fmt: skip
    return render(request, "registry/ties/draft.html", context)


@readers("GET")
def tie(request, pk):
    one = found_or_404(selectors.ties(), pk)
    known = people.known(one.person)
    if not may_open(known):
        return found_or_404(Affiliation.objects.none(), pk)
    works = request.actor.role in WORKERS
    context = {
        "tie": one,
        "name": known.name,
        "to": selectors.to_what(one, selectors.group_names()),
        "stage": labels.stage(one),
        "fade": labels.fade(one),
        "left": labels.left(one),
        "left_words": labels.left_words(one),
        "facts": _facts(one),
        "citations": [_citation(cited, known, works) for cited in selectors.citations(one)],
        "citation_columns": [
            _("Source"),
            _("Date"),
            _("It shows"),
            _("Does it count?"),
            _("Change"),
        ],
        "steps": [_step(step) for step in selectors.steps(one)],
        "step_columns": [_("What"), _("By"), _("When"), _("In words")],
        "actions": _actions(one, request.actor) if works else [],
    }
    return render(request, "registry/ties/tie.html", context)


def _facts(one: Affiliation) -> list[tuple]:
    return [
        (_("As"), one.get_role_display()), (_("Confidence"), one.get_confidence_display()),
        (_("Reasonable suspicion"), one.suspicion),
        (_("Independent sources that count"), one.grounds),
        (_("Newest of them"), one.basis_on), (_("Look again by"), one.review_due),
        (_("Ends on"), one.purge_on), (_("Drafted by"), one.drafter),
        (_("Attested by"), one.attester), (_("The person was told on"), one.notified_on),
        (_("Notice may wait until"), one.delayed_until), (_("Contest due by"), one.contest_due),
    ]  # fmt: skip


def _citation(cited, known, works: bool) -> list:
    source = cited.source
    judged = criteria.Cited(
        cited.criterion, source.form, source.reliability, source.content, source.on, source.origin
    )
    born = max(known.born, default=None)
    reason = criteria.why_not(judged, today=timezone.localdate(), born=born)
    counts = Badge(WHY_NOT[reason]) if reason else Badge(_("counts"), "ok")
    away = Link(_("Take it back"), reverse("ties:uncite", args=[cited.pk])) if works else ""
    return [
        Link(str(source), source.page), source.on, cited.get_criterion_display(), counts, away
    ]  # fmt: skip


def _step(step: TieStep) -> list:
    told = step.words
    if step.until:
        told = _("until %(day)s: %(words)s") % {"day": step.until, "words": told}
    if step.kind == Kind.NOTICE:
        told = " · ".join(filter(None, (step.get_way_display(), str(step.on), told)))
    return [step.get_kind_display(), step.who, step.at, told]


def _actions(one: Affiliation, actor) -> list[tuple[str, str, bool]]:
    """(words, address, the next to do) of what this reader may do about it now."""
    supervises = actor.role == Role.CAPTAIN
    own = actor.user_id == one.drafted_by_id
    delay = selectors.delay_asked(one)
    open_notice = one.attested_at and one.notified_on is None
    told = [
        (supervises and not own and one.attested_at is None, _("Attest it"), Kind.ATTEST, True),
        (open_notice, _("Record the notice"), Kind.NOTICE, True),
        (open_notice and delay is None, _("Ask that notice wait"), Kind.DELAY, False),
        (supervises and delay and delay.by_id != actor.user_id, _("Approve the delay"),
         Kind.APPROVE, False),
        (supervises and not own and one.attested_at and one.review_due <= timezone.localdate(),
         _("Look again: it stands"), Kind.REVIEW, True),
        (one.attested_at and one.contest_due is None, _("Record that it is contested"),
         Kind.CONTEST, False),
        (supervises and one.contest_due and not own and actor.user_id != one.attested_by_id,
         _("Decide the contest: it stands"), Kind.UPHOLD, True),
        (True, _("End it"), Kind.END, False),
    ]  # fmt: skip
    found = [
        (words, reverse("ties:step", args=[one.pk, kind]), first)
        for offered, words, kind, first in told
        if offered
    ]
    return [*found, (_("Cite another source"), reverse("ties:cite", args=[one.pk]), False)]
