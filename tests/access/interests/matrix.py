"""The pages of declared interests in the access matrix: everybody's own, and nobody else's."""

from ceasefire.access.interests.models import DeclaredInterest, InterestFlag
from ceasefire.access.interests.services import interest_declare
from ceasefire.access.models import User
from ceasefire.access.partitions import Room
from tests.access_matrix.declaring import Page

ABSENT = [10**9]


def an_interest(reader) -> list:
    with reader.acting(Room.AGGREGATE):
        return [interest_declare(name=reader.planted, relation="friend").pk]


def _record(reader) -> str:
    return f"registry.person:{7_000_000 + reader.agency.pk}"


def _another(reader) -> User:
    return User.objects.only("username").exclude(pk=reader.user.pk).earliest("pk")


def a_flag(reader) -> list:
    """Somebody else came near a record; the reviewer of the reader's agency is to decide."""
    made, _new = InterestFlag.objects.get_or_create(
        account=_another(reader), record=_record(reader), defaults={"found": "surname"}
    )
    return [made.pk]


PAGES = {
    "interests:mine": Page(
        beside=an_interest, model=DeclaredInterest, private=True,
        form=lambda _reader: {"name": "Ann Other", "relation": "family"},
    ),
    "interests:take_back": Page(
        an_interest, model=DeclaredInterest, private=True, absent=ABSENT, form=lambda _reader: {}
    ),
    "oversight:interests": Page(
        beside=a_flag, model=InterestFlag, planted=_record,
        form=lambda reader: {
            "account": _another(reader).username,
            "record": "registry.person:5", "because": "The reviewer knows of it.",
        },
    ),
    "oversight:interest": Page(
        a_flag, model=InterestFlag, absent=ABSENT, planted=_record,
        form=lambda _reader: {"decision": "open", "because": "Another person of that surname."},
    ),
}  # fmt: skip
