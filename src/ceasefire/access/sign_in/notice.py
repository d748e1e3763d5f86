"""The words that everybody accepts by signing in; a home may put its own in their place."""

from django.utils.translation import get_language, gettext

from ceasefire.access.sign_in.models import UsageNotice


def usage_notice() -> str:
    """In the reader's language where the home has it, else in the product's own words."""
    own = UsageNotice.objects.filter(language=get_language()).first()
    return own.words if own else _default()


def usage_notice_set(*, language: str, words: str) -> None:
    UsageNotice.objects.update_or_create(language=language, defaults={"words": words.strip()})


def _default() -> str:
    return gettext(
        "This system holds confidential records of a city's violence-prevention programme. Use it "
        "for that work alone and only with your own account. Everything you open is recorded and "
        "reviewed; misuse may be punished by law. By signing in you accept this."
    )
