"""A test client whose cookie carries the session's secret, as a browser's does."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from ceasefire.access import identity
from ceasefire.access.sessions import SessionStore


class Person(Client):
    def _login(self, user, backend=None):
        request = HttpRequest()
        request.session = SessionStore()
        with identity.showing(*identity.NOBODY):
            login(request, user, backend)
            request.session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = request.session.secret

    def request(self, **request):
        """A browser does not know whom a test has bound."""
        with identity.showing(*identity.NOBODY):
            return super().request(**request)

    @property
    def session(self):
        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        return SessionStore.of_cookie(cookie.value if cookie else None)
