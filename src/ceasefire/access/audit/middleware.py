"""Every page behind a gate leaves a row before its answer leaves the house."""

import logging
import re

from django.db import transaction
from django.http import HttpResponse

from ceasefire.access.audit.recording import NotRecorded, Page, answering, record, record_apart

log = logging.getLogger("ceasefire.audit")
REFUSALS = (401, 403, 404, 405, 429)
READING = ("GET", "HEAD", "OPTIONS")
# An address may hold whatever somebody typed; the log keeps what can be a number or a code.
NOT_A_CODE = re.compile(r"[^A-Za-z0-9_.-]")


class AuditMiddleware:
    """Comes after the gate: the row is written in the page's own transaction, as the reader.

    A refusal or an error is written in a second transaction, since the page's own may be lost. If
    the row cannot be written the answer is 503 with nothing in it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with answering("") as page:
            try:
                return self._recorded(request, page)
            except NotRecorded:
                log.critical("A page was refused: the audit log does not take rows.", exc_info=True)
                return HttpResponse(status=503)

    def process_view(self, request, view, args, kwargs):
        request.audit_page.route = request.resolver_match.view_name

    def process_exception(self, request, exception):
        """The page's own row was not written: an empty answer stands in for a page of error."""
        if isinstance(exception, NotRecorded):
            request.not_recorded = exception
            return HttpResponse(status=503)

    def _recorded(self, request, page: Page):
        request.audit_page, request.not_recorded = page, None
        with transaction.atomic():
            answer = self.get_response(request)
            if request.not_recorded:
                raise request.not_recorded
            if answer.status_code < 400 and not page.recorded and _is_gated(request):
                record(*_what(request), result=_result(request, answer))
        if answer.status_code >= 400 and request.actor:
            page.route = getattr(request.resolver_match, "view_name", "")
            record_apart(*_what(request), result=_result(request, answer))
        return answer


def _is_gated(request) -> bool:
    gate = getattr(request, "gate", None)
    return gate is not None and not gate.public and request.actor is not None


def _what(request) -> tuple[str, str]:
    """The verb, and what the address names: 'registry:12' for /shootings/12/."""
    verb = "page.shown" if request.method in READING else "page.sent"
    match = request.resolver_match
    if not match or not match.kwargs:
        return verb, ""
    codes = [NOT_A_CODE.sub("?", str(word))[:60] for word in match.kwargs.values()]
    return verb, f"{match.app_name}:{'/'.join(codes)}"


def _result(request, answer) -> str:
    if answer.status_code >= 400:
        return "denied" if answer.status_code in REFUSALS else "failed"
    return "shown" if request.method in READING else "done"
