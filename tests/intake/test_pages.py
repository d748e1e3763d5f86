"""The analyst's pages, from an uploaded file to the register, with the real worker between."""

import gzip
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from ceasefire.access import identity
from ceasefire.intake import files, services
from ceasefire.intake.models import Batch, Feed, FeedMapping
from ceasefire.registry.models import City, Incident, Victim
from tests.intake.pages import Desk, csv_of, shootings, texts, work
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)
SAME = "identical_rows"


def next_file(desk: Desk, rows, **changes) -> str:
    """Load another publication up to its preview; the preview."""
    desk.upload("rivermouth-shootings", desk.file(rows, "next.csv"))
    desk.follow()
    desk.confirm(**changes)
    return desk.follow()


# The whole path


def test_a_file_goes_from_upload_to_register_through_mapping_and_preview(desk):
    desk.upload_new("Rivermouth shootings", desk.file(12))
    assert "Confirm and read the file" in desk.follow()
    desk.confirm()
    assert "What shootings.csv would change" in desk.follow()
    assert desk.count(Incident) == 0
    desk.post("apply")
    assert "What it changed" in desk.follow()
    assert desk.count(Incident) == desk.count(Victim) == 12
    assert desk.batch().loaded_by == "Test Crime analyst"


def test_portland_s_own_file_comes_out_with_its_own_counts(desk, shared_data):
    path = shared_data / "portland_ppb_shootings" / "Shootings.csv"
    desk.upload_new("Portland", desk.file(path.read_bytes()))
    desk.follow()
    desk.confirm()
    preview = texts(desk.follow())
    assert "Incidents 1,553 Victims not known" in preview
    assert "Rows without a place 268" in preview
    desk.post("apply")
    work()
    assert desk.count(Incident) == 1553


def test_the_same_file_again_changes_nothing(applied):
    preview = texts(next_file(applied, 8))
    assert "Added to the register 0 Changed 0 Unchanged 8" in preview


# Who may come in


def test_nobody_who_is_not_signed_in_comes_further_than_the_door(staged):
    answer = Person().get(staged.url())
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_batch_that_does_not_exist_is_404(desk):
    for name in ("batch", "mapping", "report"):
        assert desk.client.get(reverse(f"intake:{name}", args=[999_999])).status_code == 404
    for name in ("apply", "withdraw", "again", "identical", "mapping"):
        assert desk.client.post(reverse(f"intake:{name}", args=[999_999])).status_code == 404


# Uploading


def test_an_empty_home_says_what_to_do_first(desk):
    assert "Load the first file" in desk.client.get(reverse("intake:feeds")).content.decode()
    with identity.acting(identity.OPERATOR):
        City.objects.all().delete()
    assert "The city is not set yet" in desk.client.get(reverse("intake:feeds")).content.decode()
    assert desk.client.get(reverse("intake:load")).status_code == 302


def test_an_upload_that_is_refused_keeps_what_was_typed(desk):
    answer = desk.upload_new("", desk.file(3), coverage="rolling", as_of="2021-05-01T10:00")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This field is required" in page
    assert "Say how many days each file covers" in page
    assert 'value="2021-05-01T10:00"' in page
    assert 'value="Rivermouth Police"' in page
    assert desk.count(Feed) == 0


def test_an_agency_is_either_chosen_or_named(desk, police_agency):
    neither = desk.upload_new("R", desk.file(3), new_agency="")
    both = desk.upload_new("R", desk.file(3), agency=police_agency.pk)
    asked = desk.client.get(reverse("intake:load_new")).content.decode()
    assert "One of the two is needed" in asked
    assert "Name the agency here, or choose one above" in neither.content.decode()
    assert "Choose the agency, or name another one" in neither.content.decode()
    assert "Leave this empty" in both.content.decode()


def test_a_file_cannot_be_as_of_tomorrow(desk):
    tomorrow = timezone.localtime() + timedelta(days=1)
    answer = desk.upload_new("R", desk.file(3), as_of=tomorrow.strftime("%Y-%m-%dT%H:%M"))
    assert "a time that has not come" in answer.content.decode()


def test_an_older_publication_is_refused_and_nothing_of_it_kept(applied):
    before = set(settings.HOME.folder("files").iterdir())
    answer = applied.upload("rivermouth-shootings", applied.file(5), as_of="2021-05-01T10:00")
    page = answer.content.decode()
    assert "already known as of" in page
    assert "Choose the file again" in page
    assert set(settings.HOME.folder("files").iterdir()) == before
    assert applied.count(Batch) == 1


def test_uploading_twice_is_one_batch(desk):
    first = desk.upload_new("Rivermouth", desk.file(4))
    second = desk.upload_new("Rivermouth", desk.file(4))
    assert first.url == second.url
    assert (desk.count(Feed), desk.count(Batch)) == (1, 1)


def test_a_new_feed_cannot_take_the_name_of_a_known_one(applied):
    answer = applied.upload_new("Rivermouth shootings", applied.file(9))
    assert "a feed of this name already" in answer.content.decode()
    assert applied.count(Batch) == 1


def test_a_second_file_waits_until_the_first_is_decided(staged):
    answer = staged.upload("rivermouth-shootings", staged.file(20))
    assert "waits to be applied" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.csv.gz", gzip.compress(csv_of(shootings(50)))[:-20]),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(500)),
        ("archive.zip", b"PK\x03\x04" + bytes(300)),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_a_broken_file_is_refused_as_a_whole_with_its_reason(desk, name, content):
    desk.upload_new("Rivermouth", desk.file(content, name))
    page = desk.follow()
    assert "refused as a whole" in page
    batch = desk.batch()
    assert escape(batch.refusal) in page
    assert batch.sha256 not in batch.refusal, "a person knows the file by its own name"
    assert not files.kept_path(batch.sha256, batch.file_name).exists()


