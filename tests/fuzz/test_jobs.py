"""Bad arguments to the queue's work: refused, and nothing done."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ceasefire.intake import jobs
from tests.access_matrix.world import changed, fingerprint
from tests.fuzz.bad_input import texts

FULL = settings.get_current_profile_name() == "full"
some = settings(
    deadline=None, max_examples=300 if FULL else 25, derandomize=not FULL, database=None,
    phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck),
)  # fmt: skip
numbers = st.one_of(st.integers(), st.sampled_from([0, -1, 2**63, 10**30]))
bearers = st.one_of(texts, st.builds("{}:{}".format, numbers, texts), st.just("1:" + "é" * 64))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "task", [jobs.look_at_batch, jobs.read_batch, jobs.apply_batch], ids=lambda task: task.name
)
def test_c02_work_in_a_name_that_this_home_has_not_signed_is_refused(task, account):
    before = fingerprint()

    @some
    @given(numbers, bearers)
    def queue(batch_id, as_user):
        with pytest.raises(PermissionError):
            task(batch_id=batch_id, as_user=as_user)

    queue()
    assert changed(before, fingerprint()) == []
