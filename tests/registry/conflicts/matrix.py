"""The pages about conflicts and disputes in the access matrix."""

from ceasefire.registry.conflicts.models import Conflict, ConflictEvent, Dispute, GroupParty, Side
from tests.access_matrix.declaring import Page
from tests.registry.affiliations.conftest import AGO, TODAY
from tests.registry.groups.matrix import ABSENT, CLOCK, by_policy
from tests.registry.matrix import shooting
from tests.registry.people.matrix import for_a_shooting
from tests.walls import as_owner

FORMS = {
    "event": lambda _reader: {"on": TODAY - AGO, "kind": "fight", "words": "In the school yard."},
    "state": lambda _reader: {"state": "cooling", "on": TODAY - AGO, "words": "Both stay at home."},
}  # fmt: skip


def conflict(reader) -> Conflict:
    made = Conflict.objects.create(
        agency=reader.agency, name=reader.planted, kind="feud", state="active",
        began_on=TODAY - AGO, **CLOCK,
    )  # fmt: skip
    for place in (1, 2):
        Side.objects.create(conflict=made, place=place, name=f"Side {place}")
    return made


@for_a_shooting
def a_conflict(reader):
    return [conflict(reader).pk]


@for_a_shooting
def a_conflict_and_a_shooting(reader):
    shooting(reader)
    return [conflict(reader).pk]


@by_policy
def a_conflict_under_a_policy(reader):
    return [conflict(reader).pk]


@for_a_shooting
def a_hidden_conflict(reader):
    made = conflict(reader)
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.registry_conflict SET hidden = true WHERE id = %s", [made.pk]
        )
    return [made.pk]


@for_a_shooting
def an_event(reader):
    made = conflict(reader)
    event = ConflictEvent.objects.create(
        conflict=made, on=TODAY - AGO, kind="fight", words=reader.planted
    )
    return [made.pk, "event", event.pk]


@for_a_shooting
def a_dispute(reader):
    made = Dispute.objects.create(
        agency=reader.agency, on=TODAY - AGO, place=reader.planted, one_side=reader.planted,
        other_side="The other corner", risks=["ongoing"], why="Threats online.",
        learned="A call to the desk.", **CLOCK,
    )  # fmt: skip
    return [made.pk]


def a_form_of_a_dispute(reader):
    return {
        "on": TODAY - AGO, "place": "Oak Street", "one_side": "One corner",
        "other_side": "The other", "risks": ["immediate"], "why": "Threats online.",
        "learned": "A call.",
    }  # fmt: skip


def _part(name, **more):
    return Page(
        a_conflict, hidden=a_hidden_conflict, model=Conflict, absent=ABSENT,
        form=FORMS.get(name), **more,
    )  # fmt: skip


PAGES = {
    "conflicts:conflicts": Page(beside=a_conflict, model=Conflict),
    "conflicts:new": Page(
        model=Conflict, planted=lambda _reader: "Enter a conflict",
        form=lambda reader: {
            "name": reader.planted, "kind": "feud", "state": "active", "one_side": "One",
            "other_side": "Other", "began_on": TODAY - AGO, "newest_on": TODAY - AGO,
        },
    ),
    "conflicts:conflict": Page(a_conflict, hidden=a_hidden_conflict, model=Conflict, absent=ABSENT),
    "conflicts:shooting": Page(
        a_conflict_and_a_shooting, hidden=a_hidden_conflict, model=Conflict, absent=ABSENT,
        form=lambda reader: {"incident": reader.planted, "reason": "The same two corners."},
    ),
    "conflicts:event": _part("event"),
    "conflicts:state": _part("state"),
    "conflicts:group": Page(a_conflict_under_a_policy, model=GroupParty, absent=ABSENT),
    "conflicts:remove": Page(
        an_event, model=ConflictEvent, absent=[10**9, "event", 1], form=lambda _reader: {}
    ),
    "conflicts:disputes": Page(beside=a_dispute, model=Dispute),
    "conflicts:dispute_new": Page(
        model=Dispute, planted=lambda _reader: "Write down a dispute", form=a_form_of_a_dispute
    ),
    "conflicts:dispute": Page(a_dispute, model=Dispute, absent=ABSENT),
    "conflicts:dispute_review": Page(
        a_dispute, model=Dispute, absent=ABSENT,
        form=lambda _reader: {"outcome": "closed", "review_words": "They have settled."},
    ),
}  # fmt: skip
