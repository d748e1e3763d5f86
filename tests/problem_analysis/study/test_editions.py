"""An edition is built from the register, frozen for good, compared, and published by another."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from ceasefire.access.policies import NotPermitted
from ceasefire.problem_analysis.study import building, comparing, services
from ceasefire.problem_analysis.study.material import gather
from ceasefire.problem_analysis.study.models import Edition, Finding, PublicEdition, Study
from ceasefire.problem_analysis.study.plan import NotAStudy, Plan
from ceasefire.problem_analysis.study.results import read
from tests.problem_analysis.study.conftest import FIRST, LAST, PLAN

pytestmark = pytest.mark.django_db


def table(edition, item, key):
    found = next(read(one) for one in edition.items if one["number"] == item)
    return found.table(key)


def test_every_shooting_of_the_days_is_in_the_years(edition):
    years = table(edition, "T1", "years")
    assert [years.cell("2024", "shootings"), years.cell("2025", "shootings")] == [37, 36]
    assert years.cell("2024", "fatal") == 10
    assert years.cell("2025", "change") == pytest.approx(36 / 37 - 1)


def test_months_weekdays_and_series_count_every_shooting_once(edition):
    for key in ("months", "weekdays", "series"):
        counts = [row.cells[0] for row in table(edition, "T3", key).rows]
        assert sum(counts) == 73


def test_shootings_without_a_place_are_told_and_not_dropped(edition):
    missing = table(edition, "F20", "missing")
    assert missing.cell("missing", "shootings") == 15
    assert missing.cell("placed", "shootings") + 15 == missing.cell("all", "shootings")


def test_what_the_register_cannot_tell_says_why(edition):
    peers = next(read(one) for one in edition.items if one["number"] == "T2")
    assert not peers.tables
    assert "No other cities' rates" in peers.lacking.words["en"]
    assert peers.lacking.words["es"]


def test_the_same_register_builds_the_same_words_and_figures(study, being):
    with being("analyst"):
        one = services.edition_build(study=study)
        hashes = one.data_hash, one.content_hash
        other = services.edition_build(study=study)
    assert (other.data_hash, other.content_hash) == hashes
    assert Edition.objects.filter(study=study).count() == 1


def test_another_shooting_is_another_fingerprint_and_its_cells_differ(frozen, study, shoot, being):
    shoot(LAST, incident_number="S-late", victims=2, killed=0)
    with being("analyst"):
        later = services.edition_build(study=study)
        found = comparing.compared(frozen, later)
    assert later.data_hash != frozen.data_hash
    cells = {(one.item, one.table, one.row, one.column): (one.one, one.other) for one in found}
    assert cells["T1", "years", "2025", "shootings"] == (36, 37)
    assert not [one for one in found if one.row == "2024" and one.column == "shootings"]


def test_an_edition_against_itself_has_no_difference(frozen):
    assert comparing.compared(frozen, frozen) == []


def test_a_frozen_edition_is_a_draft_again_for_nobody(frozen, operator):
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Edition.objects.filter(pk=frozen.pk).update(state="draft", frozen_at=None)


def test_what_an_edition_says_is_written_over_by_nobody(edition, operator):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(content_hash="0" * 64)


def test_a_frozen_edition_is_taken_away_by_nobody(frozen, operator):
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        frozen.delete()


def test_a_study_with_a_frozen_edition_keeps_its_days(frozen, operator):
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Study.objects.filter(pk=frozen.study_id).update(starts=FIRST.replace(year=2020))


def test_building_again_leaves_the_frozen_edition(frozen, study, being):
    with being("analyst"):
        draft = services.edition_build(study=study)
    assert draft.pk != frozen.pk
    assert Edition.objects.get(pk=frozen.pk).state == "frozen"


def test_a_draft_is_not_published(edition, being):
    with being("captain"), pytest.raises(services.NotYet, match="Freeze"):
        services.edition_publish(edition=edition)


def test_somebody_else_than_who_froze_it_publishes(frozen, being):
    with being("analyst"), pytest.raises(services.NotYet, match="somebody else"):
        services.edition_publish(edition=frozen)
    with being("captain"):
        made = services.edition_publish(edition=frozen)
        assert services.edition_publish(edition=frozen).pk == made.pk
    assert PublicEdition.objects.count() == 1


def test_an_officer_builds_no_study(study, being):
    with being("officer"), pytest.raises(NotPermitted):
        services.edition_build(study=study)


@pytest.mark.parametrize(
    "plan",
    [
        {"start": LAST, "end": FIRST}, {"end": FIRST}, {"kinds": ()}, {"kinds": ("murder",)},
        {"start": FIRST.replace(year=1970)},
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_with_the_reason(plan):
    with pytest.raises(NotAStudy):
        Plan(**({"start": FIRST, "end": LAST} | plan))


def test_a_study_that_cannot_be_is_refused_at_its_field(being, rivermouth):
    with being("analyst"), pytest.raises(ValidationError) as refusal:
        services.study_plan(title="Short", starts=FIRST, ends=FIRST)
    assert "90 days" in str(refusal.value)


def test_the_same_plan_twice_is_one_study(study, being):
    with being("analyst"):
        again = services.study_plan(title="Two years", starts=FIRST, ends=LAST)
    assert again == study


def test_an_excluded_offence_is_left_out_and_counted_as_such(shoot, being):
    shoot(FIRST, incident_number="S", offence="Suicide by firearm")
    with being("analyst"):
        found = gather(replace(PLAN, exclude=("suicide",)))
    assert found.incidents.empty
    assert found.left_out == {"not_studied": 1}


def test_a_study_as_known_earlier_knows_no_later_shooting(study, being):
    with being("analyst"):
        # Entered by hand today: nothing of them was known then.
        found = gather(replace(PLAN, as_known=FIRST))
    assert found.incidents.empty


def test_whoever_has_not_said_what_for_reads_no_person(study, staff):
    from ceasefire.access import identity
    from ceasefire.access.partitions import Room

    with identity.acting(staff["analyst"], Room.INVESTIGATIVE):
        found = building.build(PLAN)
    assert found.material.people is None
    assert found.material.codes is None


def test_a_recommendation_has_an_owner_and_a_day(study, being, operator):
    with being("analyst"), pytest.raises(ValidationError) as refusal:
        services.finding_write(study=study, kind="recommendation", words="Meet weekly.")
    assert {"owner", "due"} <= refusal.value.error_dict.keys()
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(study=study, kind="recommendation", words="Meet weekly.")
