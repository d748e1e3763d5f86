"""C18 and C20: every view, search, denial and export leaves a row, or there is no answer."""

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path, reverse

from ceasefire.access import audit, identity
from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.config import urls
from ceasefire.registry.services import city_set
from tests.access.auditing import ask, last, rows, value
from tests.access.test_routes import PLAIN, address

pytestmark = [pytest.mark.usefixtures("at_the_owner_s_desk"), pytest.mark.django_db]
audit.verb("tests.searched", "searched")
audit.verb("tests.exported", "exported")
analyst = gate(Room.INVESTIGATIVE, full=[Role.ANALYST], methods=("GET", "POST"))


@analyst
def silent(request, pk):
    return HttpResponse("a page")


@analyst
def says_so(request, pk):
    audit.record("tests.searched", subjects=[f"registry.person:{pk}"], terms=b"\x00sealed")
    return HttpResponse("a page")


@analyst
def forgets_its_row(request, pk):
    with transaction.atomic():
        audit.record("tests.searched")
        raise Http404


@analyst
def breaks(request, pk):
    ask("SELECT 1 / 0")


@analyst
def streams(request, pk):
    return StreamingHttpResponse(_pieces())


def _pieces():
    STREAMED.append("begun")
    yield b"a page"


STREAMED: list[str] = []

urlpatterns = [
    path(f"{view.__name__}/<int:pk>/", view, name=view.__name__)
    for view in (silent, says_so, forgets_its_row, breaks, streams)
] + urls.urlpatterns


@pytest.fixture
def since(log):
    """Rows after this one are the test's own."""
    return last()


@pytest.fixture
def analyst_client(log, signed_in, settings):
    settings.ROOT_URLCONF = __name__
    client = signed_in(Role.ANALYST)
    client.raise_request_exception = False
    return client


def newest(*columns):
    return ask(f"SELECT {', '.join(columns)} FROM access_auditentry ORDER BY id DESC LIMIT 1")[0]


def test_the_identity_of_a_row_is_the_databases_own(log):
    log.be(7, "officer", agency_id=3)
    audit.record("page.shown", "registry.incident:12", fields=["street"], purpose="review")
    columns = ("user_id", "membership_id", "agency_id", "role", "object_type", "object_id")
    assert newest(*columns, "fields", "purpose") == (
        *(7, 7, 3, "officer", "registry.incident", "12"),
        *(["street"], "review"),
    )


def test_a_row_may_have_no_identity(log):
    audit.record("page.shown", result="denied")
    assert newest("user_id", "membership_id", "agency_id", "role") == (None, None, None, None)


def test_the_operator_is_named_as_such(log):
    log.be(operator=True, role=None)
    audit.record("page.shown")
    assert newest("user_id", "role") == (None, "operator")


def test_a_verb_that_nobody_registered_is_an_error(log, since):
    with pytest.raises(audit.UnknownVerb, match=r"audit\.verb\('registry\.guessed'"):
        audit.record("registry.guessed")
    assert rows("id", since=since) == []


def test_a_row_that_the_database_refuses_is_not_recorded(log):
    with pytest.raises(audit.NotRecorded), transaction.atomic():
        audit.record("page.shown", result="perhaps")


def test_a_role_without_rights_writes_by_the_function_and_touches_nothing_else(log, since):
    with identity.showing("ceasefire_investigative", ""):
        number = audit.record("page.shown")
        for table in ("access_auditentry", "access_auditseal"):
            for words in (
                f"SELECT FROM {table}", f"DELETE FROM {table}", f"TRUNCATE {table}",
                f"INSERT INTO {table} DEFAULT VALUES",
                f"ALTER TABLE {table} DISABLE TRIGGER only_grows",
            ):  # fmt: skip
                with pytest.raises(DatabaseError, match=r"denied|owner"), transaction.atomic():
                    ask(words)
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            ask("SELECT nextval('access_auditentry_id_seq')")
        assert ask("SELECT * FROM wall.audit_of_account(7)") == []
    assert rows("id", since=since) == [(number,)]


def test_the_hash_does_not_depend_on_how_the_session_writes_things(log):
    log.be(7)
    audit.record("tests.searched", "registry.person:ñ", terms=b"\x00\xff", detail={"n": 1.50})
    for setting in ("TimeZone = 'Asia/Kolkata'", "DateStyle = 'SQL'", "bytea_output = 'escape'",
                    "client_encoding = 'LATIN1'", "extra_float_digits = 0"):  # fmt: skip
        ask(f"SET LOCAL {setting}")
    assert value("SELECT bool_and(hash = wall.audit_hash(e)) FROM access_auditentry e")


def test_c18_a_page_that_says_nothing_is_recorded_with_its_route_and_record(analyst_client, since):
    assert analyst_client.get("/silent/12/").status_code == 200
    columns = ("verb", "route", "object_id", "result")
    assert rows(*columns, since=since) == [("page.shown", "silent", "12", "shown")]
    analyst_client.post("/silent/12/")
    assert newest(*columns) == ("page.sent", "silent", "12", "done")


