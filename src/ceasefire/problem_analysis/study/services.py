"""Verbs: plan a study, build it, freeze an edition, publish it; findings; figures from outside."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit, identity
from ceasefire.access.models import User
from ceasefire.access.policies import require_change
from ceasefire.problem_analysis.study import building, public
from ceasefire.problem_analysis.study.building import Advance, Built
from ceasefire.problem_analysis.study.models import Edition, Finding, PublicEdition, Study
from ceasefire.problem_analysis.study.plan import KINDS, NotAStudy, Plan
from ceasefire.registry.lint import require_fit, require_words

State = Edition.State


class NotYet(Exception):
    """An edition is not in the state that the verb wants; the message says what comes first."""


def plan_of(study: Study) -> Plan:
    return Plan(study.starts, study.ends, tuple(study.kinds), tuple(study.exclude), study.as_known)


@transaction.atomic
def study_plan(
    *, title: str, starts: date, ends: date, kinds=KINDS, exclude=(), as_known: date | None = None
) -> Study:
    """Plan a study. The same title, days and choices find the study that is planned.

    Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Study)
    require_words(title=title)
    require_fit(title=title)
    try:
        Plan(starts, ends, tuple(kinds), tuple(exclude), as_known)
    except NotAStudy as error:
        raise ValidationError({"ends": str(error)}) from error
    said = {
        "title": title.strip(), "starts": starts, "ends": ends, "kinds": list(kinds),
        "exclude": list(exclude), "as_known": as_known,
    }  # fmt: skip
    held = Study.objects.filter(**said).first()
    if held is None:
        held = Study.objects.create(**said, made_by_id=actor.user_id)
        audit.record("study.planned", held, result="done")
    return held


def edition_build(*, study: Study, advance: Advance = lambda _share, _count: None) -> Edition:
    """Build the study anew from the register as it stands, in place of an earlier draft.

    Raises NotPermitted, CityNotSet.
    """
    require_change(Edition)

    def told(share: float, count: int) -> None:
        Study.objects.filter(pk=study.pk).update(progress=share)
        advance(share, count)

    told(0.0, 0)
    try:
        return _draft(study, building.build(plan_of(study), told))
    finally:
        Study.objects.filter(pk=study.pk).update(progress=None)


@transaction.atomic
def _draft(study: Study, built: Built) -> Edition:
    """The draft of the study, in place of the one before; of two that build at once the last."""
    Study.objects.select_for_update().get(pk=study.pk)
    Edition.objects.filter(study=study, state=State.DRAFT).delete()
    edition = Edition.objects.create(
        study=study, plan=built.plan, items=built.items, data_hash=built.data_hash,
        code_version=building.code_version(), content_hash=built.content_hash,
        as_of=built.material.as_of, built_by_id=identity.current().user_id,
        seconds=round(built.seconds, 2),
    )  # fmt: skip
    Study.objects.filter(pk=study.pk).update(trouble="")
    audit.record("study.built", edition, result="done")
    return edition


def study_trouble(*, study: Study, words: str) -> None:
    """Say on the study why its building stopped."""
    require_change(Study)
    Study.objects.filter(pk=study.pk).update(trouble=words, progress=None)


@transaction.atomic
def edition_freeze(*, edition: Edition) -> Edition:
    """Freeze a draft for good. Frozen again, it stays as it is."""
    actor = require_change(Edition)
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.state == State.DRAFT:
        Edition.objects.filter(pk=held.pk).update(
            state=State.FROZEN, frozen_at=timezone.now(), frozen_by_id=actor.user_id
        )
        audit.record("study.frozen", held, result="done")
        held.refresh_from_db()
    return held


@transaction.atomic
def edition_publish(*, edition: Edition) -> PublicEdition:
    """Make the public edition of a frozen one: no group, no small cell of people.

    Somebody else than who froze it publishes. Published again, it is the same one. Raises NotYet.
    """
    actor = require_change(PublicEdition)
    held = Edition.objects.select_for_update().select_related("study").get(pk=edition.pk)
    if held.state != State.FROZEN:
        raise NotYet(_("Freeze the edition first: a draft is not published."))
    if found := PublicEdition.objects.filter(edition=held.pk).first():
        return found
    if actor.user_id and actor.user_id == held.frozen_by_id:
        raise NotYet(_("You froze this edition; somebody else publishes it."))
    items = public.items(held.items)
    made = PublicEdition.objects.create(
        edition=held.pk, title=held.study.title, city=held.plan["city"],
        starts=held.study.starts, ends=held.study.ends,
        items=items, content_hash=building.content_hash(items), as_of=held.as_of,
        published_by_id=actor.user_id,
    )  # fmt: skip
    audit.record("study.published", held, result="done")
    return made


@transaction.atomic
def finding_write(
    *, study: Study, kind: str, words: str, stands_on: str = "", owner: User | None = None,
    due: date | None = None, public: bool = False,
) -> Finding:  # fmt: skip
    """Write a finding, or a recommendation with its owner and day. The same again is the same.

    Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Finding)
    require_words(words=words)
    require_fit(words=words)
    if kind == Finding.Kind.RECOMMENDATION:
        missing = {"owner": owner, "due": due}
        blank = {name: _("A recommendation has an owner and a day.")
                 for name, value in missing.items() if value is None}  # fmt: skip
        if blank:
            raise ValidationError(blank)
    said = {
        "study": study, "kind": kind, "words": words.strip(), "stands_on": stands_on.strip(),
        "owner": owner, "due": due, "public": public,
    }  # fmt: skip
    held = Finding.objects.filter(**said).first()
    if held is None:
        held = Finding.objects.create(**said, made_by_id=actor.user_id)
        audit.record("study.found", held, result="done")
    return held


@transaction.atomic
def finding_settle(*, finding: Finding, state: str) -> Finding:
    """Say that a recommendation is done or dropped."""
    require_change(Finding)
    Finding.objects.filter(pk=finding.pk).update(state=state)
    finding.refresh_from_db()
    audit.record("study.found", finding, result="done", detail={"state": state})
    return finding
