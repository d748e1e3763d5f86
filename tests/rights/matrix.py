"""The pages of rights in the access matrix."""

import uuid
from dataclasses import replace
from datetime import date
from hashlib import sha1

from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.purposes import binding
from ceasefire.access.sealing.services import record_key_make
from ceasefire.registry.people.models import Contact
from ceasefire.rights.models import ANSWERS, Contest, Correction, InvestigativeAnswer, Request
from ceasefire.rights.policies import CLERKS, DECIDERS, HOLDERS, POLICE
from ceasefire.rights.services import identity_confirm, request_take
from tests.access_matrix.declaring import Page
from tests.registry.people.matrix import AS_OF, CLOCK, for_a_shooting, person
from tests.walls import as_owner

ABSENT = [10**9]
KEEPS = {
    "police": Room.INVESTIGATIVE, "ceasefire": Room.SHARED, "community": Room.SERVICES,
    "hospital": Room.SERVICES, "ovp": Room.SERVICES,
}  # fmt: skip


def a_request(reader) -> list:
    """Taken in on the public page, by nobody; it holds the reader's words."""
    token = uuid.uuid4()
    with identity.showing(*identity.NOBODY), binding.none():
        request_take(
            token=token, kind="held", means="web", language="en", name=reader.planted,
            contact="12 Oak St",
        )  # fmt: skip
    return [Request.objects.get(token=token).pk]


def identified(reader) -> list:
    """Of which every holder, the reader's agency too, owes an answer."""
    (pk,) = a_request(reader)
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        identity_confirm(request=Request.objects.get(pk=pk), how="document")
    return [pk]


def answered(reader) -> list:
    (pk,) = identified(reader)
    room = KEEPS.get(reader.agency.kind)
    if room is not None:
        with identity.acting(identity.OPERATOR, room):
            ANSWERS[room].objects.create(
                request_id=pk, agency=reader.agency, outcome="given", told=[["Held", ["Nothing."]]],
                because="", answered_at=AS_OF, record_key=record_key_make(room=room),
            )  # fmt: skip
    return [pk]


def to_review(kind: str):
    """An answer of a holder of that kind, which its person wants reviewed."""

    def made(reader) -> list:
        (pk,) = identified(reader)
        room, agency = KEEPS[kind], Agency.objects.filter(kind=kind).earliest("pk")
        with identity.acting(identity.OPERATOR, room):
            answer = ANSWERS[room].objects.create(
                request_id=pk, agency=agency, outcome="cannot", told=[], because="An open case.",
                answered_at=AS_OF, record_key=record_key_make(room=room),
            )  # fmt: skip
        with as_owner() as owner:
            owner.execute(
                f"UPDATE {room.value}.{ANSWERS[room]._meta.db_table} SET review_asked_at = now()"
                " WHERE id = %s", [answer.pk],
            )  # fmt: skip
        return [answer.pk]

    return made


def a_contest(reader, **more) -> list:
    (pk,) = identified(reader)
    one = person(reader)
    entry = Contact.objects.create(
        agency=reader.agency, person=one, record=one.records.get(), kind="arrest",
        on=date(2026, 2, 1), row_key=uuid.uuid4(), content_key=uuid.uuid4(), known_from=AS_OF,
        **CLOCK | {"record_class": "intelligence"},
    )  # fmt: skip
    made = Contest.objects.create(
        request_id=pk, entry=f"registry.contact:{entry.pk}", subject=f"registry.person:{one.pk}",
        known_as=[], agency=reader.agency, says=reader.planted, words="It was not me.",
        language="en", opened_at=timezone.now(), due_on=date.today(),
        record_key=record_key_make(room=Room.INVESTIGATIVE),
    )  # fmt: skip
    return [made.pk]


def one_to_decide(reader) -> list:
    """Of a police agency's entry: its own agency reads it, and whoever decides from outside."""
    if reader.agency.kind != Agency.Kind.POLICE:
        police = Agency.objects.filter(kind=Agency.Kind.POLICE).earliest("pk")
        reader = replace(reader, agency=police)
    return for_a_shooting(a_contest)(reader)


def decided(reader) -> list:
    (pk,) = one_to_decide(reader)
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.rights_contest SET outcome = 'stands', reasons = %s,"
            " decided_at = now(), decided_agency_id ="
            " (SELECT min(id) FROM access_agency a WHERE a.id <> agency_id) WHERE id = %s",
            [sealed(pk, "reasons"), pk],
        )  # fmt: skip
    return [pk]


