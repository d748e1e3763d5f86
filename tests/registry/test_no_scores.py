"""Nobody is scored, ranked, put in a tier or predicted."""

import pytest
from django.core.checks import run_checks
from django.db import models

from ceasefire.access.policies import declared
from ceasefire.access.retention.walls import CLOSED
from ceasefire.registry.checks import nobody_is_scored, scoring_fields


def table(*names):
    fields = {name: models.IntegerField(null=True) for name in names}
    meta = type("Meta", (), {"app_label": "registry", "managed": False})
    return type("Scored", (models.Model,), fields | {"Meta": meta, "__module__": __name__})


@pytest.mark.parametrize(
    "name", ["risk_score", "score", "tier", "rank", "danger_rating", "prediction", "risk_level"]
)
def test_c34_a_column_that_scores_people_fails_the_check(name, monkeypatch):
    monkeypatch.setattr("django.apps.registry.apps.register_model", lambda *_args: None)
    assert scoring_fields([table(name)]) == [f"registry.Scored.{name}"]


@pytest.mark.parametrize("name", ["frank", "match_weight", "risks", "scoresheet", "low"])
def test_words_that_only_look_so_do_not(name, monkeypatch):
    monkeypatch.setattr("django.apps.registry.apps.register_model", lambda *_args: None)
    assert scoring_fields([table(name)]) == []


def test_c34_no_table_of_a_closed_room_scores_ranks_or_predicts_anybody():
    assert nobody_is_scored() == []
    assert not [one for one in run_checks() if one.id == "ceasefire.E002"]


def test_c34_no_table_of_people_is_ordered_by_anything_but_time_names_and_numbers():
    allowed = {"id", "on", "at", "name", "place", "number"}
    for model, policy in declared().items():
        if policy.room in CLOSED and model.__module__.startswith("ceasefire.registry"):
            for order in model._meta.ordering:
                last = order.lstrip("-").rpartition("_")[2]
                assert last in allowed, f"{model.__name__} by {order}"
