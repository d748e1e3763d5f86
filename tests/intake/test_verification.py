"""Which columns say whether a shooting was verified, and which only where its case stands."""

from ceasefire.intake.mapping import propose
from tests.intake.pages import shootings


def test_where_a_case_stands_is_no_verification(write):
    states = ("OPEN", "CLEARED BY ARREST", "CLOSED", "SUSPENDED", "EXCEPTIONAL", "PENDING")
    rows = [row | {"OUTCOME": states[n % 6]} for n, row in enumerate(shootings(30))]
    assert "verification" not in propose(write(rows)).mapping.columns()
    rows = [row | {"OUTCOME": ("FOUNDED", "UNFOUNDED")[n % 2]} for n, row in enumerate(rows)]
    assert propose(write(rows)).mapping.columns()["verification"] == "OUTCOME"
