"""Builds every item of a study from one read of the register."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import monotonic

import ceasefire
from ceasefire.problem_analysis.study.items.item import made
from ceasefire.problem_analysis.study.items.order import ITEMS
from ceasefire.problem_analysis.study.material import Material, gather
from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.problem_analysis.study.results import kept

Advance = Callable[[float, int], None]
CODE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Built:
    """items: as an edition keeps them. hashes: of what was read, and of what it says."""

    material: Material
    items: list[dict]
    data_hash: str
    content_hash: str
    seconds: float

    @property
    def plan(self) -> dict:
        rule = self.material.rule
        return self.material.plan.kept() | {
            "city": self.material.city,
            "definition": str(rule.words),
            "left_out": dict(self.material.left_out),
        }


def build(plan: Plan, advance: Advance = lambda _share, _count: None) -> Built:
    """Raises CityNotSet. advance: told of each item that is done."""
    begun = monotonic()
    material = gather(plan)
    items = []
    for nth, one in enumerate(ITEMS, 1):
        items.append(kept(made(one.ABOUT, one.build, material)))
        advance(nth / len(ITEMS), nth)
    return Built(material, items, material.fingerprint(), content_hash(items), monotonic() - begun)


def content_hash(items: list[dict]) -> str:
    """Of the items as JSON, keys in order: the same words and figures, the same 64 letters."""
    told = json.dumps(items, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


@lru_cache(maxsize=1)
def code_version() -> str:
    """The release, and a fingerprint of the code that counts."""
    made_of = hashlib.sha256()
    for folder in ("statistics", "problem_analysis/study"):
        for path in sorted((CODE / folder).rglob("*.py")):
            made_of.update(path.relative_to(CODE).as_posix().encode() + path.read_bytes())
    return f"{ceasefire.__version__} {made_of.hexdigest()[:12]}"
