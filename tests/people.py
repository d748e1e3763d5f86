"""A test client whose cookie carries the session's secret, as a browser's does."""

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from ceasefire.access import identity
from ceasefire.access.sessions import SessionStore
from ceasefire.access.walls import proof


def attest(user, answer: str = "no_duty") -> None:
    """What a person of a federal agency must say each quarter before anything opens."""
    with identity.showing(identity.NO_ROOM, proof.of_user(user.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT wall.federal_attest(%s)", [answer])


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
