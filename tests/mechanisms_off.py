"""Each mechanism that protects somebody, how it is turned off, and the tests that must see it."""

from django.db.models.query_utils import DeferredAttribute

from tests.mechanisms import Mechanism, altered, patched

ACCESS = "tests/access"
WALLS, NAMES = f"{ACCESS}/test_walls.py", f"{ACCESS}/test_names.py"
AGREEMENTS, SIGN_IN = f"{ACCESS}/test_agreements.py", f"{ACCESS}/sign_in"


def _nothing(*_args, **_words):
    return None


def _yes(*_args, **_words):
    return True


def _no(*_args, **_words):
    return False


def _every_row(_policy, _actor, queryset):
    return queryset


MECHANISMS = (
    Mechanism("C01", "row security of a table", (WALLS, "-k", "same_rows_of_every_table"),
              "ALTER TABLE house_casenote DISABLE ROW LEVEL SECURITY"),
    Mechanism("C01", "row security holds for the tables' owner too", (WALLS, "-k", "forced"),
              "ALTER TABLE house_casenote NO FORCE ROW LEVEL SECURITY"),
    Mechanism("C01", "the default manager gives the reader's rows",
              (f"{ACCESS}/test_policies.py", WALLS, NAMES),
              patched("ceasefire.access.policies:Policy.rows", _every_row)),
    Mechanism("C01", "a page without a gate is closed", (f"{ACCESS}/test_routes.py",),
              patched("ceasefire.access.gates:Gate.admits", _yes)),
    Mechanism("C02", "a room's role has no right to another room's tables", (WALLS, "-k", "c02"),
              "GRANT SELECT ON ALL TABLES IN SCHEMA services TO ceasefire_investigative"),
    Mechanism("C02", "the web role has no right outside a room", (WALLS, "-k", "c02"),
              "GRANT SELECT ON ALL TABLES IN SCHEMA services TO ceasefire_web"),
    Mechanism("C02", "a pass is signed", (WALLS, "-k", "invented_identity"),
              altered("wall.signed(text, bytea)", "mac = sha256", "true OR mac = sha256")),
    Mechanism("C02", "a kept claim is signed", (WALLS, "-k", "claim"),
              altered("wall.asker()", "found[1] = encode", "true OR found[1] = encode")),
    Mechanism("C02", "a kept claim is bound to its proof and transaction", (WALLS, "-k", "claim"),
              altered("wall.asker()", "'|', pg_backend_pid(), extract(epoch FROM now()),"
                      " current_setting('wall.proof', true)", "'|', 'any'")),
    Mechanism("C02", "queued work is signed", (WALLS, "tests/intake/test_jobs.py", "-k", "sign"),
              patched("ceasefire.access.walls.proof:hmac.compare_digest", _yes)),
    Mechanism("C03", "no standing of law enforcement reads a case note", (WALLS, "-k", "c03"),
              altered("wall.agencies(text[], text[])", "standing = ANY (own)", "true")),
    Mechanism("C07", "names are not to be selected", (NAMES, "-k", "c07"),
              "GRANT SELECT ON house_suspect TO ceasefire_investigative"),
    Mechanism("C07", "a name is read by the door alone", (NAMES, "-k", "template or written"),
              patched("ceasefire.access.names:_Closed.__get__", DeferredAttribute.__get__)),
    Mechanism("C07", "the door keeps row security", (NAMES, "-k", "colleague or hidden"),
              altered("services.names_of_house_client(bigint[], text, text)",
                      "t.id = ANY (asked_ids) AND", "t.id = ANY (asked_ids) OR")),
    Mechanism("C07", "the door asks for each field who may have it", (NAMES, "-k", "standing"),
              altered("investigative.names_of_house_suspect(bigint[], text, text)",
                      "captain@police", "captain@neighbour_police")),
    Mechanism("C18", "the door writes who read whose name", (NAMES, "-k", "whose or call"),
              altered("services.names_of_house_client(bigint[], text, text)",
                      "cardinality(shown_ids) > 0", "false")),
    Mechanism("C10", "the database signs who opens and who certifies", (AGREEMENTS, "-k", "c10"),
              "DROP TRIGGER signed ON access_membership"),
    Mechanism("C10", "nobody certifies their own", (AGREEMENTS, "-k", "c10 or another_person"),
              "ALTER TABLE access_membership DROP CONSTRAINT another_person_certifies"),
    Mechanism("C12", "an agreement that is over writes nothing", (AGREEMENTS, "-k", "sixty"),
              altered("wall.may_write()", "= 'false'", "IS NOT NULL")),
    Mechanism("C12", "an agreement ends access after sixty days", (AGREEMENTS, "-k", "sixty"),
              altered("wall.role_of(bigint)", "one.ends + 60 >= d.today", "true")),
    Mechanism("C12", "a breach ends access at once", (AGREEMENTS, "-k", "breach_or_misuse"),
              altered("wall.role_of(bigint)", "one.ended_at IS NULL", "true")),
    Mechanism("C12", "an ended role is no role", (AGREEMENTS, "-k", "ended_role"),
              altered("wall.role_of(bigint)", "m.ended_at IS NOT NULL OR", "")),
    Mechanism("C12", "a role is certified each year", (AGREEMENTS, "-k", "certificate"),
              altered("wall.role_of(bigint)", "m.certified_until >= d.today", "true")),
    Mechanism("C12", "an unused account sleeps", (AGREEMENTS, "-k", "ninety"),
              altered("wall.session_begin(bigint, bytea, bigint, bytea)",
                      "RETURN 'asleep'", "NULL")),
    Mechanism("C12", "an ended role ends the kept claim", (WALLS, "-k", "same_transaction"),
              "DROP TRIGGER claim_forget ON access_membership"),
    Mechanism("C18", "every page leaves its row", (f"{ACCESS}/test_audit_recording.py",),
              patched("ceasefire.access.audit.middleware:_is_gated", _no)),
    Mechanism("C19", "the log refuses changes", (f"{ACCESS}/test_audit_recording.py",
                                                 f"{ACCESS}/test_audit_verifying.py"),
              "ALTER TABLE access_auditentry DISABLE TRIGGER only_grows"),
    Mechanism("C19", "each row carries its hash", (f"{ACCESS}/test_audit_verifying.py",),
              patched("ceasefire.access.audit.verifying:first_bad_row", _nothing)),
    Mechanism("C48", "a second step is asked of everyone", (f"{SIGN_IN}/test_second_step.py",),
              patched("ceasefire.access.sign_in.middleware:has_second_step", _yes)),
    Mechanism("C49", "five failures lock a name", (f"{SIGN_IN}/test_lockout.py",),
              patched("ceasefire.access.sign_in.lockout:is_locked", _no)),
    Mechanism("C50", "a session locks and ends", (f"{SIGN_IN}/test_sessions.py",),
              patched("ceasefire.access.sign_in.sessions:settings.IDLE_LOCK", 10**9)),
    Mechanism("C52", "a sealed value is bound to its row", (f"{ACCESS}/sealing/test_sealing.py",),
              patched("ceasefire.access.sealing.fields:SealedField._about", lambda *_: "x")),
)  # fmt: skip
