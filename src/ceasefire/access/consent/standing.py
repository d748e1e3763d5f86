"""Whether a paper opens anything now, given all that was said for the person: what pages show.

The database answers the same of agencies (`functions.sql`); a recipient outside is known to
nobody but the discloser's people, who tell or do not tell by what the page says.
"""

from collections.abc import Iterable
from datetime import date

from ceasefire.access.consent.models import Consent


def opens(paper: Consent, said: Iterable[Consent], today: date) -> bool:
    """said: everything that was said for the same person, the newest first."""
    counting = [one for one in said if one.is_refusal or one.is_live(today)]
    counting = [one for one in counting if recipient(one) == recipient(paper)]
    return paper.is_live(today) and all(_opens(scope, counting) for scope in paper.scopes)


def recipient(paper: Consent) -> tuple[int | None, str]:
    return paper.recipient_id, (paper.recipient_outside or "").strip().casefold()


def _opens(scope: str, counting: list[Consent]) -> bool:
    papers = [one for one in counting if scope in one.scopes]
    minor = any(one.guardian_needed for one in papers)
    return _agrees(papers, Consent.Voice.PERSON) and (
        not minor or _agrees(papers, Consent.Voice.GUARDIAN)
    )


def _agrees(papers: list[Consent], voice: Consent.Voice) -> bool:
    """A voice's last word that still counts."""
    own = [one for one in papers if one.voice == voice]
    return bool(own) and own[0].answer == Consent.Answer.AGREED
