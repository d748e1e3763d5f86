"""Agencies round the table and one or more invented people in each role."""

from .bits import Stream
from .words import given_name, surname

AGENCY_FIELDS = ("agency_id", "name", "kind", "room")
STAFF_FIELDS = (
    "staff_id",
    "agency_id",
    "role",
    "title",
    "first_name",
    "last_name",
    "email",
    "phone",
)

AGENCIES = (
    ("RPD", "Rivermouth Police Department", "police", "investigative"),
    ("EPD", "Eastbank Police Department", "neighbour_police", "investigative"),
    ("FBI", "FBI Rivermouth Field Office", "federal", "investigative"),
    ("CDA", "Tidewater County Prosecutor", "prosecutor", "investigative"),
    ("CCP", "Tidewater County Community Justice", "probation", "investigative"),
    ("CFO", "Rivermouth Ceasefire Office", "ceasefire", "shared"),
    ("OVP", "Office of Violence Prevention", "ovp", "shared"),
    ("LAN", "Lantern Street Outreach", "community", "services"),
    ("NEW", "New Tide Alliance", "community", "services"),
    ("HAR", "Harbor Case Partners", "community", "services"),
    ("HOS", "Rivermouth General Hospital", "hospital", "services"),
    ("AUD", "City Oversight Auditor", "oversight", "aggregate"),
    ("VEN", "Keelstone Systems", "vendor", "aggregate"),
)
# Agency, role (the product's own code where it has one), title, how many.
_ROLES = (
    ("RPD", "analyst", "Crime Analyst", 2),
    ("RPD", "officer", "Detective", 4),
    ("RPD", "officer", "Detective Sergeant", 2),
    ("RPD", "captain", "Captain, Focused Enforcement", 1),
    ("RPD", "officer", "Duty Officer", 1),
    ("RPD", "records", "Records Manager", 1),
    ("EPD", "officer", "Detective", 1),
    ("FBI", "officer", "Special Agent", 1),
    ("CDA", "prosecutor", "Deputy Prosecutor", 2),
    ("CCP", "probation", "Probation Officer", 4),
    ("CCP", "probation", "Supervision Manager", 1),
    ("CFO", "director", "Ceasefire Programme Director", 1),
    ("CFO", "coordinator", "Programme Coordinator", 1),
    ("CFO", "liaison", "Ceasefire Liaison", 1),
    ("OVP", "ovp_coordinator", "Violence Prevention Coordinator", 1),
    ("OVP", "ovp_analyst", "Violence Prevention Analyst", 1),
    ("LAN", "outreach_supervisor", "Outreach Supervisor", 1),
    ("LAN", "outreach", "Street Level Outreach Worker", 4),
    ("NEW", "outreach_supervisor", "Outreach Supervisor", 1),
    ("NEW", "outreach", "Street Level Outreach Worker", 3),
    ("HAR", "case_supervisor", "Case Management Supervisor", 1),
    ("HAR", "case_manager", "Intensive Case Manager", 3),
    ("HOS", "hospital", "Hospital Violence Advocate", 1),
    ("AUD", "auditor", "Oversight Auditor", 1),
    ("VEN", "administrator", "System Administrator", 1),
    ("CFO", "community_voice", "Community Moral Voice", 1),
    ("OVP", "researcher", "Research Partner", 1),
    ("RPD", "privacy_officer", "Privacy Officer", 1),
    ("LAN", "privacy_officer", "Privacy Officer", 1),
)


def hire(seed: int) -> list[tuple]:
    """Rows of `STAFF_FIELDS`; telephone numbers lie in the range kept for fiction."""
    stream, rows = Stream(seed, "staff"), []
    for agency, role, title, count in _ROLES:
        for _ in range(count):
            rows.append(_one(stream, len(rows), agency, role, title))
    return rows


def _one(stream: Stream, i: int, agency: str, role: str, title: str) -> tuple:
    given, family = given_name(stream, stream.pick("MF")), surname(stream)
    email = f"{given}.{family}@{agency}.rivermouth.example".lower()
    return (f"S{i + 1:03}", agency, role, title, given, family, email, f"555-01{i % 100:02}")


def officers(staff: list[tuple]) -> list[str]:
    return [row[0] for row in staff if row[3] == "Probation Officer"]
