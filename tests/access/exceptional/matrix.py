"""Records opened in an emergency, in the access matrix. Opening one is sent by the tests beside."""

from ceasefire.access.exceptional.models import Opening
from ceasefire.access.models import User
from tests.access_matrix.declaring import Page
from tests.walls import as_owner

ABSENT = [10**9]
# Of the shared room no record can be opened yet: such an opening tells of a table that is gone.
MODELS = {"investigative": "house.tip", "services": "house.casenote", "shared": "house.gone"}
REASON = "Somebody is on the way to her house now."


def _opening(*, owner: int, room: str, by: int, open_now: bool = False) -> list:
    """Only a function writes openings, in a session with a fresh second factor; and the owner."""
    with as_owner() as connection:
        connection.execute(
            "UPDATE access_opening SET closed_at = now() WHERE opened_by_id = %s"
            " AND closed_at IS NULL",
            [by],
        )
        return connection.execute(
            "INSERT INTO access_opening (model, record, room, owner_id, opened_by_id, session,"
            " reason, stepped_up_at, opened_at, ends_at, closed_at, review_due, review_words)"
            " VALUES (%s, 1, %s, %s, %s, 0, %s, now(), now(), now() + interval '15 min',"
            " CASE WHEN %s THEN NULL ELSE now() END, now() + interval '2 days', '') RETURNING id",
            [MODELS[room], room, owner, by, REASON, open_now],
        ).fetchone()


def an_own_opening(reader) -> list:
    return _opening(owner=reader.agency.pk, room=reader.standing.role.room.value, by=reader.user.pk)


def an_open_one(reader) -> list:
    room = reader.standing.role.room.value
    return _opening(owner=reader.agency.pk, room=room, by=reader.user.pk, open_now=True)


def an_alert(reader) -> list:
    """What somebody else opened of the reader's agency."""
    other = User.objects.only("pk").exclude(pk=reader.user.pk).latest("pk")
    room = reader.standing.role.room.value
    return _opening(owner=reader.agency.pk, room=room, by=other.pk)


def one_to_review(reader) -> list:
    other = User.objects.only("pk").exclude(pk=reader.user.pk).latest("pk")
    return _opening(owner=reader.agency.pk, room="investigative", by=other.pk)


def _number(reader) -> str:
    return "Tip 1"


PAGES = {
    "exceptional:ask": Page(
        private=True, leads=("mfa_reauthenticate",), planted=lambda _reader: "Open a hidden record"
    ),
    "exceptional:opened": Page(
        an_own_opening, private=True, absent=ABSENT, status=403, planted=lambda _reader: "closed"
    ),
    "exceptional:close": Page(
        an_open_one, private=True, absent=ABSENT, form=lambda _reader: {}
    ),
    "exceptional:seen": Page(
        an_alert, private=True, blank=True, absent=ABSENT, form=lambda _reader: {}
    ),
    "oversight:openings": Page(beside=one_to_review, model=Opening, planted=_number),
    "oversight:opening": Page(
        one_to_review, absent=ABSENT, planted=lambda _reader: REASON,
        form=lambda _reader: {"justified": "yes", "words": "It could not have waited."},
    ),
}  # fmt: skip
