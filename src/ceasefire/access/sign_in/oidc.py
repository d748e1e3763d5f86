"""The agency's own sign-on (OpenID Connect), bound to issuer and subject and to nothing else.

A name or an e-mail address that a provider tells is never looked at. An account is tied to a
sign-on once, by the one-time link of an invitation; signing up does not exist.
"""

import hashlib

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.shortcuts import render

from ceasefire.access.sign_in import invitations
from ceasefire.access.sign_in.events import emit

# Those that sign with a key of the provider's own; the shared secret of a client signs nothing.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
KEPT_CLAIMS = ("iss", "sub", "acr", "amr")


class BoundAdapter(OpenIDConnectOAuth2Adapter):
    """Takes an ID token alone, checks its signature always, and the issuer against the setting."""

    @property
    def openid_config(self):
        config = super().openid_config
        if config["issuer"] != self.get_provider().app.settings["issuer"]:
            raise OAuth2Error("The provider calls itself by another name than the setting.")
        return config

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        data = super().get_access_token_data(request, app, client, pkce_code_verifier)
        if not data.get("id_token"):
            raise OAuth2Error("The provider sent no ID token.")
        return data

    def _decode_id_token(self, app, id_token):
        """The library leaves the signature unchecked on what it has fetched itself."""
        try:
            claims = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"The ID token is not good: {error}") from error
        jwtkit.verify_jti(claims)
        return claims

    def _key_of(self, id_token):
        """The key that the provider publishes for this token, which need not name an only one."""
        name = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [key for key in keys if name is None or key.key_id == name]
        if len(fitting) != 1:
            raise OAuth2Error("The provider publishes no key, or several, for its ID token.")
        return fitting[0]


class BoundProvider(OpenIDConnectProvider):
    """One account is one subject of one issuer; no other claim is read or kept."""

    oauth2_adapter_class = BoundAdapter

    def extract_uid(self, data):
        claims = data["id_token"]
        return hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data):
        return {name: data["id_token"][name] for name in KEPT_CLAIMS if name in data["id_token"]}

    def extract_common_fields(self, data):
        return {}

    def extract_email_addresses(self, data):
        return []

    def get_default_scope(self):
        return ["openid"]

    def serialize(self):
        # Between the two steps the library looks for the client's name, which two may share.
        return super().serialize() | {"id": self.app.provider_id}


class SignOn(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            _refuse(request, sociallogin, "not a sign-in")
        invitation = invitations.take(request, provider=sociallogin.account.provider)
        if invitation and not sociallogin.is_existing:
            sociallogin.connect(request, invitation.user)
            user = invitation.user
            emit("sign_on_linked", username=user.username, user_id=user.pk)
        if not sociallogin.is_existing or (invitation and invitation.user != sociallogin.user):
            _refuse(request, sociallogin, "not linked")

    def on_authentication_error(self, request, provider, error=None, exception=None, **_kwargs):
        emit(
            "sign_on_refused", username="", provider=provider.sub_id, reason=str(exception or error)
        )


def proved_second_factor(login) -> bool:
    """Whether the provider says, in words that the setting accepts, that it asked for two."""
    sociallogin = (login.signal_kwargs or {}).get("sociallogin")
    if sociallogin is None:
        return False
    accepted = sociallogin.provider.app.settings.get("second_factor", {})
    claims = sociallogin.account.extra_data
    by_method = set(accepted.get("amr", [])) & set(claims.get("amr") or [])
    return bool(by_method) or claims.get("acr") in accepted.get("acr", [])


def note_provider(sender, request, user, sociallogin=None, **_kwargs) -> None:
    """Remember for this session that the provider's second factor stands for ours."""
    from allauth.account.models import Login

    login = Login(user=user, signal_kwargs={"sociallogin": sociallogin} if sociallogin else None)
    if proved_second_factor(login):
        request.session["second_step_by_provider"] = user.pk


def _refuse(request, sociallogin, reason: str) -> None:
    emit("sign_on_refused", username="", provider=sociallogin.account.provider, reason=reason)
    raise ImmediateHttpResponse(render(request, "socialaccount/not_linked.html", status=403))