def test_a_page_that_speaks_for_itself_leaves_no_second_row(analyst_client, since):
    analyst_client.get("/says_so/5/")
    assert rows("verb", "route", "subject_keys", "terms", since=since) == [
        ("tests.searched", "says_so", ["registry.person:5"], b"\x00sealed")
    ]


@pytest.mark.parametrize(
    ("address", "status", "route", "result"),
    [
        ("/forgets_its_row/3/", 404, "forgets_its_row", "denied"),
        ("/breaks/4/", 500, "breaks", "failed"),
        ("/no-such-page/", 404, "", "denied"),
    ],
)
def test_c18_a_refusal_or_an_error_is_recorded_in_a_transaction_of_its_own(
    analyst_client, address, status, route, result, since
):
    assert analyst_client.get(address).status_code == status
    ask("SELECT 1")
    found = rows("verb", "route", "object_id", "result", since=since)
    assert [(row[1], row[3]) for row in found] == [(route, result)]
    # It is there although the transaction at hand is not finished: another session sees it.
    assert _seen_elsewhere(since) == 1


def _seen_elsewhere(since):
    from django.db import connection

    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_auditentry WHERE id > %s", [since])
            return cursor.fetchone()[0]
    finally:
        other.close()


def test_c18_a_role_that_a_gate_turns_away_leaves_a_denial(log, signed_in):
    client, since = signed_in(Role.OUTREACH), last()
    assert client.get(reverse("intake:feeds")).status_code == 404
    assert rows("verb", "route", "object_id", "result", since=since) == [
        ("page.shown", "intake:feeds", "", "denied")
    ]


def test_what_somebody_types_into_an_address_is_kept_as_a_code_only(log, signed_in):
    client, since = signed_in(Role.ANALYST), last()
    assert client.get("/review/JOHN%20DOE%00/").status_code == 404
    assert rows("verb", "route", "object_id", "result", since=since) == [
        ("page.shown", "shooting_review:packet", "JOHN?DOE?", "denied")
    ]


def test_a_stream_is_recorded_before_its_first_byte(analyst_client, since):
    STREAMED.clear()
    answer = analyst_client.get("/streams/9/")
    assert (rows("route", "object_id", since=since), STREAMED) == ([("streams", "9")], [])
    assert b"".join(answer.streaming_content) == b"a page"


BROKEN = """
CREATE OR REPLACE FUNCTION wall.audit(
    verb text, object_type text, object_id text, subject_keys text[], fields text[],
    purpose text, route text, result text, terms bytea, detail jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$
"""


@pytest.mark.parametrize("page", ["silent", "says_so"])
def test_c20_a_page_whose_row_cannot_be_written_is_not_answered(analyst_client, caplog, page):
    ask(BROKEN)
    answer = analyst_client.get(f"/{page}/1/")
    assert (answer.status_code, answer.content) == (503, b"")
    assert "does not take rows" in caplog.text


def test_c20_a_refusal_that_cannot_be_recorded_is_not_answered_either(analyst_client, monkeypatch):
    from ceasefire.access.audit import recording

    def no_second():
        raise DatabaseError("no second connection")

    monkeypatch.setattr(recording, "_second_connection", no_second)
    answer = analyst_client.get("/no-such-page/")
    assert (answer.status_code, answer.content) == (503, b"")


def test_c18_every_page_that_opens_without_a_number_leaves_a_row(log, signed_in):
    """A route that wrote no row fails here, whoever adds it."""
    with identity.acting(identity.OPERATOR):
        city_set(name="Rivermouth", time_zone="America/Chicago", projected_system=32615)
    client = signed_in(Role.ANALYST)
    silent_routes = []
    for route in PLAIN:
        if route.gate.public or route.gate.grants()["analyst"] == "none":
            continue
        before = value("SELECT count(*) FROM access_auditentry")
        client.get(address(route))
        if value("SELECT count(*) FROM access_auditentry") == before:
            silent_routes.append(route.name)
    assert silent_routes == []


def test_c18_fifty_actions_leave_fifty_rows(analyst_client, since):
    told = []
    for n in range(10):
        analyst_client.get(f"/silent/{n}/")
        analyst_client.get(f"/says_so/{n}/")
        analyst_client.post(f"/silent/{n}/")
        analyst_client.get(f"/breaks/{n}/")
        audit.record("tests.exported", f"registry.export:{n}", result="done", detail={"rows": n})
        told += [
            *(
                ("page.shown", "silent", str(n), "shown"),
                ("tests.searched", "says_so", "", "shown"),
            ),
            *(("page.sent", "silent", str(n), "done"), ("page.shown", "breaks", str(n), "failed")),
            ("tests.exported", "", str(n), "done"),
        ]
    assert rows("verb", "route", "object_id", "result", since=since) == told


def test_a_visitor_who_is_nobody_leaves_no_row_by_a_mistyped_address(log, since, client):
    assert client.get("/no-such-page/").status_code == 404
    assert rows("verb", "route", "object_id", "result", since=since) == []


def test_nothing_is_bound_after_a_page(analyst_client):
    analyst_client.get("/silent/12/")
    audit.record("tests.exported")
    assert newest("route") == ("",)
    assert RequestFactory().get("/").resolver_match is None
