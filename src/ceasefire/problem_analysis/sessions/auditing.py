"""Verb of a group audit: a group is gone through, and what is new is said of it, by this session.

No person and no list of members is taken: what is kept are statements about groups.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.access.retention.refusals import in_words
from ceasefire.problem_analysis.sessions import requiring
from ceasefire.problem_analysis.sessions.models import Session, Walked
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.groups.models import Group, GroupStatement
from ceasefire.registry.groups.services import group_state, statement_withdraw
from ceasefire.registry.sources.models import Source
from ceasefire.registry.sources.services import source_record

About = GroupStatement.About


@dataclass(frozen=True)
class Said:
    """What the session says of a group; what is left out stands as it stood.

    size: from and to. area: a GeoJSON polygon in degrees. allies, rivals: all that there are.
    """

    size: tuple[int, int] | None = None
    activity: str = ""
    area: dict | None = None
    allies: list[Group] | None = None
    rivals: list[Group] | None = None
    names: list[str] = field(default_factory=list)


@transaction.atomic
def group_walk(
    *, session: Session, group: Group, said: Said | None = None,
    last_violence_on: date | None = None,
) -> Walked:  # fmt: skip
    """Go through a group: confirm what stands (said: None), or say what is new.

    Going through it again finds that it was, and refuses what is new since: it would be lost.
    Raises NotPermitted, ValidationError by field.
    """
    require_change(Walked)
    if last_violence_on and last_violence_on > min(session.on, timezone.localdate()):
        raise ValidationError({"last_violence_on": _("That day was not before the session.")})
    requiring.to_walk(session)
    # Of two who go through the groups at once the second sees what the first has said.
    Session.objects.select_for_update().get(pk=session.pk)
    new = _new(groups.picture_of(group), said) if said else {}
    held = Walked.objects.filter(session=session, group=group).first()
    if held and any(new.values()):
        raise ValidationError(
            _("This session has gone through the group meanwhile. Look at what stands of it now.")
        )
    if held:
        return held
    with in_words():
        made = Walked.objects.create(
            session=session, group=group, unchanged=not any(new.values()),
            last_violence_on=last_violence_on,
        )  # fmt: skip
    if any(new.values()):
        _state(session, group, new)
    audit.record("sessions.walked", group, result="done", detail={"session": session.pk})
    return made


def _new(picture: groups.Picture, said: Said) -> dict[str, list]:
    """What differs from what stands: statements to make, and statements to take back."""
    size, activity = (picture.newest.get(about) for about in (About.SIZE, About.ACTIVITY))
    made: list[tuple[str, dict]] = [
        (About.ALIAS, {"name": name}) for name in said.names if name not in picture.aliases
    ]
    if said.size and (size is None or (size.low, size.high) != said.size):
        made.append((About.SIZE, {"low": said.size[0], "high": said.size[1]}))
    if said.activity and (activity is None or activity.activity != said.activity):
        made.append((About.ACTIVITY, {"activity": said.activity}))
    if said.area and said.area != picture.area:
        made.append((About.TERRITORY, {"area": said.area}))
    gone: list[GroupStatement] = []
    for about, wanted in ((About.ALLIANCE, said.allies), (About.RIVALRY, said.rivals)):
        if wanted is None:
            continue
        chosen, standing = {one.pk for one in wanted}, picture.several[about]
        stand = {one.pk for one in picture.others(about)}
        made += [(about, {"other": one}) for one in wanted if one.pk not in stand]
        gone += [one for one in standing if not {one.group_id, one.other_id} & chosen]
    return {"made": made, "gone": gone}


def _state(session: Session, group: Group, new: dict[str, list]) -> None:
    source = source_of(session)
    for about, said in new["made"]:
        group_state(group=group, source=source, about=about, **said)
    for one in new["gone"]:
        statement_withdraw(
            statement=one, because=_("Not confirmed in %(session)s") % {"session": source.number}
        )


def source_of(session: Session) -> Source:
    """The session as a source: recorded when something is first said by it."""
    return source_record(
        form=Source.Form.SESSION, number=session.number, on=session.on, lawful=True,
        reliability=Source.Reliability.RELIABLE, content=Source.Content.PROBABLE,
        words=session.title,
    )  # fmt: skip
