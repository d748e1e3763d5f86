"""Whatever is tried in whatever order, a tie stands only by the steps that make it stand."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access.policies import NotPermitted
from ceasefire.registry.affiliations import services
from ceasefire.registry.affiliations.models import Affiliation, TieStep
from tests.registry.affiliations.conftest import TODAY, draft, person

DAY = timedelta(days=1)


def _approve(tie, words):
    delay = TieStep.objects.filter(affiliation=tie, kind="delay", answered_by=None).last()
    if delay is None:
        raise ValidationError("nothing to approve")
    services.delay_approve(delay=delay, words=words)


TRIED = {
    "attest": services.tie_attest,
    "notice": lambda tie, words: services.notice_give(tie=tie, on=TODAY, way="letter", words=words),
    "delay": lambda tie, words: services.delay_ask(tie=tie, until=TODAY + DAY, words=words),
    "approve": _approve,
    "review": services.tie_review,
    "contest": lambda tie, words: services.contest_open(tie=tie, until=TODAY + DAY, words=words),
    "uphold": services.contest_uphold,
    "end": services.tie_end,
}
tries = st.tuples(
    st.sampled_from(["analyst", "captain", "captain2"]), st.sampled_from([*TRIED, "attest"])
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(tries, min_size=1, max_size=8))
def test_a_tie_is_shown_only_once_it_is_attested_and_told_and_until_it_ends(
    police_agency, group, being, steps
):
    with being("analyst"):
        tie = draft(person(police_agency), group)
    taken = []
    for who, step in steps:
        with being(who):
            mine = Affiliation.objects.filter(pk=tie.pk).first()
            if mine is None:
                break
            try:
                TRIED[step](tie=mine, words="So it is.")
            except (ValidationError, NotPermitted):
                continue
            taken.append((step, who))
    done = [step for step, _who in taken]
    with being("officer"):
        there = Affiliation.objects.filter(pk=tie.pk).exists()
    assert there == ("attest" in done and bool({"notice", "approve"} & set(done))
                     and "end" not in done)  # fmt: skip
    if done and done[0] != "end":
        assert done[0] == "attest"
    assert ("attest", "analyst") not in taken
    asked = [who for step, who in taken if step == "delay"]
    assert len([one for one in taken if one[0] == "approve"]) <= len(asked)
    if done.count("uphold"):
        attested = next(who for step, who in taken if step == "attest")
        assert ("uphold", attested) not in taken
