"""What the accounts, keys and exports keep, and what the libraries keep for us."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from ceasefire.access.breach import inventory as _breach  # noqa: F401
from ceasefire.access.budgets import inventory as _budgets  # noqa: F401
from ceasefire.access.consent import inventory as _consent  # noqa: F401
from ceasefire.access.criminal_history import inventory as _criminal_history  # noqa: F401
from ceasefire.access.describing import DataClass, Kept, describe, describe_table, staff
from ceasefire.access.exceptional import inventory as _exceptional  # noqa: F401
from ceasefire.access.federal import inventory as _federal  # noqa: F401
from ceasefire.access.interests import inventory as _interests  # noqa: F401
from ceasefire.access.models import (
    Agency,
    Agreement,
    Audience,
    AuditReview,
    Export,
    Membership,
    RecordKey,
    User,
)
from ceasefire.access.partitions import Room
from ceasefire.access.retention import inventory as _retention  # noqa: F401
from ceasefire.access.sign_in.models import (
    DraftKept,
    PasswordStanding,
    SignOnInvitation,
    UsageNotice,
)

ACCOUNT = {
    "room": Room.ACCOUNT,
    "data_class": DataClass.ACCOUNTS,
    "whose": "staff",
    "source": "the system administrator",
    "kept": Kept.ACCOUNT,
}
SESSION = ACCOUNT | {"source": "signing in", "kept": Kept.SESSION}
MACHINERY = {
    "room": Room.ACCOUNT,
    "data_class": DataClass.MACHINERY,
    "whose": "nobody",
    "source": "the software",
}

describe(
    Agency,
    {"id": "row number", "name": "the agency's name", "kind": "police, community and so on"},
    what="An agency or organisation that takes part.",
    **ACCOUNT | {"room": Room.AGGREGATE, "whose": "the agency"},
)
describe(
    Agreement,
    {
        "id": "row number",
        "agency": "whose agreement",
        "document": "the signed document's title or number",
        "starts": "first day",
        "ends": "last day; then 60 days to read, export and hand over",
        "recorded_by": staff("who recorded it"),
        "recorded_at": "when it was recorded",
        "ended_at": "moment at which it was ended at once",
        "ended_because": "breach, misuse or withdrawn",
        "ended_words": "what happened",
        "ended_by": staff("who ended it"),
    },
    what="What an agency has signed to take part, and until when.",
    **ACCOUNT | {"room": Room.AGGREGATE, "whose": "the agency"},
)
describe(
    Audience,
    {
        "id": "row number",
        "room": "the room in which it reads",
        "agencies": "numbers of the agencies that read",
        "people": "numbers of the accounts that read",
    },
    what="Who reads the rows that are made out to it.",
    **ACCOUNT | {"room": Room.AGGREGATE},
)
describe(
    User,
    {
        "id": "row number",
        "username": "name to sign in with",
        "display_name": "the person's name, as pages show it",
        "password": "hash of the password (Argon2)",
        "last_login": "last time of signing in",
        "is_active": "whether the account may sign in",
        "date_joined": "when the account was opened",
        "first_name": "not used",
        "last_name": "not used",
        "email": "not used",
        "is_staff": "not used: nobody has Django's own administration",
        "is_superuser": "not used: nobody passes the policies",
        "groups": "not used: rights come from a membership",
        "user_permissions": "not used: rights come from a membership",
    },
    what="One person's account.",
    **ACCOUNT,
)
describe(
    Membership,
    {
        "id": "row number",
        "user": "whose membership",
        "agency": "at which agency",
        "role": "the role that it gives",
        "starts": "first day",
        "ends": "last day, if it is known",
        "agency_kind": "the agency's kind, which must have such a role",
        "opened_by": staff("who opened it"),
        "certified_on": "day on which somebody else confirmed it",
        "certified_until": "last day of that year; without it the role opens nothing",
        "certified_by": staff("who confirmed it"),
        "awake_since": "from here 90 days without signing in put the account to sleep",
        "ended_at": "moment at which it was ended at once",
        "ended_because": "left, breach or misuse",
    },
    what="The role that a person has at an agency, and for how long.",
    **ACCOUNT,
)
describe(
    RecordKey,
    {
        "id": "number of the key",
        "room": "the room whose key wraps it",
        "wrapped": "the data key, wrapped by the room's key; empty once destroyed",
        "wrapped_by": "number of the room's key",
        "made_at": "when it was made",
        "destroyed_at": "when it was destroyed",
        "destroyed_by": staff("who destroyed it"),
        "destroyed_because": "by which rule or order",
    },
    what="The data key of one record; without it the record's sealed values cannot be read.",
    room=Room.AGGREGATE,
    data_class=DataClass.MACHINERY,
    whose="the record's subject",
    source="the software",
    kept=Kept.KEY,
)
describe(
    Export,
    {
        "id": "row number",
        "identifier": "the mark in the file",
        "maker": staff("who asked for it and took it"),
        "made_by": staff("that person's name at the time"),
        "agency": staff("for which agency"),
        "table": "which table",
        "room": "the room that the rows come from",
        "selection": "which rows were asked for",
        "columns": "which columns",
        "form": "CSV or workbook",
        "purpose": "for which meeting or case",
        "rows": "how many rows",
        "with_names": "whether a column identifies people",
        "wants_approval": "whether a second person must approve",
        "made_at": "when it was asked for",
        "expires_at": "until when it may be taken, and kept",
        "approved_by": staff("the second person"),
        "approved_at": "when that person approved",
        "taken_at": "when the file was taken",
        "sha256": "digest of the file",
        "expiry_noted_at": "when the log was told that nobody took it in time",
    },
    what="A table that left the product, or waits to. The file itself is not kept.",
    room=Room.AGGREGATE,
    data_class=DataClass.AUDIT_LOG,
    whose="the people in the rows",
    source="who asked for it",
    kept=Kept.DISCLOSURE,
)

describe(
    Permission,
    {"id": "row number", "name": "words", "content_type": "model", "codename": "name"},
    what="Django's own permissions; not used.",
    kept=Kept.SETTING,
    **MACHINERY,
)
describe(
    Group,
    {"id": "row number", "name": "name", "permissions": "permissions"},
    what="Django's own groups; not used.",
    kept=Kept.SETTING,
    **MACHINERY,
)
describe(
    ContentType,
    {"id": "row number", "app_label": "the app", "model": "the model"},
    what="Django's list of models.",
    kept=Kept.SETTING,
    **MACHINERY,
)
describe(
    Session,
    {
        "session_key": "the session's secret",
        "session_data": "who is signed in, and messages to show",
        "expire_date": "when it ends",
    },
    what="A signed-in browser.",
    **SESSION,
)
describe(
    UserSession,
    {
        "id": "row number",
        "user": "whose",
        "created_at": "when it began",
        "ip": "network address",
        "last_seen_at": "last activity, to half a minute",
        "session_key": "which session",
        "user_agent": "the browser's description of itself",
        "data": "not used",
    },
    what="A signed-in browser, as its owner sees it listed.",
    **SESSION,
)
describe(
    EmailAddress,
    {
        "id": "row number",
        "user": "whose",
        "email": "address",
        "verified": "whether it is proven",
        "primary": "whether it is the first",
    },
    what="E-mail addresses of accounts; not used.",
    **ACCOUNT,
)
describe(
    EmailConfirmation,
    {
        "id": "row number",
        "email_address": "address",
        "created": "when it was made",
        "sent": "when it was sent",
        "key": "secret",
    },
    what="Proofs of e-mail addresses; not used.",
    **SESSION,
)
describe(
    Authenticator,
    {
        "id": "row number",
        "user": "whose",
        "type": "passkey, time-based code or recovery codes",
        "data": "public key, or secret of the codes",
        "created_at": "when it was enrolled",
        "last_used_at": "last use",
    },
    what="A second factor of an account.",
    **ACCOUNT,
)
describe(
    ProcrastinateWorker,
    {"id": "row number", "last_heartbeat": "last sign of life"},
    what="A worker process.",
    kept=Kept.QUEUE,
    **MACHINERY,
)
describe(
    ProcrastinateJob,
    {
        "id": "row number",
        "queue_name": "which queue",
        "task_name": "what to do",
        "priority": "before which others",
        "lock": "what must not run beside it",
        "args": "numbers of the rows to work on",
        "status": "how far it is",
        "scheduled_at": "not before",
        "attempts": "how often tried",
        "queueing_lock": "what must not wait twice",
        "abort_requested": "whether to stop",
        "worker": "who works on it",
    },
    what="Work to be done in the background.",
    kept=Kept.QUEUE,
    **MACHINERY,
)
describe(
    ProcrastinateEvent,
    {"id": "row number", "job": "of which job", "type": "what happened", "at": "when"},
    what="What happened to a job.",
    kept=Kept.QUEUE,
    **MACHINERY,
)
describe(
    ProcrastinatePeriodicDefer,
    {
        "id": "row number",
        "task_name": "what to do",
        "defer_timestamp": "for which time",
        "job": "the job that was made",
        "periodic_id": "which schedule",
    },
    what="Scheduled work that has been queued.",
    kept=Kept.QUEUE,
    **MACHINERY,
)
describe(
    AuditReview,
    {
        "id": "row number",
        "week": "the Monday of the week that is looked through",
        "due": "by when",
        "done_by": staff("the auditor who looked"),
        "done_at": "when that was finished",
        "words": "what was found",
        "escalated_at": "when it was passed on because nobody had looked",
    },
    what="The weekly look through the audit log.",
    room=Room.AGGREGATE,
    data_class=DataClass.AUDIT_LOG,
    whose="staff",
    source="an auditor",
    kept=Kept.DISCLOSURE,
)
describe(
    DraftKept,
    {
        "id": "row number",
        "user": staff("whose text it is"),
        "path": "the page that was open",
        "sealed": "what had been typed, encrypted",
        "kept_at": "when the session locked; after twelve hours it goes",
    },
    what="Text that somebody was typing when the session locked.",
    **SESSION,
)
describe(
    PasswordStanding,
    {
        "user": staff("whose password"),
        "recheck_due": "whether it is looked up in the list of known ones at the next sign-in",
        "must_change": "whether it must be changed",
    },
    what="Whether a password may stay.",
    **ACCOUNT,
)
describe(
    SignOnInvitation,
    {
        "id": "row number",
        "user": staff("who is invited"),
        "provider": "whose sign-on",
        "token_hash": "hash of the one-time link",
        "made_by": staff("who invited"),
        "ends_at": "until when",
        "used_at": "when the link was used",
    },
    what="A one-time link that ties an account to its agency's own sign-on.",
    **ACCOUNT,
)
describe(
    UsageNotice,
    {"language": "in which language", "words": "what everybody accepts by signing in"},
    what="The notice before signing in.",
    **ACCOUNT | {"whose": "nobody"},
)
describe(
    SocialAccount,
    {
        "id": "row number",
        "user": staff("whose account"),
        "provider": "which sign-on",
        "uid": "hash of issuer and subject",
        "last_login": "last sign-in by it",
        "date_joined": "when it was tied",
        "extra_data": "that binding and nothing else",
    },
    what="An agency's own sign-on, tied to an account.",
    **ACCOUNT | {"source": "the agency's sign-on"},
)
describe(
    SocialApp,
    {
        "id": "row number",
        "provider": "not used",
        "provider_id": "not used",
        "name": "not used",
        "client_id": "not used",
        "secret": "not used",
        "key": "not used",
        "settings": "not used: providers are read from a file of the home",
    },
    what="Not used; the library brings the table.",
    **MACHINERY,
    kept=Kept.ACCOUNT,
)
describe(
    SocialToken,
    {
        "id": "row number",
        "app": "not used",
        "account": "not used",
        "token": "not used",
        "token_secret": "not used",
        "expires_at": "not used: tokens are not stored",
    },
    what="Not used; the library brings the table.",
    **MACHINERY,
    kept=Kept.ACCOUNT,
)
describe_table("access_auditentry", "The audit log: who did what, to which record, and when.")
describe_table("access_auditseal", "What the log was, minute by minute, signed.")
describe_table("django_migrations", "Which changes of the tables have been made.")
describe_table("web_cache", "Figures worked out for pages and sign-in counters; emptied by age.")
