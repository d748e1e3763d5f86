"""The words and settings that go with a city: its README and city.json."""

from .boundaries import DISTRICT_NAME, NEIGHBOURHOOD_NAME
from .outside import RESIDENTS
from .plane import EPSG
from .world import World

README = """RIVERMOUTH: AN INVENTED CITY

Nothing here is real: no city, person, group, street or shooting. Rivermouth lies in the open Gulf,
in no state, at a place that EPSG:{epsg} (NAD83 / Louisiana Offshore, US survey feet) covers. Names
were put together from invented syllables. Seed {seed}, scale {scale}, {start} to {end}.

FILES
rivermouth_police_shootings.csv
    One row per VICTIM. CRLF lines, M/D/YYYY, HH:MM on the city's clock ({zone}).
    OBJECTID is renumbered in every publication: it identifies nothing. INCIDENT_NO is stable.
    X_COORD and Y_COORD are whole US survey feet (EPSG:{epsg}). Some places are 0,0 in all four
    fields, some blank, some lack only the degrees, a few lie outside the city (DISTRICT is OUT).
    Some times and ages are blank, sex and race are U where unknown, and some neighbourhoods are
    misspelt. It equals the last of the publications.
rivermouth_shots_fired.csv
    One row per verified INCIDENT in which nobody was hit. UTF-8 with a byte-order mark,
    2026-11-15 21:40. A verified shooting is in exactly one of these two files.
publications/
    The victims file as of the last three Mondays: late rows, changed fields, vanished rows.
eastbank_police_shootings.xlsx
    The neighbouring city. A cover sheet, then sheet "Shootings" with its header on row 6; one row
    per EVENT with the numbers killed and injured; dates are Excel dates, times like "2140 hrs".
county_gunshot_incidents.json
    The county's incidents round the city, one JSON object per line, date only. Some are incidents
    in Rivermouth at which deputies helped; truth.json lists those.
districts.geojson, neighbourhoods.geojson, city_limits.geojson
    WGS 84. Rivers belong to no neighbourhood. One neighbourhood's ring crosses itself.
districts_stateplane.zip
    The districts as a shapefile in EPSG:{epsg}.
city.json
    Settings: time zone, projection, definitions, age bands, review day, boundary layers.
agencies.csv, staff.csv
    Who takes part, with one or more people in each role.
people.csv
    People as each agency has them, under its own ids: duplicates, typing errors, wrong or missing
    birth dates. RPD is Rivermouth's police, EPD Eastbank's, CCP the county's supervision office.
arrests.csv, supervision_roster.csv
    Arrests by Rivermouth's police (YYYYMMDD; people arrested together share INCIDENT_NO), and the
    county's roster of people under supervision.
people_in_shootings.csv
    One row per person's part in a shooting (victim, suspect, witness), as Rivermouth's police have
    them: the same errors and duplicates as in people.csv, and street names.
jail_bookings.csv
    Bookings into the county's jail after those arrests, and releases.
ballistic_leads.csv
    Pairs of shootings whose casings match: leads, and hits that an examiner confirmed.
groups.csv, conflicts.csv
    The detectives' list of groups and of conflicts between them, some missing and some mistaken.
incident_reviews.csv
    Shootings between groups of the last two years, as far as incident reviews could tell.
ties.csv
    Ties of people to groups that detectives propose, each with two sources; some do not suffice.
residents.csv, peer_cities.csv, costs.csv
    Figures from outside: residents by sex, other invented cities' homicide rates, costs to the
    public of a shooting (round figures, invented).
truth.json
    What was planted: strengths (some null), what led to what, true people, totals, differences
    between publications, and the SHA-256 of every file above.
"""

ZONE = "America/Chicago"


def readme(world: World) -> str:
    return README.format(
        epsg=EPSG, seed=world.seed, scale=world.scale, start=world.start, end=world.end, zone=ZONE
    )


def settings(world: World) -> dict:
    """City settings as data, each definition with the day from which it holds."""
    since = world.start.isoformat()
    return {
        "name": "Rivermouth",
        "population": RESIDENTS,
        "time_zone": ZONE,
        "projected_system": f"EPSG:{EPSG}",
        "verified_shooting": {
            "effective": since,
            "counts": "Confirmed discharge of a firearm at or towards a person, or with evidence.",
            "excludes": ["suicide", "accident", "officer-involved", "unfounded"],
        },
        "age_bands": {"effective": since, "first_ages": [0, 18, 25, 35, 45]},
        "review_weekday": "Tuesday",
        "coordination_weekday": "Thursday",
        "boundary_layers": [
            _layer("district", "districts.geojson", DISTRICT_NAME),
            _layer("neighbourhood", "neighbourhoods.geojson", NEIGHBOURHOOD_NAME),
            _layer("city_limits", "city_limits.geojson", "CITY"),
        ],
        "feeds": [
            {"name": "police", "file": "rivermouth_police_shootings.csv", "unit": "victim"},
            {"name": "shots-fired", "file": "rivermouth_shots_fired.csv", "unit": "incident"},
            {"name": "eastbank", "file": "eastbank_police_shootings.xlsx", "unit": "event"},
            {"name": "county", "file": "county_gunshot_incidents.json", "unit": "incident"},
            {"name": "people", "file": "people_in_shootings.csv", "unit": "involvements"},
            {"name": "supervision", "file": "supervision_roster.csv", "unit": "supervision"},
            {"name": "arrests", "file": "arrests.csv", "unit": "arrests"},
            {"name": "jail", "file": "jail_bookings.csv", "unit": "jail"},
            {"name": "ballistics", "file": "ballistic_leads.csv", "unit": "ballistics"},
        ],
    }


def _layer(kind: str, file: str, name_property: str) -> dict[str, str]:
    return {"kind": kind, "file": file, "name_property": name_property}
