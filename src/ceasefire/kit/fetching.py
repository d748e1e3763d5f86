"""Asking a server politely for JSON: one question at a time, a pause between, patience when asked.

Only http and https, only the host that was named, never more than a page's worth of bytes.
"""

import json
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

USER_AGENT = "Ceasefire/0.1 (fetches open data, one page at a time)"
PAUSE_SECONDS = 0.5
TIMEOUT_SECONDS = 60
LONGEST_WAIT_SECONDS = 300
TRIES = 6
LARGEST_ANSWER = 64 * 1024 * 1024
# The server is busy or being restarted; anything else will not be better in a minute.
BUSY = frozenset({429, 500, 502, 503, 504})


class FetchFault(Exception):
    """The server cannot be asked, or its answer cannot be used; the reason in words."""


class _SameHost(HTTPRedirectHandler):
    """A redirect may tidy an address, but not lead to another machine."""

    def redirect_request(self, request, fp, code, message, headers, newurl):
        before, after = urlsplit(request.full_url), urlsplit(newurl)
        same = (before.scheme, before.netloc) == (after.scheme, after.netloc)
        secured = (before.scheme, after.scheme) == ("http", "https")
        if not same and not (secured and before.hostname == after.hostname):
            raise FetchFault(
                _("The server sends on to %(host)s; name that address instead if you trust it.")
                % {"host": after.netloc or newurl}
            )
        return super().redirect_request(request, fp, code, message, headers, newurl)


class Client:
    """Asks one host. sleep: what waits, for tests."""

    def __init__(self, base: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https"):
            raise FetchFault(_("Only http and https addresses can be fetched."))
        self._host = parts.netloc
        self._opener = build_opener(_SameHost)
        self._sleep = sleep
        self._asked = False

    def json(self, url: str) -> Any:
        """The answer to one question; asked again, later, while the server is busy."""
        for attempt in range(1, TRIES + 1):
            self._pause()
            try:
                return self._read(url)
            except HTTPError as error:
                if error.code not in BUSY or attempt == TRIES:
                    raise FetchFault(_said(error)) from error
                self._sleep(_wait(attempt, error.headers.get("Retry-After")))
            except (URLError, TimeoutError, HTTPException, OSError) as error:
                if attempt == TRIES:
                    words = _("%(host)s does not answer (%(reason)s). Try again later.")
                    raise FetchFault(words % {"host": self._host, "reason": error}) from error
                self._sleep(_wait(attempt, None))
        raise AssertionError("the last try raises")

    def _pause(self) -> None:
        if self._asked:
            self._sleep(PAUSE_SECONDS)
        self._asked = True

    def _read(self, url: str) -> Any:
        request = Request(url, headers={"User-Agent": USER_AGENT, "Accept": "application/json"})
        with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            body = answer.read(LARGEST_ANSWER + 1)
        if len(body) > LARGEST_ANSWER:
            raise FetchFault(_("The server's answer is larger than a page of rows may be."))
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise FetchFault(
                _("The server's answer is no JSON. Is this the address of a dataset?")
            ) from error


def _wait(attempt: int, retry_after: str | None) -> float:
    """Seconds to wait: what the server asks for, else twice as long each time; never for ever."""
    return min(_asked_for(retry_after) or 2.0**attempt, LONGEST_WAIT_SECONDS)


def _asked_for(retry_after: str | None) -> float | None:
    """Retry-After is a number of seconds or a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None


def _said(error: HTTPError) -> str:
    if error.code in (401, 403):
        return _("The server wants a key or a sign-in for this; open data needs none.")
    if error.code in (404, 410):
        return _("There is nothing at this address. Was the dataset moved?")
    return _("The server answers %(code)d (%(reason)s). Try again later.") % {
        "code": error.code,
        "reason": error.reason,
    }
