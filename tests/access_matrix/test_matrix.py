"""Every address x every standing and nobody x own, another agency's, hidden and absent records.

The addresses' own declarations stand in `tests/<app>/matrix.py`.
"""

import pytest

from ceasefire.access.roles import STANDINGS
from ceasefire.access.routes import all_routes
from tests.access_matrix.asking import Asker, place
from tests.access_matrix.declaring import declared
from tests.access_matrix.world import changed, fingerprint, world
from tests.walls import as_owner

REFUSED = ("absent", "forbidden", "not allowed")
NOBODY = "nobody"


@pytest.fixture(scope="module", name="world")
def _world(django_db_setup, django_db_blocker):
    with world(django_db_blocker) as made:
        yield made


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of refusals are no news."""
    caplog.set_level("CRITICAL")


@pytest.fixture(scope="module")
def routes(world):
    return list(all_routes())


@pytest.fixture(scope="module")
def log():
    with as_owner() as owner:
        yield Log(owner)


class Log:
    """The newest rows of the audit log, as the owner sees them."""

    def __init__(self, owner):
        self.owner = owner
        self.last = 0
        self.fresh()

    def fresh(self) -> list[tuple]:
        """(account, result) of every row since the last time."""
        rows = self.owner.execute(
            "SELECT id, user_id, result FROM access_auditentry WHERE id > %s", [self.last]
        ).fetchall()
        self.last = max([self.last, *(row[0] for row in rows)])
        return [row[1:] for row in rows]


def test_c01_every_address_stands_in_the_matrix(routes):
    assert {route.name for route in routes} == set(declared())


@pytest.fixture(params=[*STANDINGS, NOBODY], ids=str)
def asker(request, world, routes):
    if request.param == NOBODY:
        return Asker(world, None)
    first = next(one for one in STANDINGS if place(routes, one) == place(routes, request.param))
    return Asker(world, world.readers[request.param], known=first != request.param)


def test_c01_c06_a_cell_of_the_matrix_answers_as_it_is_granted_and_no_more(
    asker, routes, log, record_property
):
    """Own records show their planted words; foreign, hidden and absent answer the same bytes; what
    is refused changes no row and leaves one row of the log. A role that every gate and policy puts
    in one place at several kinds of agency is asked for everything at the first, and at the others
    for each page that is open to it."""
    pages, faults = declared(), []
    cells = [cell for route in routes for cell in asker.cells(route, pages[route.name])]
    for cell in cells:
        if cell.expected == "absent":
            asker.nothing(cell)
    before = fingerprint()
    log.fresh()
    for cell in cells:
        faults += filter(None, [asker.fault(cell), logged(asker, cell, log)])
    written = {table for cell in cells for table in cell.page.writes}
    faults += [f"rows changed in {table}" for table in {*changed(before, fingerprint())} - written]
    record_property("cells", len(cells))
    assert not faults, "\n".join(faults)


def test_no_form_is_taken_without_its_token_against_forgery(world, routes):
    """From another site's page a signed-in browser would send the form, but not the token."""
    pages = declared()
    askers = [Asker(world, world.readers[one]) for one in STANDINGS]
    sent = []
    for route in (route for route in routes if "POST" in route.methods()):
        page = pages[route.name]
        asker = next(one for one in askers if one.admitted(route, page))
        url = asker.url(route, page, "own") or asker.url(route, page, "absent")
        sent.append((asker.client, url, asker.form(route, page)))
    before = fingerprint()
    faults = [fault for one in sent if (fault := forged(*one))]
    faults += [f"rows changed in {table}" for table in changed(before, fingerprint())]
    assert not faults, "\n".join(faults)


def forged(client, url: str, form: dict) -> str:
    client.handler.enforce_csrf_checks = True
    try:
        status = client.post(url, form).status_code
    finally:
        client.handler.enforce_csrf_checks = False
    return "" if status == 403 else f"{url} takes a forged form: {status}"


def test_methods_that_an_address_does_not_declare_are_refused_without_effect(
    world, routes, record_property
):
    pages = declared()
    askers = [Asker(world, world.readers[one]) for one in STANDINGS]
    chosen = [
        (route, next(one for one in askers if one.admitted(route, pages[route.name])))
        for route in routes
    ]
    cells = [
        (asker, cell)
        for route, asker in chosen
        for cell in asker.undeclared(route, pages[route.name])
    ]
    before = fingerprint()
    faults = [fault for asker, cell in cells if (fault := asker.fault(cell))]
    faults += [f"rows changed in {table}" for table in changed(before, fingerprint())]
    record_property("cells", len(cells))
    assert not faults, "\n".join(faults)


def logged(asker, cell, log) -> str:
    """What is wrong with the rows that a cell has left in the log."""
    rows = log.fresh()
    if asker.reader is None:
        return ""
    if cell.expected in REFUSED and not cell.page.blank:
        right = rows == [(asker.reader.user.pk, "denied")]
    else:
        right = bool(rows) or cell.route.gate.public
    return "" if right else f"{asker}: {cell}: in the log: {rows}"


def test_c01_a_form_that_is_granted_is_taken_and_changes_something(asker, routes, record_property):
    pages, faults, sent = declared(), [], 0
    for route in () if asker.reader is None or asker.known else routes:
        for cell in asker.sent(route, pages[route.name]):
            # The record is there by now: what differs from here on is the form's.
            before = fingerprint()
            faults += filter(None, [asker.fault(cell)])
            if bool(changed(before, fingerprint())) != cell.page.changes:
                faults.append(f"{asker}: {cell}: changed nothing, or too much")
            sent += 1
    record_property("cells", sent)
    assert not faults, "\n".join(faults)
