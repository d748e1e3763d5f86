"""Our answers to the sign-in library's questions about accounts and second factors."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ceasefire.access.sign_in import lockout, passwords
from ceasefire.access.sign_in.sealing import seal, unseal

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Accounts(DefaultAccountAdapter):
    """Accounts are made by the programme; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Signing in under this name is locked for 15 minutes, because a password or a code "
            "was wrong five times. Wait, or ask your system administrator to release it. If it "
            "was not you, tell your system administrator now."
        ),
        "username_password_mismatch": _(
            "The user name or the password is not right. After five failures the account is "
            "locked for 15 minutes."
        ),
        "same_password": _("This is the password that you have now. Choose another."),
        "incorrect_code": _("This code is not right. Wait for the next one and type that."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        ours = "ceasefire.access.sign_in.stages.SecondStep"
        theirs = "allauth.mfa.stages.AuthenticateStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def _get_login_attempts_cache_key(self, request, **credentials):
        # The library counts per host name too; somebody who varies it would get more tries.
        return lockout.name_key(credentials.get("username", ""))

    def pre_authenticate(self, request, **credentials):
        if lockout.is_locked(credentials.get("username", "")):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def clean_password(self, password, user=None):
        """Whoever must change a password does not choose the same again."""
        if user and user.pk and user.check_password(password):
            raise self.validation_error("same_password")
        return super().clean_password(password, user)

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            passwords.recheck(user, credentials["password"])
        return user

    def pre_login(self, request, user, **kwargs):
        """A locked name opens with nothing: neither with a passkey nor by the agency's sign-on."""
        if not lockout.is_locked(user.get_username()):
            return super().pre_login(request, user, **kwargs)
        messages.error(request, self.error_messages["too_many_login_attempts"])
        return redirect("account_login")

    def authentication_failed(self, request, **credentials):
        lockout.note_failure(
            "failed", credentials.get("username", ""), address=self.get_client_ip(request)
        )


class Factors(DefaultMFAAdapter):
    """Secrets of second factors lie sealed, and nobody is left without one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": Accounts.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "This is your only second step, and an account needs one. Add another first."
        ),
    }

    def encrypt(self, text):
        return seal(text, purpose="second factor")

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, purpose="second factor")

    def can_delete_authenticator(self, authenticator):
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return others.exclude(pk=authenticator.pk).exists()

    def get_totp_label(self, user):
        return user.get_username()

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}
