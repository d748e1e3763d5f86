"""A file of people is understood however its headers are spelt."""

import pytest

from ceasefire.registry.linkage.columns import NotLinkable, columns_of, profiled

PEOPLE = {
    "id": ["1", "2", "3"],
    "given": ["Ana", "Luis", "Mo"],
    "family": ["Diaz", "Ortega", "Ali"],
    "born": ["1990-03-14", "1988-11-02", "2001-01-30"],
    "street": ["12 Oak St", "9 Elm Ave", "401 Pine Ct"],
    "place": ["Rivermouth", "Rivermouth", "Eastfield"],
    "postcode": ["97201", "97202", "97203"],
}
SPELLINGS = {
    "plain": ("record_id", "first_name", "last_name", "dob", "address", "city", "zip"),
    "formal": ("Record ID", "Given Name", "Surname", "Date of Birth", "Street Address", "Suburb",
               "Postal Code"),
    "joined": ("RECID", "FIRSTNAME", "LASTNAME", "BIRTHDATE", "STREETADDR", "TOWN", "ZIPCODE"),
    "spanish": ("id_registro", "Nombre de pila", "Apellido", "Fecha de nacimiento", "Domicilio",
                "Municipio", "Codigo postal"),
    "short": ("unique_id", "fname", "lname", "birth_dt", "addr", "locality", "postcode"),
}  # fmt: skip


def found(columns):
    return columns_of(profiled(columns))


def test_c38_a_column_of_birthplaces_refuses_the_file_whatever_its_name():
    with pytest.raises(NotLinkable, match="'extra' says values that tell of immigration"):
        found(PEOPLE | {"extra": ["Mexico", "Cuba", "Oregon"]})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_persons_columns_are_found_by_any_usual_header(spelling):
    headers = SPELLINGS[spelling]
    columns = dict(zip(headers, PEOPLE.values(), strict=True))
    expected = ("record_id", *(name for name in PEOPLE if name != "id"))
    assert found(columns) == dict(zip(expected, headers, strict=True))


def test_both_lines_of_an_address_the_number_of_the_house_and_an_identity_number_are_found():
    headers = {
        "rec_id": "record_id", "given_name": "given", "surname": "family",
        "street_number": "house", "address_1": "street", "address_2": "line", "suburb": "place",
        "postcode": "postcode", "state": "state", "soc_sec_id": "number",
    }  # fmt: skip
    columns = {header: ["x1", "y2"] for header in headers}
    assert found(columns) == {ours: header for header, ours in headers.items()}


def test_one_column_may_hold_the_whole_name():
    columns = {"record_id": ["1"], "Full name": ["Diaz, Ana"], "DOB": ["3/14/1990"]}
    assert found(columns) == {"record_id": "record_id", "name": "Full name", "born": "DOB"}


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"first_name": ["Ana"], "dob": ["1990-01-01"]}, "record_id"),
        ({"record_id": ["1"], "dob": ["1990-01-01"]}, "No column holds a name"),
    ],
)
def test_a_file_without_ids_or_names_is_refused_with_the_remedy(columns, told):
    with pytest.raises(NotLinkable, match=told):
        found(columns)


@pytest.mark.parametrize(
    "header", ["country_of_birth", "Citizenship", "religion", "Political party"]
)
def test_c38_a_column_that_is_never_taken_in_refuses_the_file_and_is_named(header):
    columns = {"record_id": ["1"], "name": ["Ana Diaz"], header: ["x"]}
    with pytest.raises(NotLinkable, match=header):
        found(columns)
