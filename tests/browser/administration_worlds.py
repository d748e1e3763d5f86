"""An office that keeps accounts, with something of everything that can be due."""

from datetime import timedelta

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.models import Agency, Agreement, Membership, User
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import account_open, agency_record, agreement_record
from ceasefire.access.sign_in import lockout
from tests.conftest import PASSWORD

AGENCIES = (
    ("Rivermouth Police", "police", 200),
    ("Rivermouth community", "community", 25),
    ("County Probation", "probation", -9),
    ("District Attorney of Rivermouth County", "prosecutor", -80),
    ("St. Anne Hospital, trauma programme", "hospital", None),
)
PEOPLE = (
    ("amara.okafor", "Amara Okafor", Role.CAPTAIN, 0),
    ("luis.pena", "Luis Peña", Role.OFFICER, 0),
    ("joyce.bell", "Joyce Bell", Role.OUTREACH, 1),
    ("dean.ward", "Dean Ward", Role.CASE_MANAGER, 1),
    ("sofia.reyes", "Sofía Reyes", Role.PROBATION, 2),
    ("mark.lund", "Mark Lund", Role.PROSECUTOR, 3),
)


def office() -> None:
    today = timezone.localdate()
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        agencies = [agency_record(name=name, kind=kind) for name, kind, _ends in AGENCIES]
        for agency, (name, _kind, ends) in zip(agencies, AGENCIES, strict=True):
            if ends is not None:
                _sign(agency, f"Memorandum of understanding with {name}", today, ends)
        for username, name, role, place in PEOPLE:
            _hire(username, name, role, agencies[place], today)
        for agency, (_name, _kind, ends) in zip(agencies, AGENCIES, strict=True):
            if ends is not None:
                Agreement.objects.filter(agency=agency).update(ends=today + timedelta(days=ends))
        _past(agencies[0], today)
        _happened(today)


def _sign(agency: Agency, document: str, today, ends: int) -> None:
    agreement_record(
        agency=agency, document=document, starts=today - timedelta(days=340),
        ends=today + timedelta(days=max(ends, 0)),
    )  # fmt: skip


def _hire(username: str, name: str, role: Role, agency: Agency, today) -> None:
    account_open(
        username=username, password=PASSWORD, display_name=name, role=role, agency=agency,
        starts=today - timedelta(days=330),
    )  # fmt: skip


def _past(agency: Agency, today) -> None:
    Agreement.objects.create(
        agency=agency, document="Memorandum of 2024", starts=today - timedelta(days=700),
        ends=today - timedelta(days=341), recorded_by="A. Keeper",
    )  # fmt: skip


def _happened(today) -> None:
    """One waits for a certificate, one's runs out, one sleeps, one is locked."""
    held = Membership.objects.filter
    held(user__username="luis.pena").update(certified_on=None, certified_until=None)
    held(user__username="joyce.bell").update(certified_until=today + timedelta(days=12))
    held(user__username="amara.okafor").update(awake_since=today - timedelta(days=120))
    User.objects.filter(username="joyce.bell").update(last_login=timezone.now())
    cache.set(lockout._lock("dean.ward"), True, 900)


def at(name: str, username: str = "", role: str = ""):
    """The address of a page, about a person or about that person's agency, role, agreement."""

    def url() -> str:
        words = [_number(name, username)] if username else []
        return reverse(f"administration:{name}", args=[*words, *([role] if role else [])])

    return url


def _number(name: str, username: str) -> int:
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        held = Membership.objects.get(user__username=username)
        if name in ("agency", "agreement_new"):
            return held.agency_id
        if name == "agreement_end":
            return Agreement.objects.filter(agency=held.agency).latest("ends").pk
        return held.pk if name == "role_end" else held.user_id


def pages(page: type) -> list:
    def of(name, role, url):
        return page(name, role, url, office)

    keeper, head, auditor = Role.ADMINISTRATOR, Role.DIRECTOR, Role.AUDITOR
    return [
        page("administration, nothing due", keeper, at("accounts")),
        of("administration, what is due", keeper, at("accounts")),
        of("administration, as an auditor", auditor, at("accounts")),
        of("agencies", head, at("agencies")),
        of("one agency", head, at("agency", "amara.okafor")),
        of("an agency that is closing", head, at("agency", "sofia.reyes")),
        of("add an agency", keeper, at("agency_new")),
        of("record an agreement", head, at("agreement_new", "joyce.bell")),
        of("end an agreement", head, at("agreement_end", "joyce.bell")),
        of("people", keeper, at("people")),
        of("one person, to certify", keeper, at("person", "luis.pena")),
        of("one person, asleep", head, at("person", "amara.okafor")),
        of("one person, locked", keeper, at("person", "dean.ward")),
        of("open an account, which role", keeper, at("person_new")),
        of("open an account", keeper, at("account_new", role="outreach")),
        of("open an account, no agency", keeper, at("account_new", role="researcher")),
        of("end a role", head, at("role_end", "joyce.bell")),
        of("roles", keeper, at("roles")),
        of("this week, administrator", keeper, lambda: reverse("this_week")),
        of("this week, director with due", head, lambda: reverse("this_week")),
        of("this week, agreement ends", Role.OUTREACH, lambda: reverse("this_week")),
    ]
