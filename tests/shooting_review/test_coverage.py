"""A week that the files do not reach, or reach only in part, is no quiet week."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from ceasefire.shooting_review import answers
from ceasefire.shooting_review.documents import packet_pdf
from ceasefire.shooting_review.panels import report
from tests.shooting_review.invented import ZONE

MONDAY_MORNING = datetime(2021, 3, 22, 6, tzinfo=ZONE)
THURSDAY = datetime(2021, 3, 25, 6, tzinfo=ZONE)
VERDICT = "lead one to expect"


@pytest.fixture
def told(four_years, loaded, build):
    """Packet and report of 2021-W12 where the newest file was made at a moment."""

    def tell(newest):
        loaded(newest)
        with translation.override("en"):
            packet = build("2021-W12")
            return packet, report(packet, palette="print")

    return tell


def test_a_week_that_no_file_covers_is_said_to_be_so_and_is_given_no_verdict(told, incident):
    from ceasefire.registry.models import Incident

    Incident.objects.filter(occurred_on__gte=MONDAY_MORNING.date()).delete()
    packet, shown = told(MONDAY_MORNING)
    assert packet.uncovered
    assert shown.coverage == "No file covers this week yet (the newest is as of Mon 22 Mar 2021)."
    assert [headline.value for headline in shown.headlines] == ["–"] * 3
    assert VERDICT not in " ".join(shown.overview.sentences)
    assert not shown.overview.tables
    assert shown.groups[0].sentence == shown.coverage
    assert packet_pdf(packet, reader="x").startswith(b"%PDF-")


def test_a_week_covered_in_part_says_until_when_and_is_compared_with_nothing(told):
    packet, shown = told(THURSDAY)
    assert packet.covered_until == date(2021, 3, 24)
    assert not packet.uncovered
    assert "only until Wed 24 Mar 2021" in shown.coverage
    assert VERDICT not in " ".join(shown.overview.sentences)
    assert "beside earlier weeks" not in " ".join(table.caption for table in shown.overview.tables)


def test_a_week_is_whole_when_a_file_was_made_after_its_last_midnight(told):
    packet, shown = told(datetime(2021, 3, 29, 7, tzinfo=UTC))
    assert packet.covered_until == packet.week.end
    assert shown.coverage == ""
    assert VERDICT in shown.overview.sentences[0]


def test_the_command_line_says_it_too(told):
    packet, shown = told(THURSDAY)
    assert answers.as_json(packet)["covered_until"] == "2021-03-24"
    with translation.override("en"):
        assert answers.in_words(packet).endswith(shown.coverage)


def test_the_page_says_it_first(told, signed_in):
    from ceasefire.access.roles import Role

    _packet, shown = told(THURSDAY)
    page = signed_in(Role.CAPTAIN).get("/review/2021-W12/").content.decode()
    assert page.index(shown.coverage) < page.index("overview-title")


def test_no_shootings_since_the_week_ended_are_not_worth_a_sentence(shoot, build):
    shoot(date(2021, 3, 24))
    shown = report(build("2021-W12"), palette="print")
    assert "more from the end of the week" not in " ".join(shown.overview.sentences)
