"""`generate`: a city's source files and its truth, from a seed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from . import about, boundaries, crew, involved, justice, neighbours, outside, reviews, truth
from .bits import Stream
from .folder import Folder
from .police import SHOTS_FIELDS, Desk, Published, shots_fired
from .publications import Press
from .truth import Truth
from .workbook import workbook
from .world import STEPS, World, build

LAST_DAY = date(2026, 11, 15)
_VICTIMS_FILE = "rivermouth_police_shootings"
# Casings are compared with those of the last years.
FOLLOWED = timedelta(days=3 * 365)
Progress = Callable[[int, int, str], None]


def generate(
    out: Path,
    *,
    seed: int = 2026,
    scale: int = 1,
    years: int = 8,
    end: date | None = None,
    progress: Progress | None = None,
) -> Truth:
    """Write an invented city's files and planted truth into the folder `out`.

    It covers whole calendar years but for the last, which stops at `end` (by default Sunday
    2026-11-15); `scale` multiplies the shootings, hot places, groups and people. The same
    arguments give the same bytes on every platform and numpy version. `progress(done, total,
    what)` is called as each step begins and once at the end.

    Raises FileExistsError if `out` holds anything but an earlier city, ValueError for a scale or
    number of years below 1 or an `end` that is no Sunday. Nothing is left behind if it fails.
    """
    end = end or LAST_DAY
    _check(scale, years, end)
    writers = (_police, _neighbours, _boundaries, _agencies, _justice, _settings)
    announce = _counter(progress, len(STEPS) + len(writers))
    folder = Folder(Path(out))
    try:
        world = build(seed, scale, date(end.year - years + 1, 1, 1), end, announce)
        facts = truth.planted(world) | {"totals": truth.totals(world.verified)}
        for write in writers:
            announce(f"writing {write.__name__.strip('_')}")
            facts |= write(world, folder)
        facts |= {"incidents": truth.incident_table(world), "files": dict(folder.hashes)}
        folder.write_json("truth.json", facts)
        folder.publish()
    except BaseException:
        folder.discard()
        raise
    announce("done")
    return Truth(Path(out), facts)


def _check(scale: int, years: int, end: date) -> None:
    if scale < 1 or years < 1:
        raise ValueError(f"scale and years must be 1 or more; got scale={scale}, years={years}")
    if end.weekday() != 6:
        sunday = end - timedelta(days=end.weekday() + 1)
        raise ValueError(f"end must be a Sunday, when a week ends; {end} is not: try {sunday}")


def _counter(progress: Progress | None, total: int) -> Callable[[str], None]:
    done = iter(range(total + 1))

    def announce(what: str) -> None:
        if progress:
            progress(next(done), total, what)

    return announce


def _police(world: World, folder: Folder) -> dict:
    desk = Desk(world.seed, world.land, world.grid, world.effects)
    published = desk.victims(world.shootings)
    facts = {"missing": truth.missing_facts(world, published)}
    facts["people"] = truth.people_facts(world, published)
    facts["publications"] = _publications(world, folder, published)
    shots = shots_fired(world.seed, world.verified, world.land, world.grid)
    folder.write_csv("rivermouth_shots_fired.csv", SHOTS_FIELDS, shots, end="\n", mark="\ufeff")
    return facts


def _publications(world: World, folder: Folder, published: list[Published]) -> dict:
    editions, deltas = Press(world.seed, published, world.end, world.scale).run()
    names = [f"publications/{_VICTIMS_FILE}_{edition.as_of}.csv" for edition in editions]
    files = dict(zip(names, editions, strict=True)) | {f"{_VICTIMS_FILE}.csv": editions[-1]}
    for name, edition in files.items():
        rows = [list(row.values()) for row in edition.rows]
        folder.write_csv(name, list(edition.rows[0]), rows, end="\r\n")
    return truth.publication_facts(editions, deltas, names)


def _neighbours(world: World, folder: Folder) -> dict:
    events = neighbours.eastbank_rows(world.seed, world.land, world.grid, world.span, world.scale)
    folder.write("eastbank_police_shootings.xlsx", _eastbank_workbook(world, events))
    lines, shared = neighbours.county_lines(
        world.seed, world.land, world.grid, world.verified, world.span, world.scale
    )
    folder.write_lines("county_gunshot_incidents.json", lines)
    return {
        "eastbank": {
            "events": len(events),
            "killed": sum(row[4] for row in events),
            "injured": sum(row[5] for row in events),
        },
        "county": {"incidents": len(lines), "also_rivermouth": truth.shared_facts(shared)},
    }


def _eastbank_workbook(world: World, events: list[tuple]) -> bytes:
    cover = [
        ("Eastbank Police Department",),
        ("Shooting events with a person struck",),
        (f"{world.start} to {world.end}. Counts may change as cases are reviewed.",),
    ]
    above = [("Eastbank Police Department - Shooting events",), ("One row per event",), (), ()]
    above.append(("Prepared by the Records Unit",))
    return workbook({"About": cover, "Shootings": [*above, neighbours.EASTBANK_FIELDS, *events]})


def _boundaries(world: World, folder: Folder) -> dict:
    land = world.land
    spoilt = Stream(world.seed, "invalid ring").below(len(land.neighbourhoods))
    folder.write_json("city_limits.geojson", boundaries.limits_geojson(land.limits))
    folder.write_json("districts.geojson", boundaries.districts_geojson(land.districts))
    hoods = boundaries.neighbourhoods_geojson(land.neighbourhoods, spoilt)
    folder.write_json("neighbourhoods.geojson", hoods)
    shapes = boundaries.shapefile_zip(land.districts, "districts_stateplane")
    folder.write("districts_stateplane.zip", shapes)
    return {"boundaries": {"invalid_neighbourhood": land.neighbourhoods[spoilt].name}}


def _agencies(world: World, folder: Folder) -> dict:
    folder.write_csv("agencies.csv", crew.AGENCY_FIELDS, crew.AGENCIES, end="\n")
    folder.write_csv("staff.csv", crew.STAFF_FIELDS, crew.hire(world.seed), end="\n")
    return {}


def _justice(world: World, folder: Folder) -> dict:
    seed, files, end = world.seed, world.files, world.end
    arrests = justice.Arrests(seed, files, world.start, end).run(world.population, world.verified)
    officers = crew.officers(crew.hire(seed))
    roster = justice.roster_rows(seed, files, officers, end)
    groups = justice.group_rows(seed, world.groups, world.population, end)
    conflicts, missed, mistaken = justice.conflict_rows(seed, world.conflicts, world.groups, end)
    people = justice.people_rows(files)
    folder.write_csv("people.csv", justice.PEOPLE_FIELDS, people, end="\n")
    folder.write_csv("arrests.csv", justice.ARREST_FIELDS, arrests, end="\r\n")
    folder.write_csv("supervision_roster.csv", justice.ROSTER_FIELDS, roster, end="\r\n")
    folder.write_csv("groups.csv", justice.GROUP_FIELDS, groups, end="\n")
    folder.write_csv("conflicts.csv", justice.CONFLICT_FIELDS, conflicts, end="\n")
    listed = {"conflict_list": truth.conflict_list_facts(missed, mistaken)}
    return listed | _involved(world, folder, arrests)


def _involved(world: World, folder: Folder, arrests: list[tuple]) -> dict:
    seed, files = world.seed, world.files
    recent = [s for s in world.verified if s.day + FOLLOWED >= world.end]
    desk = involved.Involved(seed, files)
    suspects = involved.suspects_of(arrests, files)
    rows = desk.run(world.verified, suspects, world.population.members)
    leads, truly = involved.lead_rows(seed, recent)
    jailed = involved.jail_rows(seed, arrests, world.end)
    folder.write_csv("people_in_shootings.csv", involved.INVOLVED_FIELDS, rows, end="\r\n")
    folder.write_csv("jail_bookings.csv", involved.JAIL_FIELDS, jailed, end="\n")
    folder.write_csv("ballistic_leads.csv", involved.LEAD_FIELDS, leads, end="\n")
    columns = ["number", "person", "role", "record"]
    return _reviewed(world, folder, desk.truth) | {
        "involved": {"columns": columns, "rows": desk.truth},
        "ballistic_leads": {"columns": ["first", "second", "status"], "rows": truly},
    }


def _reviewed(world: World, folder: Folder, on_file: list[list]) -> dict:
    people = {one.code: one for one in world.population.everyone}
    told = reviews.review_rows(world.seed, world.verified, world.end)
    second, differing = reviews.second_rows(world.seed, world.verified, told, world.end)
    ties, truly = reviews.tie_rows(world.seed, on_file, people, world.end)
    folder.write_csv("incident_reviews.csv", reviews.REVIEW_FIELDS, told, end="\n")
    folder.write_csv("second_codes.csv", reviews.SECOND_FIELDS, second, end="\n")
    folder.write_csv("ties.csv", reviews.TIE_FIELDS, ties, end="\n")
    return {
        "second_codes": {"differs_share": reviews.DIFFERS_SHARE, "differing": differing},
        "ties": {"columns": ["record", "person", "group", "suffices"], "rows": truly},
    }


def _settings(world: World, folder: Folder) -> dict:
    peers = outside.peer_rows(world.seed, world.start, world.end)
    folder.write_csv("residents.csv", outside.RESIDENT_FIELDS, outside.resident_rows(), end="\n")
    folder.write_csv("peer_cities.csv", outside.PEER_FIELDS, peers, end="\n")
    folder.write_csv("costs.csv", outside.COST_FIELDS, outside.COSTS, end="\n")
    folder.write("README.txt", about.readme(world).encode())
    folder.write_json("city.json", about.settings(world))
    return {}
