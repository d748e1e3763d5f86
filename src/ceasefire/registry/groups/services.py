"""Verbs: record and end the city's policy; enter a group, say something of it, take it back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.refusals import in_words
from ceasefire.registry.groups import territory
from ceasefire.registry.groups.models import MOST_MEMBERS, Group, GroupPolicy, GroupStatement
from ceasefire.registry.lint import require_fit, require_words
from ceasefire.registry.sources.models import Source

About = GroupStatement.About


@transaction.atomic
def policy_record(
    *, document: str, published_at: str, published_on: date, approved_by: str,
    effective_from: date,
) -> GroupPolicy:  # fmt: skip
    """Record the policy that the city has published: from its day on, groups may be entered.

    Recording it again changes nothing. Raises NotPermitted, ValidationError by field.
    """
    require_change(GroupPolicy)
    require_words(document=document, published_at=published_at, approved_by=approved_by)
    if published_on > timezone.localdate():
        raise ValidationError({"published_on": _("Record it once it has been published.")})
    if effective_from < published_on:
        raise ValidationError(
            {"effective_from": _("A policy is in force from the day it is published at first.")}
        )
    policy, new = GroupPolicy.objects.get_or_create(
        document=document.strip(), ended_at=None,
        defaults={
            "published_at": published_at.strip(), "published_on": published_on,
            "approved_by": approved_by.strip(), "effective_from": effective_from,
        },
    )  # fmt: skip
    if new:
        audit.record("groups.policy_recorded", policy, result="done")
    return policy


@transaction.atomic
def policy_end(*, policy: GroupPolicy, because: str) -> None:
    """From this moment on there is no group and no tie, for anybody. Repeating changes nothing."""
    actor = require_change(GroupPolicy)
    require_words(because=because)
    standing = GroupPolicy.objects.filter(pk=policy.pk, ended_at=None)
    ended = {"ended_at": Now(), "ended_by": actor.user_id, "ended_because": because.strip()}
    if standing.update(**ended):
        audit.record("groups.policy_ended", policy, result="done")


@transaction.atomic
def group_open(*, name: str, source: Source) -> Group:
    """Enter a group under the name that a source gives it."""
    actor = require_change(Group)
    require_words(name=name)
    require_fit(name=name)
    with in_words():
        group = Group.objects.create(
            agency_id=actor.agency_id or source.agency_id, record_class=RecordClass.INTELLIGENCE,
            basis_on=source.on,
        )  # fmt: skip
    audit.record("groups.opened", group, result="done")
    group_state(group=group, source=source, about=About.NAME, name=name)
    return group


@transaction.atomic
def group_state(*, group: Group, source: Source, about: str, **said) -> GroupStatement:
    """Say one thing of a group, by one source. said: name; kind; low and high; activity; area (a
    GeoJSON polygon); or other (a group). Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(GroupStatement)
    _require_sense(about, said)
    if "name" in said:
        said["name"] = " ".join(said["name"].split())
    with in_words():
        made = GroupStatement.objects.create(
            group=group, source=source, about=about, agency_id=actor.agency_id or source.agency_id,
            record_class=RecordClass.INTELLIGENCE, basis_on=source.on, **said,
        )  # fmt: skip
    audit.record("groups.stated", group, result="done", detail={"about": about})
    return made


def _require_sense(about: str, said: dict) -> None:
    if about in (About.NAME, About.ALIAS):
        require_words(name=said.get("name", ""))
        require_fit(name=said["name"])
    elif about == About.SIZE:
        low, high = said.get("low"), said.get("high")
        if low is None or high is None or not 0 <= low < high <= MOST_MEMBERS:
            raise ValidationError(
                {"high": _("Write a range, from fewer to more: nobody counts a list of people.")}
            )
    elif about == About.TERRITORY:
        said["area"] = territory.checked(said.get("area"))
    elif about in (About.ALLIANCE, About.RIVALRY):
        if said.get("other") is None:
            raise ValidationError({"other": _("Choose the other group.")})
    elif not said.get(about):
        raise ValidationError({about: _("Choose one.")})


@transaction.atomic
def statement_withdraw(*, statement: GroupStatement, because: str) -> None:
    """It was wrong. Repeating it changes nothing."""
    require_change(GroupStatement)
    require_words(because=because)
    standing = GroupStatement.objects.filter(pk=statement.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=Now(), withdrawn_because=because.strip()):
        audit.record("groups.withdrawn", statement.group, result="done",
                     detail={"about": statement.about})  # fmt: skip
