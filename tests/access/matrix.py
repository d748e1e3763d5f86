"""The pages of signing in and of the own account in the access matrix.

Their forms are sent by tests/access/sign_in: here only what they show, and to whom.
"""

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from ceasefire.access import identity
from ceasefire.access.sign_in import invitations
from tests.access_matrix.declaring import Page

ABSENT = [10**9]


def _says(words: str, *leads: str, **more) -> Page:
    """A page of the own account that names no record."""
    return Page(private=True, planted=lambda _reader: words, leads=leads, **more)


def _credential() -> dict:
    """What a browser sends when a passkey is made."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid.NONE, b"a passkey", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    shown = AuthenticatorData.create(sha256(b"127.0.0.1"), flags, 0, held)
    return {
        "id": websafe_encode(b"a passkey"),
        "rawId": websafe_encode(b"a passkey"),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(
                CollectedClientData.create("webauthn.create", b"challenge", "http://127.0.0.1")
            ),
            "attestationObject": websafe_encode(AttestationObject.create("none", shown, {})),
        },
    }


def a_passkey(reader):
    made = Authenticator.objects.create(
        user=reader.user, type=Authenticator.Type.WEBAUTHN,
        data={"name": reader.planted, "credential": _credential()},
    )  # fmt: skip
    return [made.pk]


def an_invitation(reader):
    with identity.outside_rooms():
        return [invitations.invite(user=reader.user, provider="city")]


PAGES = {
    "account_login": _says("", "this_week"),
    "account_logout": _says("Sign out"),
    "account_inactive": _says("This account is closed"),
    "account_reauthenticate": _says("Password"),
    "account_change_password": _says("Password"),
    "account_set_password": _says("", "account_change_password"),
    "usersessions_list": _says("127.0.0.1"),
    "mfa_index": _says("Second step of signing in"),
    "mfa_authenticate": _says("", "account_login", "this_week"),
    "mfa_reauthenticate": _says("Code"),
    "mfa_activate_totp": _says("", "mfa_deactivate_totp"),
    "mfa_deactivate_totp": _says("app"),
    "mfa_view_recovery_codes": _says("ecovery codes"),
    "mfa_generate_recovery_codes": _says("ecovery codes"),
    "mfa_download_recovery_codes": _says(""),
    "mfa_list_webauthn": Page(beside=a_passkey, private=True),
    "mfa_add_webauthn": _says("passkey"),
    "mfa_reauthenticate_webauthn": _says("passkey"),
    "mfa_remove_webauthn": Page(
        a_passkey, private=True, absent=ABSENT, form=lambda _reader: {}, planted=lambda _reader: ""
    ),
    "mfa_edit_webauthn": Page(
        a_passkey, private=True, absent=ABSENT, form=lambda _reader: {"name": "My key"}
    ),
    "mfa_login_webauthn": _says("", "account_login", "this_week"),
    "account_still_here": _says("", status=204),
    "account_invited": Page(
        an_invitation, absent=["no-such-token"], planted=lambda reader: reader.user.username
    ),
    "socialaccount_login_cancelled": _says(""),
    "socialaccount_login_error": _says("", status=401),
    "openid_connect_login": Page(absent=["nowhere"]),
    "openid_connect_callback": Page(absent=["nowhere"]),
}
