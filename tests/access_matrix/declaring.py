"""How an app tells the access matrix about its addresses: in `matrix.py`, beside its tests.

    PAGES = {"registry:shooting": Page(a_shooting, model=Incident, absent=[10**9]), ...}

An address that nobody declares, or a declaration without an address, fails the suite.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Agency, User
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.roles import Standing

TESTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Reader:
    """Somebody of one standing at one agency, and the words that only their records hold."""

    standing: Standing
    agency: Agency
    user: User
    planted: str

    def acting(self, room: Room | None = None):
        """Bind the reader, as a job of theirs would be."""
        return identity.acting(actor_of_user(self.user), room)


Words = Sequence[Any]
Maker = Callable[[Reader], Words]


def body(answer: HttpResponse) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")  # a file that shows where it must not is told too


@dataclass(frozen=True)
class Page:
    """One address: its records, its valid form, and how its answer is read.

    record: makes a record with the reader's planted words and gives the words of its address.
    hidden: the same for a record that must not seem to exist. absent: words that lead nowhere.
    beside: makes what a list shows. model: whose policy says who reads other agencies' records
    and who changes them. private: a record is its account's own. admits: whom the page itself
    lets in of those who pass its gate. blank: an address that nothing stands behind has a page all
    the same, and a foreign one has just that page. form: a valid POST; None where another test
    sends it. changes: whether that form changes a row. writes: tables that a GET writes. planted:
    what an answer shows. leads: the address names to which a page may send its reader instead.
    status: of an answer that shows. text: its words.
    """

    record: Maker | None = None
    beside: Maker | None = None
    hidden: Maker | None = None
    absent: Words = ()
    model: type | None = None
    private: bool = False
    admits: Callable[[Standing], bool] = lambda standing: True
    blank: bool = False
    form: Callable[[Reader], dict] | None = None
    changes: bool = True
    writes: tuple[str, ...] = ()
    planted: Callable[[Reader], str] = lambda reader: reader.planted
    leads: tuple[str, ...] = ()
    status: int = 200
    text: Callable[[HttpResponse], str] = body

    @property
    def room(self) -> Room:
        """Where its records are made."""
        if self.model:
            return policy_of(self.model).room
        return Room.ACCOUNT if self.private else Room.INVESTIGATIVE

    def reads_others(self, standing: Standing) -> bool:
        """Whether another agency's record is open to this standing, as the policy has it."""
        if self.model is None:
            return not self.private
        return standing in policy_of(self.model).full

    def may_change(self, standing: Standing) -> bool:
        return self.model is None or standing in policy_of(self.model).change


def declared() -> Mapping[str, Page]:
    """What every app says, by the name of the address."""
    pages: dict[str, Page] = {}
    for path in sorted(TESTS.rglob("matrix.py")):
        dotted = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
        said = importlib.import_module(dotted).PAGES
        twice = pages.keys() & said.keys()
        assert not twice, f"{path} declares again: {sorted(twice)}"
        pages |= said
    return pages
