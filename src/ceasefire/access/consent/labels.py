"""Consents as tables and lists of facts print them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.consent.scopes import words_of
from ceasefire.access.consent.standing import opens
from ceasefire.kit.tables import Badge, Link

AGREED, CLOSED, REFUSED, TAKEN_BACK, OVER, COMING = (
    gettext_lazy("stands"),
    gettext_lazy("closed all the same"),
    gettext_lazy("declined"),
    gettext_lazy("taken back"),
    gettext_lazy("over"),
    gettext_lazy("not begun"),
)


def state(consent: Consent, said: list[Consent], today: date) -> Badge:
    """said: everything that was said for the same person."""
    if consent.revoked_at:
        return Badge(TAKEN_BACK, "late")
    if consent.answer == Consent.Answer.DECLINED:
        return Badge(REFUSED, "info")
    if consent.is_live(today):
        return Badge(AGREED, "ok") if opens(consent, said, today) else Badge(CLOSED, "late")
    return Badge(COMING if today < consent.given_on else OVER, "due")


def recipient(consent: Consent) -> str:
    return str(consent.recipient or consent.recipient_outside)


def columns() -> list[str]:
    return [_("What may be told"), _("To"), _("Who said it"), _("Last day"), _("State")]


def rows(consents: list[Consent], said: list[Consent], today: date) -> list[list]:
    return [
        [_link(each), recipient(each), each.get_voice_display(), each.expires_on or _("none"),
         state(each, said, today)]
        for each in consents
    ]  # fmt: skip


def due_columns() -> list[str]:
    return [_("Last day"), _("Person's file"), _("What may be told"), _("To")]


def due_rows(consents) -> list[list]:
    return [[each.expires_on, _person(each), _link(each), recipient(each)] for each in consents]


def notice_words(notice: ConsentNotice) -> str:
    return _("%(person)s took back: %(what)s, to %(whom)s.") % {
        "person": notice.consent.person_key,
        "what": words_of(notice.consent.scopes),
        "whom": recipient(notice.consent),
    }


def facts(consent: Consent) -> list[tuple]:
    return [
        (_("Person's file"), _person(consent)),
        (_("What may be told"), words_of(consent.scopes)),
        (_("To"), recipient(consent)),
        (_("What for"), consent.purpose),
        (_("Who said it"), consent.get_voice_display()),
        (_("Under 18"), _("yes: two must agree") if consent.guardian_needed else ""),
        (_("Said on"), consent.given_on),
        (_("Last day"), consent.expires_on),
        (_("How it was signed"), consent.get_method_display()),
        (_("Name that was signed"), consent.signature),
        (_("Witness"), consent.witness),
        (_("Recorded by"), consent.recorder),
        (_("Recorded"), consent.recorded_at),
        (_("Taken back"), consent.revoked_at),
        (_("How the person told it"), consent.get_revoked_how_display()),
    ]


def _person(consent: Consent) -> Link:
    return Link(consent.person_key, reverse("consent:person", args=[consent.person_key]))


def _link(consent: Consent) -> Link:
    return Link(words_of(consent.scopes), reverse("consent:one", args=[consent.pk]))
