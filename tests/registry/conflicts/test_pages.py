"""The pages of conflicts and disputes."""

from datetime import timedelta

from ceasefire.registry.conflicts import selectors
from ceasefire.registry.conflicts.models import Conflict, Dispute
from tests.registry.affiliations.conftest import TODAY, source
from tests.registry.conflicts.conftest import DISPUTE
from tests.registry.groups.pages import sent, shown

DAY = timedelta(days=1)


def test_a_conflict_is_entered_and_shown_as_a_timeline_with_both_sides(at, being, shoot):
    shoot(TODAY - 20 * DAY, incident_number="T-1")
    shoot(TODAY - 12 * DAY, incident_number="T-2")
    client = at("analyst")
    made = sent(
        client, "conflicts:new", name="Dock and Mill", kind="feud", state="active",
        one_side="Dock Street", other_side="Mill Hollow", began_on=TODAY - 20 * DAY,
        newest_on=TODAY,
    )  # fmt: skip
    assert made.status_code == 302, made.content.decode()
    with being("analyst"):
        conflict = Conflict.objects.get()
        one, other = selectors.sides(conflict)
    for number, side, more in (("T-1", one, {"began_it": "on"}), ("T-2", other, {})):
        sent(client, "conflicts:shooting", conflict.pk, incident=number, side=side.pk,
             reason="The same corners.", **more)  # fmt: skip
    sent(client, "conflicts:event", conflict.pk, on=TODAY + 5 * DAY, kind="release",
         side=one.pk, words="From the county jail.")  # fmt: skip
    sent(client, "conflicts:state", conflict.pk, state="cooling", on=TODAY, words="Quiet.")
    page = shown(at("officer"), "conflicts:conflict", conflict.pk)
    for words in (
        "2 shootings since", "8 days after the other side", "began it", "Days to watch",
        "in 5 days", "Cooling", "groups and people are off",
    ):  # fmt: skip
        assert words.lower() in page.lower(), words
    assert page.index("Days to watch") < page.index("What happened")
    assert page.index("Shooting T-2") < page.index("Shooting T-1")
    assert "Take it away" not in page
    listed = shown(client, "conflicts:conflicts")
    assert "Dock and Mill" in listed


def test_a_shooting_that_is_not_there_is_said_at_the_field(conflict, at):
    answer = sent(at("analyst"), "conflicts:shooting", conflict.pk, incident="nope", reason="x")
    assert "There is no such shooting" in answer.content.decode()


def test_a_group_is_named_on_a_side_while_the_policy_stands(conflict, group, at, being):
    with being("analyst"):
        side = selectors.sides(conflict)[0]
        cited = source()
    client = at("analyst")
    sent(client, "conflicts:group", conflict.pk, side=side.pk, group=group.pk, source=cited.number)
    assert f"/groups/{group.pk}/" in shown(client, "conflicts:conflict", conflict.pk)
    assert "Dock and Mill" in shown(client, "groups:group", group.pk)


def test_a_dispute_is_written_down_and_a_supervisor_answers_it(conflict, at, being):
    officer, captain = at("officer"), at("captain")
    made = sent(officer, "conflicts:dispute_new", **DISPUTE)
    assert made.status_code == 302, made.content.decode()
    with being("officer"):
        written = Dispute.objects.get()
    assert "Review it" not in shown(officer, "conflicts:dispute", written.pk)
    assert "Review it" in shown(captain, "conflicts:dispute", written.pk)
    sent(captain, "conflicts:dispute_review", written.pk, outcome="conflict",
         conflict=conflict.pk, review_words="The same two corners.")  # fmt: skip
    page = shown(officer, "conflicts:dispute", written.pk)
    assert "The same two corners." in page
    assert "The car wash corner" in shown(officer, "conflicts:conflict", conflict.pk)


def test_a_dispute_that_is_not_told_keeps_what_was_typed(at, being):
    answer = sent(at("officer"), "conflicts:dispute_new", **DISPUTE | {"risks": []})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "A threat was filmed." in page
    with being("officer"):
        assert not Dispute.objects.exists()
