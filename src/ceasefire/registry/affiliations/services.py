"""Verbs: draft a tie, cite for it, and the steps by which it comes to stand and ends.

The database refuses what is refused here (migration 0011), whoever writes; here it is said in
words, at the field.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.refusals import in_words
from ceasefire.registry.affiliations import criteria
from ceasefire.registry.affiliations.criteria import Cited, Verdict
from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep
from ceasefire.registry.conflicts.models import Side
from ceasefire.registry.groups.models import Group
from ceasefire.registry.lint import require_fit, require_words
from ceasefire.registry.people import selectors as people
from ceasefire.registry.people.models import Person
from ceasefire.registry.sources.models import Source

Kind = TieStep.Kind
MOST_DAYS = 30
WHY_NOT = {
    "criterion": gettext_lazy(
        "An arrest, a place, kin, clothing or social media never counts by itself."
    ),
    "form": gettext_lazy("A tip or social media never counts by itself."),
    "reliability": gettext_lazy("Nobody can say that its teller is reliable."),
    "content": gettext_lazy("What it says is doubtful."),
    "old": gettext_lazy("It is older than five years."),
    "child": gettext_lazy("The person was under 13 then."),
}


@transaction.atomic
def tie_draft(
    *, person: Person, role: str, confidence: str, suspicion: str,
    citations: Iterable[tuple[Source, str]], group: Group | None = None, side: Side | None = None,
) -> Affiliation:  # fmt: skip
    """Draft a tie to a group or to a side, on sources that suffice. It is shown to nobody yet but
    those who work on it.

    citations: (source, criterion). Raises NotPermitted, ValidationError by field: under 13, words
    that are not kept, or sources that do not suffice, each with its reason.
    """
    actor = require_change(Affiliation)
    citations = list(citations)
    require_words(suspicion=suspicion)
    require_fit(suspicion=suspicion)
    born = last_born(person)
    today = timezone.localdate()
    if criteria.too_young(born, today):
        raise ValidationError({"person": _("Nobody under 13 is tied to anything.")})
    verdict = verdict_of(citations, born=born)
    if not verdict.suffices:
        raise ValidationError({"citations": _lacking(verdict, citations)})
    standing = Affiliation.objects.filter(person=person, group=group, side=side).first()
    if standing:
        raise ValidationError({"person": _("This tie is in the register already.")})
    juvenile = criteria.is_juvenile(born, today)
    with in_words():
        tie = Affiliation.objects.create(
            agency_id=actor.agency_id or person.agency_id, person=person, group=group, side=side,
            role=role, confidence=confidence, suspicion=suspicion.strip(),
            record_class=(
                RecordClass.AFFILIATION_JUVENILE if juvenile else RecordClass.AFFILIATION
            ),
            basis_on=verdict.basis_on,
            # The database says so itself.
            review_due=verdict.basis_on,
        )  # fmt: skip
        for source, criterion in citations:
            Citation.objects.create(affiliation=tie, source=source, criterion=criterion)
    audit.record("ties.drafted", tie, result="done", subjects=[audit.key_of(person)])
    tie.refresh_from_db()
    return tie


def last_born(person: Person) -> date | None:
    """The latest birth that any record tells: whoever may be younger is treated as younger."""
    return max(people.known(person).born, default=None)


def verdict_of(citations: Iterable[tuple[Source, str]], *, born: date | None) -> Verdict:
    cited = [
        Cited(criterion, one.form, one.reliability, one.content, one.on, one.origin)
        for one, criterion in citations
    ]
    return criteria.judge(cited, today=timezone.localdate(), born=born)


def _lacking(verdict: Verdict, citations: list[tuple[Source, str]]) -> list[str]:
    told = [
        _("Two independent sources that count are needed, and %(count)d is here.")
        % {"count": verdict.origins}
    ]
    told += [f"{citations[at][0]}: {WHY_NOT[reason]}" for at, reason in verdict.refused]
    if len(citations) - len(verdict.refused) > verdict.origins:
        told.append(_("Sources that go back to one tip, call or report count once."))
    return told


@transaction.atomic
def tie_cite(*, tie: Affiliation, source: Source, criterion: str) -> Citation:
    """One more source for a tie; it does not make its time longer. Twice is once."""
    require_change(Citation)
    with in_words():
        made, new = Citation.objects.get_or_create(
            affiliation=tie, source=source, defaults={"criterion": criterion}
        )
    if new:
        audit.record("ties.cited", tie, result="done", subjects=[_person(tie)])
    return made


@transaction.atomic
def citation_withdraw(*, citation: Citation) -> None:
    """The source does not say so after all; a tie left with less than two is not shown."""
    require_change(Citation)
    tie = citation.affiliation
    if Citation.objects.filter(pk=citation.pk).delete()[0]:
        audit.record("ties.uncited", tie, result="done", subjects=[_person(tie)])


def tie_attest(*, tie: Affiliation, words: str) -> TieStep:
    """A supervisor, another than the drafter, has read the sources and stands for them."""
    actor = require_change(TieStep)
    require_words(words=words)
    if actor.user_id == tie.drafted_by_id:
        raise ValidationError(_("Somebody else than the drafter attests a tie."))
    return _step(tie, Kind.ATTEST, words=words)


def notice_give(
    *, tie: Affiliation, on: date, way: str, to_guardian: bool = False, words: str = ""
) -> TieStep:
    """The person has been told of the tie and how to contest it; of a juvenile, a guardian."""
    if on > timezone.localdate():
        raise ValidationError({"on": _("This day has not come yet.")})
    if tie.juvenile and not to_guardian:
        raise ValidationError(
            {"to_guardian": _("Of a juvenile, or of no known age, a guardian is told.")}
        )
    return _step(tie, Kind.NOTICE, on=on, way=way, to_guardian=to_guardian, words=words)


def delay_ask(*, tie: Affiliation, until: date, words: str) -> TieStep:
    """Ask that notice wait, for an investigation, 30 days at most; another approves it."""
    require_words(words=words)
    _require_near(until)
    return _step(tie, Kind.DELAY, until=until, words=words)


def delay_approve(*, delay: TieStep, words: str) -> TieStep:
    """A supervisor lets notice wait until the day asked for. It can be asked for again."""
    actor = require_change(TieStep)
    require_words(words=words)
    if actor.user_id == delay.by_id:
        raise ValidationError(_("A delay is approved by somebody else than who asked for it."))
    return _step(delay.affiliation, Kind.APPROVE, answers=delay, words=words)


def tie_review(*, tie: Affiliation, words: str) -> TieStep:
    """A supervisor has looked again at half of its time: it still stands. Its end does not move."""
    require_words(words=words)
    return _step(tie, Kind.REVIEW, words=words)


def tie_end(*, tie: Affiliation, words: str) -> TieStep:
    """It is gone from this moment on, for everybody; the next purge takes its row."""
    require_words(words=words)
    return _step(tie, Kind.END, words=words)


def contest_open(*, tie: Affiliation, until: date, words: str) -> TieStep:
    """The person contests it. Undecided after that day it is hidden, until it is decided."""
    require_words(words=words)
    _require_near(until)
    return _step(tie, Kind.CONTEST, until=until, words=words)


def contest_uphold(*, tie: Affiliation, words: str) -> TieStep:
    """Decided, by somebody who neither drafted nor attested it: it stands. Else end it."""
    require_words(words=words)
    return _step(tie, Kind.UPHOLD, words=words)


def _require_near(day: date) -> None:
    if not 0 <= (day - timezone.localdate()).days <= MOST_DAYS:
        raise ValidationError({"until": _("Choose a day within the next 30 days.")})


@transaction.atomic
def _step(tie: Affiliation, kind: str, **told) -> TieStep:
    require_change(TieStep)
    told = {name: value.strip() if name == "words" else value for name, value in told.items()}
    require_fit(words=told.get("words", ""))
    with in_words():
        step = TieStep.objects.create(affiliation=tie, kind=kind, **told)
    audit.record("ties.stepped", tie, result="done", subjects=[_person(tie)],
                 detail={"step": kind})  # fmt: skip
    return step


def _person(tie: Affiliation) -> str:
    return f"registry.person:{tie.person_id}"