def appealed(reader) -> list:
    (pk,) = decided(reader)
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.rights_contest SET appealed_at = now(), appeal_due_on ="
            " current_date + 30, appeal_words = %s WHERE id = %s", [sealed(pk, "appeal_words"), pk],
        )  # fmt: skip
    return [pk]


def sealed(pk: int, name: str) -> bytes:
    """Words as a column of this contest keeps them."""
    contest = Contest.objects.select_related("record_key").get(pk=pk)
    setattr(contest, name, "Written by somebody else.")
    return Contest._meta.get_field(name).pre_save(contest, False).held


def entry_of(reader) -> str:
    """One entry for each agency, by the words that are planted there."""
    return f"registry.contact:9{int(sha1(reader.planted.encode()).hexdigest()[:9], 16)}"


def a_correction(reader, entry="") -> list:
    made, _new = Correction.objects.get_or_create(
        entry=entry or f"registry.contact:{uuid.uuid4().int % 10**9 + 1}", agency=reader.agency,
        defaults={
            "subject": "registry.person:1", "last_received_at": AS_OF, "made_at": AS_OF,
            "due_on": date(2099, 1, 1),
        },
    )  # fmt: skip
    return [made.pk]


def a_known_correction(reader) -> list:
    return a_correction(reader, entry_of(reader))


def _asks(_reader) -> dict:
    return {"token": str(uuid.uuid4()), "kind": "held", "name": "Ann", "contact": "12 Oak St"}


def _takes(reader) -> dict:
    return _asks(reader) | {"means": "counter", "language": "en"}


def says(words):
    return lambda _reader: words


def asks_after(standing) -> bool:
    return standing in CLERKS | HOLDERS


def holds(standing) -> bool:
    return standing in HOLDERS


def decides(standing) -> bool:
    return standing in POLICE | DECIDERS


# Every holder owes every request an answer: the other agency's is the own one too.
REQUEST = {"absent": ABSENT}
ANSWER = {"absent": ABSENT, "planted": says("Answer to request"), "admits": holds}
# Of these every one that there is: police read all contests, and the others decide them.
CONTEST = {"absent": ABSENT, "admits": decides}
FILE = {"planted": says(""), "text": says("")}
PAGES = {
    "rights:ask": Page(planted=says("Your own records")),
    "rights:state": Page(planted=says("How your request stands")),
    "rights:requests": Page(beside=a_request, planted=says("R-")),
    "rights:new": Page(form=_takes, planted=says("Take a request in")),
    "rights:one": Page(identified, **REQUEST, admits=asks_after),
    "rights:identify": Page(a_request, **REQUEST, form=says({"how": "document"})),
    "rights:close": Page(a_request, **REQUEST, form=says({"because": "Nobody came."})),
    "rights:cover": Page(identified, **REQUEST, **FILE, admits=asks_after),
    "answers:owed": Page(beside=identified, planted=says("R-")),
    "answers:answer": Page(identified, **ANSWER, form=says({"outcome": "cannot"})),
    "answers:letter": Page(answered, model=InvestigativeAnswer, absent=ABSENT, **FILE),
    "answers:contest": Page(identified, **ANSWER | {"planted": says("Lay an entry")}),
    **{
        f"answers:reviews_{room.value}": Page(planted=says("Answers to review")) for room in ANSWERS
    },
    **{
        f"answers:review_{room.value}": Page(
            to_review(kind),
            absent=ABSENT,
            planted=says("Answer to request"),
            form=says({"outcome": "stands", "reasons": "It is right."}),
        )
        for room, kind in (
            (Room.INVESTIGATIVE, "police"),
            (Room.SHARED, "ceasefire"),
            (Room.SERVICES, "hospital"),
        )
    },
    "rights:review": Page(identified, absent=ABSENT, form=says({})),
    "contests:list": Page(beside=for_a_shooting(a_contest), planted=says("Contested entries")),
    "contests:one": Page(one_to_decide, **CONTEST),
    "contests:letter": Page(decided, **CONTEST, **FILE),
    "contests:appeals": Page(beside=appealed, planted=says("C-")),
    "contests:appeal": Page(appealed, absent=ABSENT),
    "copies:list": Page(beside=a_known_correction, model=Correction, planted=entry_of),
    "copies:done": Page(
        a_correction, model=Correction, absent=ABSENT, form=says({"how": "Shredded."})
    ),
}
