"""The pages of agencies and accounts in the access matrix."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from ceasefire.access.criminal_history.services import history_certify
from ceasefire.access.models import Agency, Membership
from ceasefire.access.roles import Role
from ceasefire.access.services import account_open, agreement_record, membership_end
from tests.access_matrix.declaring import Page
from tests.conftest import PASSWORD

ABSENT = [10**9]
TODAY = timezone.localdate()
CERTIFICATE = {
    "screened_on": TODAY, "certified_on": TODAY, "certified_until": TODAY, "source": "No. 7",
}  # fmt: skip
# A role that both agencies of a keeper have.
GIVEN = Role.ADMINISTRATOR


def _role(reader) -> Membership:
    """Somebody new, in the reader's own role at the reader's agency; asleep for want of use."""
    user = account_open(
        username=uuid4().hex, password=PASSWORD, display_name=reader.planted,
        role=reader.standing.role, agency=reader.agency, starts=date(2020, 1, 1),
    )  # fmt: skip
    Membership.objects.filter(user=user).update(awake_since=TODAY - timedelta(days=91))
    return user.memberships.get()


def a_role(reader):
    return [_role(reader).pk]


def a_person(reader):
    return [_role(reader).user_id]


def a_person_without_a_role(reader):
    return [membership_end(membership=_role(reader), because="left").user_id]


def a_person_and_a_role(reader):
    return [*a_person_without_a_role(reader), GIVEN.value]


def _detective(reader) -> Membership:
    """Somebody of the police whose work meets criminal-history data."""
    user = account_open(
        username=uuid4().hex, password=PASSWORD, display_name=reader.planted, role=Role.CAPTAIN,
        agency=Agency.objects.filter(kind="police").earliest("pk"), starts=date(2020, 1, 1),
    )  # fmt: skip
    return user.memberships.get()


def a_detective(reader):
    return [_detective(reader).user_id]


def a_certificate(reader):
    return [history_certify(membership=_detective(reader), **CERTIFICATE).pk]


def an_agency(reader):
    return [reader.agency.pk]


def an_agreement(reader):
    signed = agreement_record(
        agency=reader.agency, document=f"{reader.planted} {uuid4()}", starts=TODAY,
        ends=TODAY + timedelta(days=300),
    )  # fmt: skip
    return [signed.pk]


def _name(reader) -> str:
    return reader.agency.name


def _says(words: str, **more) -> Page:
    return Page(planted=lambda _reader: words, **{"model": Membership} | more)


def _about(record, form=None, **more) -> Page:
    said = {"model": Membership, "absent": ABSENT, "form": form and (lambda _reader: form())}
    return Page(record, **said | more)


PAGES = {
    "administration:accounts": _says("what is due"),
    "administration:agencies": Page(beside=an_agency, model=Membership, planted=_name),
    "administration:people": _says("Everybody who has an account"),
    "administration:roles": _says("The smallest crew"),
    "administration:agency_new": _says(
        "Add an agency", model=Agency,
        form=lambda _reader: {"name": uuid4().hex, "kind": "hospital", "another": "on"},
    ),
    "administration:agency": _about(an_agency, planted=_name),
    "administration:agreement_new": _about(
        an_agency, lambda: {"document": uuid4().hex, "starts": TODAY, "ends": TODAY}, planted=_name
    ),
    "administration:agreement_end": _about(
        an_agreement, lambda: {"because": "withdrawn", "words": "Agreed by both."}
    ),
    "administration:person_new": _says("which role?"),
    "administration:account_new": Page(
        lambda _reader: [GIVEN.value], model=Membership, absent=["emperor"],
        planted=lambda _reader: "Name to sign in with",
        form=lambda reader: {
            "display_name": uuid4().hex, "username": uuid4().hex, "agency": reader.agency.pk,
            "starts": TODAY, "another": "on",
        },
    ),
    "administration:person": _about(a_person),
    "administration:role_choose": _about(a_person_without_a_role),
    "administration:role_new": Page(
        a_person_and_a_role, model=Membership, absent=[10**9, GIVEN.value],
        form=lambda reader: {"agency": reader.agency.pk, "starts": TODAY},
    ),
    "administration:passphrase": _about(a_person_without_a_role, dict),
    "administration:history_certify": _about(
        a_detective, lambda: CERTIFICATE | {"source": uuid4().hex}
    ),
    "administration:history_end": _about(a_certificate, dict),
    "administration:release": _about(a_person, dict, changes=False),
    "administration:invite": Page(model=Membership, absent=ABSENT),
    "administration:certify": _about(a_role, dict),
    "administration:wake": _about(a_role, dict),
    "administration:role_end": _about(a_role, lambda: {"because": "left"}),
}  # fmt: skip
