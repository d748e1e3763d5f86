"""The weekly review's pages in the access matrix."""

from tests.access_matrix.declaring import Page
from tests.registry.matrix import a_shooting

WEEK = "2026-W14"


def a_week(reader):
    """The week that the reader's shooting fell into."""
    a_shooting(reader)
    return [WEEK]


def _words(answer) -> str:
    from tests.shooting_review.test_packet_pdf import words_of

    return words_of(answer.content)


# What a city's three years of shootings say is kept for the next reader of the week.
KEPT = {"absent": ["2026-W99"], "writes": ("shooting_review_fittedbands",)}
PAGES = {
    "shooting_review:weeks": Page(beside=a_shooting, planted=lambda _reader: WEEK),
    "shooting_review:packet": Page(a_week, **KEPT),
    "shooting_review:packet_pdf": Page(a_week, **KEPT, text=_words),
}
