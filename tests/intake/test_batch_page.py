"""A batch's page: its preview with the decision, and the reading under way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.intake import services
from ceasefire.intake.models import Batch
from ceasefire.registry.models import Incident, SourceRecord
from tests.intake.pages import Desk, shootings, texts, work

pytestmark = pytest.mark.django_db(transaction=True)


def next_file(desk: Desk, rows, **changes) -> str:
    """Load another publication up to its preview; the preview."""
    desk.upload("rivermouth-shootings", desk.file(rows, "next.csv"))
    desk.follow()
    desk.confirm(**changes)
    return desk.follow()


# The preview


def test_changed_rows_are_shown_field_by_field(applied):
    rows = shootings(8)
    rows[2]["Latitude"] = "40.5"
    page = texts(next_file(applied, rows))
    assert "Changed 1 Unchanged 7" in page
    assert "latitude 40.002 40.5" in page


def test_vanished_rows_are_listed_and_withheld_but_kept(applied):
    page = texts(next_file(applied, shootings(8)[:6]))
    assert "Known rows that the file no longer holds 2" in page
    assert "never deleted" in page
    assert "R-1007" in page
    applied.post("apply")
    applied.follow()
    assert applied.count(SourceRecord) == 8
    assert applied.count(SourceRecord, withheld_at__isnull=False) == 2


def test_identical_rows_are_asked_about_once_with_the_rows_shown(staged):
    rows = shootings(8) + shootings(8)[:2]
    staged.post("withdraw")
    page = texts(next_file(staged, rows))
    assert "2 rows say in every mapped fact the same" in page
    assert "R-1001" in page
    staged.post("identical", identical_rows="one row repeated")
    page = texts(staged.follow())
    assert "Added to the register 8" in page
    assert "The same row again, by the answers 2" in page
    assert "identical_rows" not in staged.batch().mapping.by_default


def test_saying_that_identical_rows_are_separate_needs_no_second_reading(staged):
    rows = shootings(8) + shootings(8)[:2]
    staged.post("withdraw")
    next_file(staged, rows)
    staged.post("identical", identical_rows="separate victims")
    assert staged.batch().state == Batch.State.STAGED
    assert "Answered for this feed: Separate victims" in texts(staged.page())


def test_a_file_with_many_rejected_rows_is_applied_only_with_a_reason(desk):
    rows = shootings(20)
    rows[3]["Occurrence Date"] = "1/1/1899"
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm()
    assert "1 of 20 rows were rejected" in texts(desk.follow())
    for reason in ("", "   "):
        assert "Write the reason first" in desk.post("apply", despite=reason).content.decode()
    desk.post("apply", despite="The publisher confirmed it.")
    page = texts(desk.follow())
    assert "The publisher confirmed it." in page
    assert desk.count(Incident) == 19


def test_applying_twice_writes_once(staged):
    staged.post("apply")
    staged.post("apply")
    staged.follow()
    staged.post("apply")
    work()
    assert staged.count(Incident) == 8
    assert staged.count(SourceRecord) == 8


def test_a_withdrawn_batch_cannot_be_applied_by_an_older_page(staged):
    staged.post("withdraw")
    staged.post("withdraw")
    staged.post("apply")
    page = staged.follow()
    assert "withdrawn before it was applied" in page
    assert staged.count(Incident) == 0


def test_an_applied_batch_cannot_be_withdrawn_by_an_older_page(applied):
    applied.post("withdraw")
    assert applied.batch().state == Batch.State.APPLIED


def test_the_mapping_of_a_staged_batch_can_be_taken_back(staged):
    staged.post("again", **{"from": "mapping"})
    assert "Confirm and read the file" in staged.follow()
    staged.confirm(answer_unit="incident")
    page = staged.follow()
    assert "One row is one incident." in page
    assert staged.batch().mapping.version == 2


def test_a_long_list_of_changes_comes_in_pages(desk):
    desk.upload_new("Rivermouth shootings", desk.file(60))
    desk.follow()
    desk.confirm()
    desk.follow()
    desk.post("apply")
    desk.follow()
    rows = shootings(60)
    for row in rows:
        row["Latitude"] = "40.5"
    assert "Page 1 of 2" in texts(next_file(desk, rows))
    assert "Page 2 of 2" in texts(desk.page(page=2))


def test_two_long_lists_keep_each_other_s_page(desk):
    desk.upload_new("Rivermouth shootings", desk.file(120))
    desk.follow()
    desk.confirm()
    desk.follow()
    desk.post("apply")
    desk.follow()
    rows = shootings(120)[:60]
    for row in rows:
        row["Latitude"] = "40.5"
    next_file(desk, rows)
    page = desk.page(page=2)
    assert "?page=2&amp;vanished=2" in page
    assert 'href="?page=1"' in page


# Progress


def test_a_batch_being_read_shows_rows_and_time_left_and_refreshes_itself(staged):
    began = (timezone.now() - timedelta(minutes=3)).isoformat()
    with identity.acting(identity.OPERATOR):
        batch = staged.batch()
        services.batch_start(batch=batch)
        Batch.objects.update(progress=0.25, rows=12_000, report={"began": began})
    staged.client.post(staged.url("again"))
    page = texts(staged.page())
    assert "Reading: 12,000 rows, about 9 minutes left" not in page
    with identity.acting(identity.OPERATOR):
        Batch.objects.update(progress=0.25, rows=12_000, report={"began": began})
    page = staged.client.get(staged.url(), headers={"HX-Request": "true"})
    assert "Reading: 12,000 rows, about 9 minutes left" in page.content.decode()
    assert b"<html" not in page.content
    assert 'hx-trigger="every 2s"' in page.content.decode()


def test_the_refreshing_part_moves_on_when_the_work_is_done(staged):
    answer = staged.client.get(staged.url(), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == staged.url()


def test_a_page_says_so_when_nothing_works_through_the_queue(desk):
    desk.upload_new("Rivermouth", desk.file(4))
    assert "Nothing is working through the queue" in desk.page()
