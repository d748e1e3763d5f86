"""One cell of the matrix: who asks for what, what must come, and whether it did."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from django.http import HttpResponse
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.policies import declared
from ceasefire.access.roles import STANDINGS, Standing
from ceasefire.access.routes import Route
from tests.access_matrix.declaring import Page, Reader, body
from tests.access_matrix.world import World, unseen

METHODS = ("GET", "POST", "PUT")
NOWHERE = "/no-such-page/"
# A word of an address that is as long as this may stand in its page.
LONG = 8
# What differs between two answers that say the same: the form's token against forgery, which is
# new each time (as a hidden field, a header for htmx, a cookie), the session's cookie and the
# moment at which it lapses, the minute in the page's foot, and the address asked for. Nothing else
# is passed over.
NEW = re.compile(
    r"[A-Za-z0-9]{64}|(?<=csrftoken=)[A-Za-z0-9]{32}|(?<=expires=)[^;]+ GMT|(?<=Max-Age=)[0-9]+"
    r"|(?<=<p>As of )[^<]+"
)


@dataclass(frozen=True)
class Cell:
    """asked: own, other, hidden or absent. expected: shown, sent, absent, forbidden, not allowed,
    entrance (to sign in) or open (nobody, at a page of signing in)."""

    route: Route
    page: Page
    method: str
    asked: str
    url: str
    expected: str
    planted: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.url} ({self.route.name}, {self.asked})"


def bytes_of(answer: HttpResponse, url: str) -> tuple:
    """An answer without what must differ: tokens and the address itself."""
    headers = {name: _plain(value, url) for name, value in answer.headers.items()}
    cookies = sorted(_plain(morsel.OutputString(), url) for morsel in answer.cookies.values())
    return answer.status_code, headers, cookies, _plain(body(answer), url)


def _plain(words: str, url: str) -> str:
    plain = NEW.sub("NEW", words).replace(url, "ADDRESS")
    for part in filter(lambda part: len(part) >= LONG, unquote(url).split("/")):
        plain = plain.replace(part, "WORD")
    return plain


def _difference(found: tuple, nothing: tuple) -> str:
    """Where two answers part, in each of their parts."""
    pairs = [(str(a), str(b)) for a, b in zip(found, nothing, strict=True) if a != b]
    return "; ".join(_parting(*pair) for pair in pairs)


def _parting(a: str, b: str) -> str:
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    return f"{a[max(0, at - 40) : at + 60]!r} != {b[max(0, at - 40) : at + 60]!r}"


def admits(route: Route, page: Page, standing: Standing) -> bool:
    actor = Actor("", standing.role, standing.agency_kind)
    return route.gate.admits(actor) and page.admits(standing)


def place(routes: Iterable[Route], standing: Standing) -> tuple:
    """A role, and where every gate and every policy puts it at one kind of agency."""
    actor = Actor("", standing.role, standing.agency_kind)
    gates = tuple(route.gate.admits(actor) for route in routes)
    sets = (
        one
        for _model, policy in sorted(declared().items(), key=lambda each: each[0]._meta.label)
        for one in vars(policy).values()
        if isinstance(one, frozenset | dict)
    )
    named = (each.values() if isinstance(each, dict) else [each] for each in sets)
    return standing.role, gates, tuple(standing in one for each in named for one in each)


class Asker:
    """A reader of one standing, or nobody (None), before every address."""

    def __init__(self, world: World, reader: Reader | None, *, known: bool = False) -> None:
        """known: a reader of the same place at another kind of agency asks for every cell."""
        self.world, self.reader, self.known = world, reader, known
        self.client = world.client(reader)
        self.first = next(iter(world.readers.values()))
        self.asked_once = cache(self._asked_once)

    def admitted(self, route: Route, page: Page) -> bool:
        return self.reader is not None and admits(route, page, self.reader.standing)

    def cells(self, route: Route, page: Page) -> Iterator[Cell]:
        """Every cell of one address, but for the forms that are granted."""
        for asked in self._asked(route, page):
            if (url := self.url(route, page, asked)) is None:
                continue
            for method in ("GET",) if self.known else ("GET", "POST"):
                expected = self.expected(route, page, asked, method)
                if expected and expected != "sent":
                    yield Cell(
                        route, page, method, asked, url, expected, self.planted(route, page, asked)
                    )

    def _asked(self, route: Route, page: Page) -> tuple[str, ...]:
        """Who does not pass the gate is not asked which record. Pages of signing in know no role:
        one reader and nobody try their every cell."""
        if route.gate.public and self.reader not in (None, self.first):
            return ()
        if self.reader and not self.admitted(route, page):
            return () if self.known else ("own",)
        return ("own",) if self.known else ("own", "other", "hidden", "absent")

    def undeclared(self, route: Route, page: Page) -> Iterator[Cell]:
        """What an address does not answer, however well its reader is admitted."""
        url = self.url(route, page, "own") or self.url(route, page, "absent")
        for method in METHODS:
            if self.admitted(route, page) and method not in route.methods():
                yield Cell(route, page, method, "own", url, "not allowed")

    def sent(self, route: Route, page: Page) -> Iterator[Cell]:
        """The valid forms that this reader may send, each about a record made for it."""
        for asked in ("own", "other"):
            sends = self.expected(route, page, asked, "POST") == "sent" and page.form
            if sends and (url := self.url(route, page, asked, fresh=True)) is not None:
                yield Cell(route, page, "POST", asked, url, "sent")

    def url(self, route: Route, page: Page, asked: str, *, fresh: bool = False) -> str | None:
        words = self._words(route, page, asked, fresh)
        return None if words is None else reverse(route.name, args=words)

    def _words(self, route: Route, page: Page, asked: str, fresh: bool):
        make = self.world.make if fresh else self.world.made
        room = page.room
        if asked == "absent":
            return page.absent or None
        whose = self._whose(route, page, asked)
        if asked == "hidden":
            return page.hidden and page.record and make(page.hidden, whose, room)
        if page.absent and page.record is None:
            return None  # nothing of this sort is there at all
        maker = page.record or page.beside
        made = make(maker, whose, room) if maker else ()
        if page.record is None:
            # A list has one address; the others' and the hidden records stand beside the own.
            if page.beside:
                make(page.beside, self._whose(route, page, "other"), room)
            if page.hidden:
                make(page.hidden, self._whose(route, page, "hidden"), room)
            return () if asked == "own" else None
        return made

    def _whose(self, route: Route, page: Page, asked: str) -> Reader:
        """Whose record it is: an account's own, or else an agency's. Before whom a gate is shut, it
        is a record of somebody who passes."""
        standing = self.standing(route, page)
        people = self.world.readers if asked == "own" else self.world.strangers
        person = people[standing]
        holder = person if page.private else self.world.holder(person)
        return unseen(holder) if asked == "hidden" else holder

    def standing(self, route: Route, page: Page) -> Standing:
        if self.admitted(route, page):
            return self.reader.standing
        return next(one for one in self.world.readers if admits(route, page, one))

    def planted(self, route: Route, page: Page, asked: str) -> str:
        return page.planted(self._whose(route, page, asked))

    def expected(self, route: Route, page: Page, asked: str, method: str) -> str:
        declared = route.methods()
        if self.reader is None:
            return self._of_nobody(route, method in declared)
        if not self.admitted(route, page):
            # A gate is one for all methods: it is tried with the strongest that the page declares.
            return "absent" if method == ("POST" if "POST" in declared else "GET") else ""
        if method not in declared:
            return ""
        read = asked == "own" or (asked == "other" and page.reads_others(self.reader.standing))
        if not read:
            # Where any address has a page, a form may well be sent to it.
            return "" if page.blank and method == "POST" and page.form else "absent"
        if method == "GET":
            return "shown"
        return "sent" if page.may_change(self.reader.standing) else "forbidden"

    @staticmethod
    def _of_nobody(route: Route, declared: bool) -> str:
        if route.gate.public:
            return "open" if declared else ""
        return "entrance"

    def ask(self, cell: Cell) -> HttpResponse:
        if cell.method == "PUT":
            return self.client.generic(cell.method, cell.url)
        data = self.form(cell.route, cell.page) if cell.method == "POST" else {}
        return getattr(self.client, cell.method.lower())(cell.url, data)

    def form(self, route: Route, page: Page) -> dict:
        """A valid form, or an empty one."""
        if page.form is None:
            return {}
        with identity.acting(identity.OPERATOR, page.room):
            return page.form(self._whose(route, page, "own"))

    def fault(self, cell: Cell) -> str:
        """What is wrong with the answer to a cell; empty where it is as it must be."""
        answer = self.ask(cell)
        wrong = getattr(self, "_" + cell.expected.replace(" ", "_"))(cell, answer)
        if answer.exc_info:
            wrong = repr(answer.exc_info[1])
        return f"{self}: {cell}: {wrong}" if wrong else ""

    def __str__(self) -> str:
        return str(self.reader.standing) if self.reader else "nobody"

    def _shown(self, cell: Cell, answer: HttpResponse) -> str:
        if answer.status_code == 302 and self._leads(cell, answer):
            return ""
        if answer.status_code != cell.page.status:
            return f"not shown but {answer.status_code}"
        text = cell.page.text(answer)
        if cell.planted not in text:
            return f"'{cell.planted}' is not in it"
        return self._shown_beside(cell, text) if cell.page.beside else ""

    def _shown_beside(self, cell: Cell, text: str) -> str:
        page = cell.page
        if page.hidden and self.planted(cell.route, page, "hidden") in text:
            return "a hidden record shows"
        if (self.planted(cell.route, page, "other") in text) != page.reads_others(
            self.reader.standing
        ):
            return "another agency's record shows, or should"
        return ""

    @staticmethod
    def _leads(cell: Cell, answer: HttpResponse) -> bool:
        return urlsplit(answer.url).path in map(reverse, cell.page.leads)

    def _sent(self, cell: Cell, answer: HttpResponse) -> str:
        return "" if answer.status_code in (200, 302) else f"not taken but {answer.status_code}"

    def _absent(self, cell: Cell, answer: HttpResponse) -> str:
        """As an address of this sort that leads to nothing; and that as one of no sort at all, but
        for the session's cookie, which any page of the product may set again."""
        found, nothing = bytes_of(answer, cell.url), self.nothing(cell)
        if cell.page.blank:
            return "" if found == nothing else f"differs: {_difference(found, nothing)}"
        if nothing[0] == found[0] == 404 and cell.route.gate.public and cell.asked == "absent":
            return ""  # a page of signing in may say in its own words that nothing is there
        if cell.asked not in ("other", "hidden"):
            found, nothing = (each[:2] + each[3:] for each in (found, nothing))
        if nothing[0] != 404:
            return f"an address that leads nowhere answers {nothing[0]}"
        return "" if found == nothing else f"differs: {_difference(found, nothing)}"

    def nothing(self, cell: Cell) -> tuple:
        """The answer that this one must not be told from."""
        known = cell.asked in ("other", "hidden") or (cell.page.blank and cell.page.absent)
        url = reverse(cell.route.name, args=cell.page.absent) if known else NOWHERE
        return self.asked_once(cell.method.lower(), url)

    def _asked_once(self, method: str, url: str) -> tuple:
        return bytes_of(getattr(self.client, method)(url), url)

    def _forbidden(self, cell: Cell, answer: HttpResponse) -> str:
        return "" if answer.status_code == 403 else f"not forbidden but {answer.status_code}"

    def _not_allowed(self, cell: Cell, answer: HttpResponse) -> str:
        # The library sends away from some of its pages whatever the method.
        away = cell.route.gate.public and answer.status_code == 302
        return "" if answer.status_code == 405 or away else f"not 405 but {answer.status_code}"

    def _entrance(self, cell: Cell, answer: HttpResponse) -> str:
        ours = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
        return "" if ours else f"not to signing in but {answer.status_code}"

    def _open(self, cell: Cell, answer: HttpResponse) -> str:
        if answer.status_code not in (200, 204, 302, 401, 404):
            return f"answers {answer.status_code}"
        own = cell.page.private and cell.planted and cell.planted in body(answer)
        return "somebody's own words show" if own else ""


def asker_for(world: World, route: Route, page: Page) -> Asker:
    """Somebody who may open the address and, where anybody may, change what it shows."""
    found = [Asker(world, world.readers[one]) for one in STANDINGS]
    admitted = [one for one in found if one.admitted(route, page)]
    may = [one for one in admitted if page.may_change(one.reader.standing)]
    return (may or admitted)[0]
