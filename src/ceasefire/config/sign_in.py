"""How people sign in: every choice that the sign-in library leaves to an installation.

The sign-on providers of the city's agencies are read from `secrets/sign-on.json` of the home,
a list of {"id", "name", "issuer", "client_id", "secret"} with, where wanted, "second_factor":
{"amr": [...], "acr": [...]} and "form_origins": [...]; docs/how-to/sign-in.md has an example.
"""

import json
import os
from urllib.parse import urlsplit

from ceasefire.config.home import Home

_HOME = Home.at()
MINUTE, HOUR = 60, 3600

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "ceasefire.access.sign_in.passwords.NotKnown"},
    {"NAME": "ceasefire.access.sign_in.passwords.NotEasilyGuessed"},
]
# The breached list of a city, as Have I Been Pwned hands it out: sorted SHA-1 sums, one a line.
PASSWORD_BLOCKLIST = _HOME.path / "password-blocklist.txt"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "ceasefire.access.sign_in.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Five failures in fifteen minutes; the address limit stops one machine that tries many names.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,60/15m/ip", "login": "60/m/ip"}
LOCKED_FOR = 15 * MINUTE

MFA_ADAPTER = "ceasefire.access.sign_in.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ceasefire"
# The code before and the one after serve too (RFC 6238): people type slowly, clocks drift.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = False
# A browser offers passkeys on plain http for localhost alone; the origin is always checked.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
# These roles must show a passkey, which cannot be phished. A demo may leave that out.
PASSKEY_ROLES = (
    frozenset()
    if _HOME.is_demo and os.environ.get("CEASEFIRE_DEMO_PASSKEYS") != "1"
    else frozenset({"administrator", "auditor"})
)

# A session locks after half an hour without a person's doing anything, and ends after twelve
# hours whatever they do. Our own clocks decide; the cookie and the stored row merely outlive them.
IDLE_LOCK, SESSION_END = 30 * MINUTE, 12 * HOUR
SESSION_COOKIE_AGE = SESSION_END
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A demo on the loopback address has no certificate; every other place is behind TLS.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("CEASEFIRE_TLS", "0") == "1"
# The library would write at each request; `sign_in.sessions` does so twice a minute.
USERSESSIONS_TRACK_ACTIVITY = False


def _providers() -> list[dict]:
    path = _HOME.path / "secrets" / "sign-on.json"
    return json.loads(path.read_text()) if path.exists() else []


def provider_app(provider: dict) -> dict:
    """One provider of sign-on.json as the library wants it."""
    return {
        "provider_id": provider["id"],
        "name": provider["name"],
        "client_id": provider["client_id"],
        "secret": provider["secret"],
        "settings": {
            "server_url": provider["issuer"],
            "issuer": provider["issuer"],
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
            "second_factor": provider.get("second_factor", {}),
        },
    }


def _origins(provider: dict) -> list[str]:
    parts = urlsplit(provider["issuer"])
    return [f"{parts.scheme}://{parts.netloc}", *provider.get("form_origins", [])]


SOCIALACCOUNT_ADAPTER = "ceasefire.access.sign_in.oidc.SignOn"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "ceasefire.access.sign_in.oidc.BoundProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [provider_app(provider) for provider in _providers()],
    }
}
# A browser follows a form to the provider only where the content policy names it.
PROVIDER_ORIGINS = [origin for provider in _providers() for origin in _origins(provider)]
