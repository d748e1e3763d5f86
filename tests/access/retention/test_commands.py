"""`./ceasefire retention`: who may run what, and what it answers."""

from argparse import Namespace

import pytest

from ceasefire.access import identity
from ceasefire.access.retention import holds, jobs, orders
from ceasefire.access.retention.commands import Retention
from ceasefire.config.running import Refused
from tests.access.retention.conftest import TODAY, as_
from tests.kept_house import Known


def run(actor, verb, json=True):
    with as_(actor):
        return Retention().run(Namespace(verb=verb, json=json))


def test_due_purge_and_report_say_how_much_and_name_nobody(people, suspect, capsys):
    suspect(months=61)
    with as_(people["analyst"]):
        holds.hold_request(cause="case", matter="State v. Somebody", records=(suspect(),))
        orders.order_receive(kind="expunge", court="x", reference="26CR1", received_on=TODAY)
    assert sum(row["due"] for row in run(people["auditor"], "due")["rows"]) == 1
    done = run(people["administrator"], "purge")
    assert [each["what"] for each in done["counts"]] == ["house.known"]
    told = run(people["auditor"], "report")
    assert [len(told[part]) for part in ("holds", "orders", "certificates")] == [1, 1, 1]
    assert told["broken_certificates"] == []
    for verb in ("due", "report"):
        run(people["auditor"], verb, json=False)
    run(people["administrator"], "purge", json=False)
    said = capsys.readouterr().out
    assert "Hold" in said
    assert "day 0" in said
    assert "26CR1" not in said
    assert "Somebody" not in said


@pytest.mark.parametrize(
    ("name", "verb"),
    [("captain", "due"), ("analyst", "purge"), ("auditor", "purge"), ("manager", "replay")],
)
def test_nobody_else_runs_it(people, name, verb):
    with pytest.raises(Refused, match="may not do this"):
        run(people[name], verb)


def test_the_night_does_it_all_in_the_operators_name(people, suspect):
    suspect(months=61)
    jobs.nightly.func(0)
    with as_(people["analyst"]):
        assert not Known.objects.exists()
    assert identity.shown() == identity.NOBODY
