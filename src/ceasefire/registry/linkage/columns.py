"""The columns of a file of people that linkage compares, whatever their headers say."""

from collections.abc import Iterable, Mapping
from datetime import date

from ceasefire.access.text_lint import column_refused, values_refused
from ceasefire.kit.mapping import Field, assign
from ceasefire.kit.values import Lexicon, Profile

RECORD = "record_id"
# concept: the header words that name it, in English, Spanish and common short forms
CONCEPTS = {
    "record": "record rec row unique registro",
    "id": "id ids identifier uid uuid key folio",
    "given": "given first forename fname firstname christian pila",
    "family": "family last surname lname lastname apellido apellidos paterno",
    "middle": "middle mname mi second segundo materno",
    "alias": "alias aka nickname moniker maiden suffix prefix title apodo",
    "name": "name nm nombre nombres names",
    "full": "full complete completo person",
    "birth": "dob birth birthdate birthday born nacimiento bday",
    "date": "date dt fecha day",
    "house": "house casa civic",
    "street": "street st str calle road",
    "address": "address addr adress addresse direccion domicilio line block",
    "unit": "unit apt apartment suite floor",
    "number": "number no num nbr nr numero",
    "city": "city town suburb locality municipality municipio ciudad village place colonia",
    "postcode": "postcode zip zipcode postal cp",
    "code": "code cd codigo",
    "state": "state province region estado provincia county",
    "social": "social soc ssn socsec curp",
    "security": "security sec seguro",
    "licence": "licence license driver drivers dl dmv sid oln",
    "phone": "phone telephone mobile cell tel telefono cellphone",
    "email": "email mail correo",
    "sex": "sex gender sexo genero",
    "noise": "of the a de del la el at current known home primary main residential value",
}
LEXICON = Lexicon({word: concept for concept, text in CONCEPTS.items() for word in text.split()})


def _any(_: Profile) -> float:
    return 1.0


def _dates(profile: Profile) -> float:
    return profile.dates.share if profile.dates else 0.0


def _field(name: str, *headers: str, fits=_any, forbid: str = "") -> Field:
    return Field(name, headers, fits, forbid=frozenset(forbid.split()))


FIELDS = (
    _field(RECORD, "record id", "record", "id", forbid="social state licence birth"),
    _field("given", "given name", "given", forbid="full middle alias"),
    _field("family", "family name", "family", forbid="full middle alias"),
    _field("name", "full name", "name", forbid="given family middle alias city state street"),
    _field("born", "birth date", "birth", fits=_dates, forbid="city state"),
    _field("house", "street number", "house number", "house", forbid="city"),
    _field("street", "street address", "address", "street name", "street", forbid="number email"),
    _field("line", "unit", "address", forbid="number email"),
    _field("place", "city"),
    _field("postcode", "postcode", "postcode code"),
    _field("state", "state", forbid="id"),
    _field("number", "social security number", "social security", "social", "state id",
           "licence number", "licence id", "licence"),
    _field("phone", "phone number", "phone"),
    _field("email", "email", "email address"),
)  # fmt: skip


class NotLinkable(Exception):
    """A file has nothing by which its records could be told apart or joined."""


def columns_of(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Our field to their column.

    Raises NotLinkable for a file without record ids, or without a name, and for one with a column
    that this product never takes in, by its name or by what it holds.
    """
    for column, profile in profiles.items():
        if why := column_refused(column) or values_refused(profile.tried):
            raise NotLinkable(f"The column {column!r} says {why}. Take it out of the file.")
    found = {name: one.column for name, one in assign(profiles, FIELDS, LEXICON).items()}
    if RECORD not in found:
        raise NotLinkable(
            "No column numbers the records. Give the file a column record_id, each value once."
        )
    if not {"given", "family", "name"} & found.keys():
        raise NotLinkable("No column holds a name. Head it first_name, last_name or name.")
    return found


def profiled(columns: Mapping[str, Iterable[str | None]]) -> dict[str, Profile]:
    """What each column looks like."""
    profiles = {name: Profile(name, date.today()) for name in columns}
    for name, values in columns.items():
        profiles[name].add(list(values))
    return profiles