def test_an_empty_file_is_refused_at_its_field(desk):
    answer = desk.upload_new("Rivermouth", desk.file(b"", "empty.csv"))
    assert "This file is empty" in answer.content.decode()


# The mapping


def test_the_mapping_page_shows_columns_samples_and_how_they_are_read(desk):
    desk.upload_new("Rivermouth", desk.file(12))
    page = texts(desk.follow())
    assert "Occurred: date" in page
    assert "01/13/2021 · 01/14/2021 · 01/15/2021" in page
    assert "month/day/year" in page
    assert "One row is one victim: each row describes one person" in page


def test_a_column_that_names_people_is_named_as_left_out_and_shows_no_value(desk):
    rows = [row | {"Victim Name": f"Zyx Wvu{n}"} for n, row in enumerate(shootings(12))]
    desk.upload_new("Rivermouth", desk.file(rows))
    page = desk.follow()
    assert "Left out on purpose" in page
    assert "Victim Name" in page
    assert "Zyx" not in page
    assert "Zyx" not in str(desk.batch().report)


def test_a_proposed_answer_that_a_person_confirmed_is_not_by_default(desk):
    rows = [
        row | {"Occurrence Date": f"0{1 + n % 9}/02/2021"} for n, row in enumerate(shootings(12))
    ]
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm()
    saved = desk.batch().mapping
    assert "day_month_order" in saved.mapping["answers"]
    assert saved.by_default == []


def test_what_identical_rows_are_stays_open_until_the_rows_were_seen(desk):
    rows = shootings(12) + shootings(12)[:3]
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm()
    saved = desk.batch().mapping
    assert saved.by_default == [SAME]
    assert saved.mapping["answers"][SAME] == "separate victims"


def test_an_answer_that_differs_from_the_default_is_a_person_s(desk):
    rows = shootings(12) + shootings(12)[:3]
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm(answer_identical_rows="one row repeated")
    preview = texts(desk.follow())
    assert desk.batch().mapping.by_default == []
    assert "Added to the register 12" in preview
    assert "The same row again, by the answers 3" in preview


def test_another_column_is_looked_at_before_it_is_confirmed(desk):
    rows = [row | {"Hood": "Mill Hollow"} for row in shootings(12)]
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm(column_sex="", column_premises="Hood")
    assert desk.count(FeedMapping) == 0
    page = texts(desk.follow())
    assert "Confirm and read the file" in page
    desk.confirm()
    fields = desk.batch().mapping.mapping["fields"]
    assert fields["premises"]["column"] == "Hood"
    assert "sex" not in fields


def test_a_column_that_cannot_be_what_it_was_chosen_for_is_named(desk):
    desk.upload_new("Rivermouth", desk.file(12))
    desk.follow()
    desk.confirm(column_occurred_date="Sex")
    assert "do not hold what they were chosen for" in desk.follow()


def test_confirming_twice_reads_the_file_once(desk):
    desk.upload_new("Rivermouth", desk.file(12))
    desk.follow()
    words = {}
    form = desk.client.get(desk.url("mapping")).context["form"]
    words = {name: form[name].initial or "" for name in form.fields}
    first = desk.client.post(desk.url("mapping"), words)
    second = desk.client.post(desk.url("mapping"), words)
    assert first.url == second.url == desk.url()
    assert desk.count(FeedMapping) == 1


def test_the_next_file_of_a_feed_takes_its_saved_mapping(applied):
    applied.upload("rivermouth-shootings", applied.file(10))
    assert "saved mapping fits this file" in applied.follow()
    applied.confirm()
    work()
    assert applied.batch().mapping.version == 1


def test_a_layout_that_has_changed_is_said_and_confirmed_as_a_new_version(applied):
    rows = [row | {"Offender Number": row.pop("Incident Number")} for row in shootings(8)]
    rows = [{"Case Number": row.pop("Offender Number")} | row for row in rows]
    applied.upload("rivermouth-shootings", applied.file(rows))
    page = applied.follow()
    assert "columns that this file does not have: Incident Number" in page
    applied.confirm()
    work()
    assert applied.batch().mapping.version == 2


# Feeds


def test_the_feed_page_shows_files_mapping_and_who_answered(applied):
    page = texts(applied.client.get("/intake/feeds/rivermouth-shootings/").content.decode())
    assert "Version 1, confirmed by Test Crime analyst" in page
    assert "Everything, every time" in page
    assert "shootings.csv" in page


def test_the_coverage_of_a_feed_can_be_changed_and_says_what_is_missing(applied):
    url = reverse("intake:coverage", args=["rivermouth-shootings"])
    answer = applied.client.post(url, {"coverage": "rolling"})
    assert "Say how many days" in answer.content.decode()
    applied.client.post(url, {"coverage": "rolling", "rolling_days": "28"})
    page = applied.client.get("/intake/feeds/rivermouth-shootings/").content.decode()
    assert "The last 28 days" in page
    applied.client.post(url, {"coverage": "whole", "rolling_days": "28"})
    with identity.acting(identity.OPERATOR):
        assert Feed.objects.get().rolling_days is None


def test_the_list_of_feeds_asks_the_database_as_often_for_many_feeds_as_for_one(
    applied, police_agency
):
    applied.client.get(reverse("intake:feeds"))
    with CaptureQueriesContext(connection) as for_one:
        assert "20 Jan 2021" in applied.client.get(reverse("intake:feeds")).content.decode()
    with identity.acting(identity.OPERATOR):
        for number in range(10):
            services.feed_open(name=f"feed-{number}", agency=police_agency)
    with CaptureQueriesContext(connection) as for_many:
        applied.client.get(reverse("intake:feeds"))
    assert len(for_many) == len(for_one)
