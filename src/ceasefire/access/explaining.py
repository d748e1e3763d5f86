"""Why somebody sees a page or a record, or why not, in words: from the rules that decide it."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from ceasefire.access import identity, names
from ceasefire.access.gates import gate_of
from ceasefire.access.identity import Actor
from ceasefire.access.models import Agency
from ceasefire.access.policies import Policy, declared

LONGEST_NUMBER = 18


class NothingToExplain(ValueError):
    """It is neither an address of the product nor a record such as registry.incident:12."""


@dataclass
class Answer:
    """yes: whether this person sees it. because: sentences, in the order of the rules."""

    yes: bool
    because: list[str] = field(default_factory=list)


def explain(asked: str, actor: Actor) -> Answer:
    """asked: an address ('/shootings/12/') or a record ('registry.incident:12').

    A record that is not there, that is another's and that is hidden are one answer. Raises
    NothingToExplain.
    """
    return _page(asked, actor) if asked.startswith("/") else _record(asked, actor)


def _page(path: str, actor: Actor) -> Answer:
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        raise NothingToExplain(f"No page has the address {path}.") from None
    gate = gate_of(match.func, match.url_name)
    if gate is None:
        return Answer(False, [_("Nobody has said who may enter this page, so nobody may.")])
    if gate.public:
        return Answer(True, [_("This page is open to everybody, before signing in too.")])
    facts = {"role": _role(actor), "room": gate.room_for(actor).label}
    if not gate.admits(actor):
        said = _("The page is in the room “%(room)s”, and %(role)s does not enter it.")
        return Answer(False, [said % facts])
    said = [_("The page is in the room “%(room)s”, and %(role)s enters it.") % facts]
    if gate.purpose:
        said.append(_("It opens once this person has stated what for."))
    if match.kwargs:
        said.append(_("Which record it shows follows the record's own rules: ask for it by name."))
    return Answer(True, said)


def _record(asked: str, actor: Actor) -> Answer:
    model, policy, number = _named(asked)
    said, reads = _rows(model, policy, actor)
    if not reads:
        return Answer(False, said)
    said += [str(also.words) for also in policy.also]
    if not _is_there(model, number, actor, policy, policy.scope(actor)):
        absent = _(
            "For this person there is no such record: it does not exist, or is another's, or is "
            "hidden. Which of these is not said."
        )
        return Answer(False, [*said, absent])
    said.append(_("The record is one of these."))
    own = _is_there(model, number, actor, policy, policy.scope(actor, opened=False))
    return Answer(True, [*said, *_names(model, policy, actor), _hands(own, policy, actor)])


def _named(asked: str) -> tuple[type[models.Model], Policy, str]:
    label, _colon, number = asked.partition(":")
    for model, policy in declared().items():
        if model._meta.label_lower == label.lower():
            return model, policy, number
    raise NothingToExplain(
        f"'{asked}' is neither an address (/shootings/) nor a record (registry.incident:12)."
    )


def _rows(model, policy: Policy, actor: Actor) -> tuple[list[str], bool]:
    facts = {
        "role": _role(actor),
        "room": policy.room.label,
        "rows": model._meta.verbose_name_plural,
    }
    if actor.is_operator or actor.standing in policy.full:
        words = _("In the room “%(room)s”, %(role)s reads every row of: %(rows)s.")
        return [words % facts], True
    some = [policy.by] if actor.standing in policy.limited else []
    some += [one for one in policy.opened if actor.standing in one.to]
    if some:
        words = _("In the room “%(room)s”, %(role)s reads some rows of: %(rows)s.")
        return [words % facts, *(str(one.words) for one in some)], True
    words = _("%(role)s reads no row of: %(rows)s. They are in the room “%(room)s”.")
    return [words % facts], False


def _is_there(model, number: str, actor: Actor, policy: Policy, rows: Q | None) -> bool:
    if rows is None or not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return False
    with identity.acting(actor, policy.room):
        return model._default_manager.filter(rows, pk=number).exists()


def _names(model, policy: Policy, actor: Actor) -> list[str]:
    if not policy.named:
        return []
    with identity.acting(actor, policy.room):
        given = names.given(model)
    held_back = policy.readable(actor, model) & set(policy.named) - given
    words = _("Of its names this person may ask for: %(fields)s. Asking is recorded.")
    told = [words % {"fields": ", ".join(sorted(given))}] if given else []
    if held_back:
        told.append(_("Criminal-history data stays closed: no certificate of theirs stands today."))
    return told or [_("Its names stay closed to this person.")]


def _hands(own: bool, policy: Policy, actor: Actor) -> str:
    if own and policy.may_change(actor):
        return _("This person may change it.")
    if actor.closing:
        return _("The agency's agreement is over: this person reads, and changes nothing.")
    return _("This person may not change it.")


def _role(actor: Actor) -> str:
    if actor.is_operator:
        return _("the operator")
    return f"{actor.role.label} ({Agency.Kind(actor.agency_kind).label})"
