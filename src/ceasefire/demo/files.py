"""The invented city's files as its staff read them, and in whose name they enter what they read.

Days are those of the files, moved forward by whole weeks where the machine's clock has left the
city's last week long behind: what is older than its time could not be entered.
"""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import User
from ceasefire.access.partitions import Room
from ceasefire.registry.models import Incident

OLD = timedelta(days=60)


class Files:
    """A written city's folder, and its last day."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.end = date.fromisoformat(json.loads((folder / "truth.json").read_text())["end"])
        behind = date.today() - self.end
        self.moved = timedelta(weeks=behind.days // 7) if behind > OLD else timedelta()

    def rows(self, name: str) -> list[dict]:
        with open(self.folder / name, newline="") as file:
            return list(csv.DictReader(file))

    def day(self, written: str) -> date:
        return min(date.fromisoformat(written) + self.moved, date.today())


def actor(name: str) -> identity.Actor:
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        return actor_of_user(User.objects.get(username=name))


def looked_for() -> str:
    """The purpose that the demo's staff state: one of its shootings."""
    return f"registry.incident:{Incident.objects.filter(withheld_at=None)[0].pk}"
