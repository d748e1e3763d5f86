"""The second step of signing in."""

from allauth.mfa.stages import AuthenticateStage

from ceasefire.access.sign_in import oidc


class SecondStep(AuthenticateStage):
    """Asked of everyone, unless the agency's own sign-on proved one that the setting accepts."""

    def _should_handle(self, request):
        return super()._should_handle(request) and not oidc.proved_second_factor(self.login)
