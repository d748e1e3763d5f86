"""Of whom it is known, or may be, that they are young."""

import pytest
from django.core.exceptions import ValidationError

from ceasefire.access.retention.classes import RecordClass, months_after
from ceasefire.registry.affiliations import services
from ceasefire.registry.affiliations.models import Affiliation, TieStep
from ceasefire.registry.merging.services import people_merge
from tests.registry.affiliations.conftest import TODAY, draft, person, record
from tests.registry.affiliations.round_the_gate import DAY, bare, refused_by_the_database, shown


def test_c37_nobody_under_thirteen_is_tied_to_anything(police_agency, group, being):
    child = TODAY.replace(year=TODAY.year - 13, day=min(TODAY.day, 28)) + 10 * DAY
    with being("analyst"):
        twelve = person(police_agency, born=child)
        with pytest.raises(ValidationError) as refusal:
            draft(twelve, group)
        assert "person" in refusal.value.message_dict
        told = refused_by_the_database(
            lambda: bare(twelve, group, record_class="affiliation_juvenile")
        )
    assert "under 13" in told


@pytest.mark.parametrize("born", [None, TODAY.replace(day=1) - 16 * 365 * DAY])
def test_c37_a_juvenile_and_whoever_has_no_known_birth_has_half_the_time(
    police_agency, group, being, born
):
    with being("analyst"):
        young = person(police_agency, born=born)
        tie = draft(young, group)
        assert tie.record_class == RecordClass.AFFILIATION_JUVENILE
        assert tie.purge_on == months_after(tie.basis_on, 12)
        told = refused_by_the_database(lambda: bare(person(police_agency, born=born), group))
    assert "juvenile" in told
    with being("captain"):
        services.tie_attest(tie=tie, words="I have read both.")
        with pytest.raises(ValidationError) as refusal:
            services.notice_give(tie=tie, on=TODAY, way="letter")
        assert "to_guardian" in refusal.value.message_dict
        refused_by_the_database(
            lambda: TieStep.objects.create(affiliation=tie, kind="notice", on=TODAY, way="letter")
        )
        services.notice_give(tie=tie, on=TODAY, way="letter", to_guardian=True)


def test_c37_a_record_that_makes_somebody_younger_shortens_or_ends_the_tie(standing, ben, being):
    with being("analyst"):
        record(ben, born=TODAY - 16 * 366 * DAY)
        tie = Affiliation.objects.get()
        assert tie.juvenile
        assert tie.purge_on == months_after(tie.basis_on, 12)
        record(ben, born=TODAY - 10 * 366 * DAY)
        assert shown() == (0, 0)


def test_c37_a_merge_with_a_child_ends_the_tie(standing, ben, being, police_agency):
    with being("analyst"):
        child = person(police_agency, born=TODAY - 11 * 366 * DAY, family="Okafor")
        people_merge(kept=child, gone=ben, reason="One person.")
        assert shown() == (0, 0)
