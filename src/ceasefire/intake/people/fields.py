"""What a row of each kind of file about people may say.

WHO: the fields that say who somebody is, the same in every kind. FACTS: what the row tells of
that person. NEEDED: what must be in the file for its rows to say anything.
"""

from ceasefire.intake.models import Feed
from ceasefire.intake.people import nibrs
from ceasefire.kit.mapping import Field
from ceasefire.kit.values import Profile

Kind = Feed.Kind
PEOPLE = (
    Kind.INVOLVEMENTS, Kind.ARRESTS, Kind.COURT, Kind.SUPERVISION, Kind.JAIL, Kind.PRIOR_LIST
)  # fmt: skip


def _any(_: Profile) -> float:
    return 1.0


def _dates(profile: Profile) -> float:
    return profile.dates.share if profile.dates else 0.0


def _ages(profile: Profile) -> float:
    return profile.age


def _field(name: str, *headers: str, fits=_any, forbid: str = "") -> Field:
    return Field(name, headers, fits, forbid=frozenset(forbid.split()))


_EVENT = "incident report arrest booking court cause lead contact"
WHO = (
    _field("number", "person id", "person number", "agency person id", "agency id", "person",
           "id", forbid=f"{_EVENT} social licence state victim record sequence plate "
           "vehicle"),
    _field("given", "given name", "given", forbid="full middle alias officer"),
    _field("family", "family name", "family", forbid="full middle alias officer"),
    _field("name", "full name", "person name", "name",
           forbid="given family middle alias city state street officer court"),
    _field("middle", "middle name", "middle", forbid="family alias"),
    _field("alias", "alias", "alias name"),
    _field("born", "birth date", "birth", fits=_dates, forbid="city state place"),
    _field("sex", "sex"),
    _field("race", "race"),
    _field("address", "street address", "address", "street", forbid="email"),
    _field("phone", "phone number", "phone"),
    _field("state_number", "state id", "state number", "licence", "licence number",
           forbid="plate vehicle"),
    _field("plate", "licence plate", "licence plate number", "vehicle plate", "plate number",
           "plate", "vehicle lic", "vehicle licence", forbid="state officer"),
    _field("plate_state", "licence plate state", "plate state", "vehicle lic state",
           "vehicle licence state", "vehicle state"),
    _field("died_on", "died date", "died", fits=_dates),
)  # fmt: skip

_INCIDENT = ("incident number", "incident id", "incident", "report number", "report id", "number")
_WHEN = ("arrest date", "contact date", "incident date", "date")

# Codes of NIBRS, known by their values: they come before the fields that take any text.
NIBRS = (
    _field("offence_code", "charge code", "charge", "class", fits=nibrs.fits(nibrs.OFFENCES)),
    _field("weapon_code", "weapon code", "weapon", "weapon status",
           fits=nibrs.fits(nibrs.WEAPONS, nibrs.weapons)),
    _field("injury_code", "outcome code", "outcome", "outcome status",
           fits=nibrs.fits(nibrs.INJURIES)),
    _field("victim_type", "victim status", "victim class", "victim status code",
           fits=nibrs.fits(nibrs.PEOPLE | nibrs.NO_PEOPLE)),
    _field("relation", "role", "victim role", "role code", fits=nibrs.fits(nibrs.RELATIONS)),
    _field("ethnicity", "ethnicity"),
)  # fmt: skip

FACTS: dict[str, tuple[Field, ...]] = {
    Kind.INVOLVEMENTS: (
        *NIBRS,
        _field("incident_number", *_INCIDENT, forbid="person other date role"),
        _field("role", "person role", "incident role", "role", "person status", "status"),
        _field("outcome", "victim outcome", "outcome"),
        _field("age", "victim age", "age", fits=_ages),
    ),
    Kind.ARRESTS: (
        _field("report_number", "arrest number", "contact number", "report number", "arrest id",
               "contact id", "arrest", forbid="date person"),
        _field("on", *_WHEN, fits=_dates, forbid="birth report"),
        _field("charge", "charge", "charge name", "arrest charge", forbid="class date"),
        _field("charge_class", "charge class", "class"),
        _field("incident_number", *_INCIDENT[:3], forbid="person arrest date"),
        _field("place", "arrest block", "block", "arrest address", "contact block"),
        _field("contact_kind", "contact status", "arrest status", "status"),
    ),
    Kind.COURT: (
        _field("on", "disposition date", "court date", "date", fits=_dates, forbid="birth"),
        _field("cause", "cause number", "cause id", "court number", "cause", "incident number"),
        _field("charge", "charge", "charge name"),
        _field("disposition", "disposition", "disposition status"),
        _field("court", "court", "court name"),
    ),
    Kind.SUPERVISION: (
        _field("status", "status", "person status"),
        _field("officer", "officer", "officer name"),
        _field("office", "office", "office name"),
        _field("starts", "start date", "start", fits=_dates),
        _field("ends", "end date", "end", fits=_dates),
    ),
    Kind.JAIL: (
        _field("report_number", "booking number", "booking id", "booking", forbid="date person"),
        _field("booked_on", "booking date", "booking", "start date", "start", fits=_dates),
        _field("released_on", "release date", "release", "end date", fits=_dates),
        _field("charge", "charge", "charge name"),
        _field("place", "office", "block", "court"),
    ),
    Kind.BALLISTICS: (
        _field("incident_number", "incident number", "incident id", "incident",
               forbid="other date"),
        _field("other_incident_number", "other incident number", "other incident id",
               "other incident"),
        _field("report_number", "lead number", "lead id", forbid="incident date"),
        _field("strength", "lead status", "status", "lead", "disposition"),
        _field("on", "lead date", "date", fits=_dates),
    ),
    # Who was named, and nothing that the earlier programme thought of them.
    Kind.PRIOR_LIST: (),
}  # fmt: skip
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.INVOLVEMENTS: ("incident_number", "role"),
    Kind.ARRESTS: ("on",),
    Kind.COURT: ("on", "disposition"),
    Kind.SUPERVISION: ("status",),
    Kind.JAIL: ("booked_on",),
    Kind.BALLISTICS: ("incident_number", "other_incident_number"),
    Kind.PRIOR_LIST: (),
}
# One of these says who the person is.
SOMEBODY = ("number", "family", "given", "name", "alias")
DATES = ("born", "died_on", "on", "booked_on", "released_on", "starts", "ends")
# An unnumbered row is known again by these.
NUMBERS = ("report_number", "cause")


def fields_of(kind: str) -> tuple[Field, ...]:
    """The catalogue of one kind of file, in the order in which pages show it."""
    return FACTS[kind] + (WHO if kind in PEOPLE else ())
