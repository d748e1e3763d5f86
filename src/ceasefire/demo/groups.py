"""The demo's groups, ties and conflicts, entered by its analyst and its captain as a city would."""

import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from shapely.geometry import mapping, shape

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.services import stating
from ceasefire.demo.files import Files, actor, looked_for
from ceasefire.registry.affiliations import services as ties
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.conflicts import services as conflicts
from ceasefire.registry.conflicts.models import Conflict
from ceasefire.registry.groups import services as groups
from ceasefire.registry.groups.models import Group
from ceasefire.registry.models import Boundary, Incident
from ceasefire.registry.people.models import PersonRecord
from ceasefire.registry.people.recording import number_key
from ceasefire.registry.sources.models import Source
from ceasefire.registry.sources.services import source_record

# A territory is drawn by hand: no finer than this, in degrees.
COARSE = 0.001
WATCHED_AHEAD = (("funeral", 4), ("release", 11), ("anniversary", 26))


def build(folder: Path) -> None:
    """Enter what is not entered yet. The policy is the city's, invented as the city is."""
    _publish(date.fromisoformat(json.loads((folder / "truth.json").read_text())["start"]))
    analyst, captain = (actor(name) for name in ("analyst", "captain"))
    with identity.acting(analyst):
        reference = looked_for()
        # All of it or nothing; and one commit for seven hundred verbs.
        with stating(reference), transaction.atomic():
            if Group.objects.exists():
                return
            city = _City(folder)
            city.enter_groups()
            city.enter_conflicts()
            city.draft_ties()
    with identity.acting(captain), stating(reference), transaction.atomic():
        _supervise()


def _publish(since: date) -> None:
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        groups.policy_record(
            document="Directive 640.05, groups and affiliations",
            published_at="rivermouth.example/police/directives/640-05", published_on=since,
            approved_by="Chief of police, after a hearing of the city council",
            effective_from=since,
        )  # fmt: skip


class _City(Files):
    """The files, and what was made of them so far."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.groups: dict[str, Group] = {}
        self.names: dict[str, str] = {}
        self.audits: dict[str, Source] = {}
        self.agency_id = identity.current().agency_id

    def source(self, number: str, form: str, on: str, words: str, **more) -> Source:
        return source_record(
            form=form, number=number, on=self.day(on), words=words, lawful=True,
            reliability="unknown" if form in ("tip", "online") else "reliable",
            content="unjudged" if form == "online" else "probable", **more,
        )  # fmt: skip

    def enter_groups(self) -> None:
        areas = dict(
            Boundary.objects.filter(layer__kind="neighbourhood").values_list("name", "geometry")
        )
        for row in self.rows("groups.csv"):
            code = row["group_id"]
            audit = self.source(
                f"GA-{code}", "session", row["last_audit"],
                "What detectives told of the group in the yearly audit.",
            )  # fmt: skip
            group = groups.group_open(name=row["name"], source=audit)
            self.groups[code], self.names[code], self.audits[code] = group, row["name"], audit
            for about, said in _statements(row, areas):
                groups.group_state(group=group, source=audit, about=about, **said)

    def enter_conflicts(self) -> None:
        reviewed = self._reviews()
        for nth, row in enumerate(self.rows("conflicts.csv")):
            pair = (row["group_a"], row["group_b"])
            conflict = self._conflict(row, pair)
            for review in reviewed.get(frozenset(pair), ()):
                self._link(conflict, pair, review)
            if row["state"] == "hot":
                kind, ahead = WATCHED_AHEAD[nth % len(WATCHED_AHEAD)]
                conflicts.event_add(
                    conflict=conflict, on=date.today() + timedelta(days=ahead), kind=kind,
                    side=conflict.sides.get(place=1 + nth % 2), words="Told in the last review.",
                )  # fmt: skip

    def _conflict(self, row: dict, pair: tuple[str, str]) -> Conflict:
        one, other = (self.names[code] for code in pair)
        conflict = conflicts.conflict_open(
            name=f"{one} / {other}", kind=row["kind"], state=row["state"], one_side=one,
            other_side=other, began_on=date.fromisoformat(row["since"]),
            newest_on=self.day(row["last_reviewed"]),
        )  # fmt: skip
        for place, code in enumerate(pair, start=1):
            conflicts.party_add(
                side=conflict.sides.get(place=place), group=self.groups[code],
                source=self.audits[code],
            )  # fmt: skip
        groups.group_state(
            group=self.groups[pair[0]], source=self.audits[pair[0]], about="rivalry",
            other=self.groups[pair[1]],
        )  # fmt: skip
        return conflict

    def _reviews(self) -> dict[frozenset, list[dict]]:
        found: dict[frozenset, list[dict]] = {}
        for row in self.rows("incident_reviews.csv"):
            pair = frozenset((row["VICTIM_GROUP"], row["SUSPECT_GROUP"]))
            found.setdefault(pair, []).append(row)
        return found

    def _link(self, conflict: Conflict, pair: tuple[str, str], review: dict) -> None:
        shooting = Incident.objects.filter(incident_number=review["INCIDENT_NO"]).first()
        if shooting:
            conflicts.shooting_link(
                conflict=conflict, incident=shooting,
                by_side=conflict.sides.get(place=1 + pair.index(review["SUSPECT_GROUP"])),
                reason=f"Incident review {review['REVIEW_NO']}.",
            )  # fmt: skip

    def draft_ties(self) -> None:
        """What does not suffice is refused, as it must be; so is whoever is not in the register."""
        for row in self.rows("ties.csv"):
            record = PersonRecord.objects.filter(
                agency=self.agency_id, number_key=number_key(self.agency_id, row["RM_PERSON_ID"])
            ).first()
            if record is None:
                continue
            cited = [
                (self.source(row[f"SOURCE_{n}"], row[f"FORM_{n}"], row[f"DATE_{n}"],
                             f"Tells of the group {self.names[row['GROUP_ID']]}."),
                 row[f"SHOWS_{n}"])
                for n in (1, 2)
            ]  # fmt: skip
            with suppress(ValidationError):
                ties.tie_draft(
                    person=record.person, group=self.groups[row["GROUP_ID"]], role=row["AS"],
                    confidence=row["CONFIDENCE"], citations=cited,
                    suspicion="Shots between groups, as the incident reviews tell.",
                )  # fmt: skip


def _statements(row: dict, areas: dict[str, dict]):
    yield "alias", {"name": row["also_known_as"]}
    yield "kind", {"kind": row["kind"]}
    yield "size", {"low": int(row["size_low"]), "high": int(row["size_high"])}
    yield "activity", {"activity": "active" if row["active"] == "Y" else "dormant"}
    area = areas.get(row["turf_neighborhood"])
    if area:
        drawn = shape(area)
        largest = max(getattr(drawn, "geoms", [drawn]), key=lambda one: one.area)
        yield "territory", {"area": mapping(largest.simplify(COARSE))}


def _supervise() -> None:
    """Of seven ties five are told, one waits for its notice, one for its attestation."""
    for nth, tie in enumerate(Affiliation.objects.order_by("pk")):
        if nth % 7 == 6:
            continue
        ties.tie_attest(tie=tie, words="Both sources were read; they are two, and say so.")
        if nth % 7 != 5:
            ties.notice_give(tie=tie, on=date.today(), way="letter", to_guardian=tie.juvenile)
