"""A real city's people and crimes, through ordinary feeds: the counts of its source come out."""

import csv
from datetime import UTC, datetime

from django.db.models import Q

from ceasefire.access.purposes.services import purpose_state
from ceasefire.intake import loading, services
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import Involvement, Person

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
SEX = {"1": "M", "0": "F"}


def written(path, header, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def lines(path):
    return [line.split() for line in path.read_text().splitlines() if line and line[0] != "%"]


def test_the_counts_of_moreno_crime_come_out(shared_data, rivermouth, police_agency, tmp_path):
    folder = shared_data / "networks" / "moreno_crime"
    links = lines(folder / "out.moreno_crime_crime")
    roles = (folder / "rel.moreno_crime_crime.person.role").read_text().splitlines()
    sexes = (folder / "ent.moreno_crime_crime.person.sex").read_text().split()
    crimes = written(
        tmp_path / "crimes.csv", ["Incident Number"], sorted({(f"C{link[1]}",) for link in links})
    )
    people = written(
        tmp_path / "people.csv", ["Incident Number", "Role", "Person ID", "Sex"],
        [(f"C{link[1]}", role, f"P{link[0]}", SEX[sexes[int(link[0]) - 1]])
         for link, role in zip(links, roles, strict=True)],
    )  # fmt: skip
    for name, path, kind in (("crimes", crimes, "shootings"), ("people", people, "involvements")):
        feed = services.feed_open(name=name, agency=police_agency, kind=kind)
        batch = loading.load(path, feed=feed, as_of=AS_OF)
    purpose_state(key=f"intake.batch:{batch.pk}")
    assert batch.rejected == 0
    assert Person.objects.count() == 829
    assert Incident.objects.filter(involvements__isnull=False).distinct().count() == 551
    victims, suspects = (
        set(Involvement.objects.filter(Q(role=role)).values_list("person", flat=True))
        for role in ("victim", "suspect")
    )
    assert len(victims & suspects) == 127
    # 41 rows say "Victim Suspect", which are two parts each.
    assert Involvement.objects.count() == 1476 + 41
