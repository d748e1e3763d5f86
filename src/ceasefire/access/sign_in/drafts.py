"""What was typed into a form when the session locked is kept, and offered back on the same page.

It is sealed for one person and one page, lives twelve hours at most, and never holds a password,
a code or a file.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.gates import gate_of
from ceasefire.access.sign_in.models import DraftKept
from ceasefire.access.sign_in.sealing import CannotUnseal, seal, unseal

# A page's script adds this field when the clock runs out; such a form is kept and never carried
# out, even if another window has kept the session open.
MARK = "keep_draft"
LARGEST = 200_000
SECRET_WORDS = ("password", "csrf", "code", "credential", "secret", MARK)


def page_of(request) -> str:
    """The address of the page that shows the form: where its answer would have been read."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and referer.netloc == request.get_host():
        return referer.path + (f"?{referer.query}" if referer.query else "")
    return request.get_full_path()


def keep(request, view) -> bool:
    """Keep what the form holds, if its person may use that page. Tells whether it was kept."""
    gate = gate_of(view, request.resolver_match.url_name)
    if gate is None or gate.public or not gate.admits(actor_of_user(request.user)):
        return False
    body = _without_secrets(request.POST).urlencode()
    path = urlsplit(page_of(request)).path
    if not body or len(body) > LARGEST or len(path) > 500:
        return False
    DraftKept.objects.update_or_create(
        user=request.user,
        path=path,
        defaults={
            "sealed": seal(body, purpose="drafts", about=_about(request.user, path)),
            "kept_at": timezone.now(),
        },
    )
    return True


def offered(request, form):
    """The form of a page, with what was kept for its reader filled in; `form.kept_at` says when.

    A form that is sent is the person's last word: what was kept goes.
    """
    mine = DraftKept.objects.filter(user_id=request.user.pk, path=request.path)
    with identity.outside_rooms():
        if request.method == "POST":
            mine.delete()
        elif draft := mine.filter(kept_at__gt=_oldest()).first():
            _fill(form, draft)
    return form


def purge() -> int:
    """Delete what has been kept too long; returns how many."""
    return DraftKept.objects.filter(kept_at__lte=_oldest()).delete()[0]


def opened(draft: DraftKept) -> str:
    """What a draft holds, as a form sends it; empty where it is of another home."""
    try:
        return unseal(draft.sealed, purpose="drafts", about=_about(draft.user, draft.path))
    except CannotUnseal:
        return ""


def _fill(form, draft: DraftKept) -> None:
    if not (typed := QueryDict(opened(draft))):
        return
    form.initial = form.initial | {
        name: field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    form.kept_at = draft.kept_at


def _without_secrets(typed: QueryDict) -> QueryDict:
    kept = typed.copy()
    for name in typed:
        if any(word in name.lower() for word in SECRET_WORDS):
            del kept[name]
    return kept


def _about(user, path: str) -> str:
    return f"{user.pk} {path}"


def _oldest():
    return timezone.now() - timedelta(seconds=settings.SESSION_END)
