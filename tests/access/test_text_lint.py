"""Texts and columns about politics, religion, immigration or associations are noticed."""

import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire.access import text_lint
from ceasefire.access.text_lint import NOTE, column_refused, findings, values_refused
from ceasefire.kit.values import Profile


def kinds(text):
    return {finding.kind for finding in findings(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Subject attended protest on 5th",
        "Known activist, registered Democrat.",
        "ATTENDED A RALLY DOWNTOWN WITH HIS BROTHER",
        "He voted for the mayor",
        "Subject said 'I am Republican'",
        "She marched with her cousins against the police budget",
        "Participó en una marcha contra el alcalde",
        "Es simpatizante del partido",
        "A BLM sticker on the car",
    ],
)
def test_c30_a_text_about_politics_is_held(text):
    assert kinds(text) == {"politics"}


@pytest.mark.parametrize(
    "text",
    [
        "Victim is Muslim",
        "He attends St. Mary's church every week",
        "Her imam called the family",
        "converted to Islam in prison",
        "Asiste a la iglesia los domingos",
        "La familia es católica",
        "SUSPECT IS A JEHOVAH'S WITNESS",
    ],
)
def test_c30_a_text_about_religion_is_held(text):
    assert "religion" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Union member, works at the port",
        "Joined the dockers union last year",
        "Is a member of the historical society",
        "Es miembro de la asociación de vecinos",
        "Trabaja para el sindicato",
    ],
)
def test_c30_a_text_about_an_association_is_held(text):
    assert kinds(text) == {"association"}


@pytest.mark.parametrize(
    "text",
    [
        "ICE was called",
        "Is he a U.S. citizen? Unknown.",
        "VICTIM IS UNDOCUMENTED",
        "CALLED ICE ABOUT THE DRIVER",
        "born in Honduras, moved here in 2015",
        "Deported in 2019",
        "was born and raised in Portland",
        "his green card was in the wallet",
        "has an expired visa",
        "Nació en Michoacán",
        "no tiene estatus migratorio, es indocumentado",
        "Su nacionalidad es desconocida",
        "immigration status unknown",
        "mother is a permanent resident",
        "country of birth: Somalia",
        "Border Patrol agents were present",
    ],
)
def test_c38_a_text_about_immigration_is_held(text):
    assert kinds(text) == {"immigration"}


@pytest.mark.parametrize(
    "text",
    [
        "Shots fired at Church Street and 5th",
        "400 block of Union Ave",
        "Republican St at 3rd",
        "The shooting took place in March",
        "March 3, 2026: two men in a grey car",
        "GSW to the left temple",
        "A concerned citizen called 911",
        "told us citizens were running",
        "Christian Lopez, 24, was hit in the leg",
        "slipped on ice behind the store",
        "SLIPPED ON ICE NEAR THE DOOR",
        "Paid with a Visa card ending 4411",
        "Transported to Baptist Hospital",
        "Outside the Catholic school on Main",
        "the party started at 22:00",
        "Western Union on 82nd",
        "Union Station",
        "El testigo manifestó que oyó disparos",
        "El vehículo se puso en marcha",
        "signed under protest",
        "acted in good faith",
        "born in 1990",
        "the baby was born in the ambulance",
        "born in May",
        "senior citizen center",
        "la política del departamento",
        "Cristian y su hermano",
        "attended court in March",
        "attended the March meeting",
        "Attended a mass casualty drill",
        "Going to Church Street now",
        "no INS card in the car",
        "He did not see any citizen there",
        "He rallied the crew and fired four rounds",
        "",
    ],
)
def test_an_ordinary_text_has_no_finding(text):
    assert findings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "he was shot at the mosque's car park",
        "Behind Mount Zion Baptist Church, two casings",
        "attended the funeral at the church",
        "attended funeral outside church",
        "frente a la iglesia",
    ],
)
def test_a_place_of_worship_is_a_note_and_holds_nothing(text):
    found = findings(text)
    assert [finding.kind for finding in found] == [NOTE]
    assert not any(finding.holds for finding in found)


def test_a_finding_says_where_and_what_and_what_to_do():
    text = "Seen on 5 May. Attended a protest, then left."
    (found,) = findings(text)
    assert text[found.start : found.end] == found.words == "protest"
    assert found.holds
    assert "say only where" in found.remedy


def test_a_phrase_does_not_run_over_the_end_of_a_sentence():
    assert not any(found.holds for found in findings("Who attended. Mosque footage was used"))


@pytest.mark.parametrize(
    "name",
    [
        "country_of_birth", "CountryOfBirth", "COUNTRYOFBIRTH", "Place of Birth", "birth_country",
        "citizenship", "US Citizen", "immigration_status", "VISA_TYPE", "nationality", "ICE_Hold",
        "País de nacimiento", "nacionalidad", "lugar_nacimiento",
    ],
)  # fmt: skip
def test_c38_a_column_about_immigration_or_birthplace_is_refused(name):
    assert column_refused(name) == "immigration, citizenship or birthplace"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Religion", "religion"),
        ("political_party", "politics"),
        ("UnionMember", "membership of a union or another association"),
        ("PartyAffiliation", "politics"),
    ],
)
def test_c30_a_column_about_belief_or_membership_is_refused(name, why):
    assert column_refused(name) == why


@pytest.mark.parametrize(
    "name", ["Social_History", "PROGNOSIS", "psych eval", "PsychologicalReport", "pronóstico"]
)
def test_c37_a_column_of_a_juveniles_history_and_prognosis_is_refused(name):
    assert column_refused(name) == "a juvenile's history and prognosis, which are privileged"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"MEXICO": 40, "Guatemala": 9, "USA": 70}, "immigration, citizenship or birthplace"),
        ({"USC": 30, "LPR": 4, "UNDOC": 2}, "immigration, citizenship or birthplace"),
        ({"Born in Honduras": 2, "born in Oregon": 3}, "immigration, citizenship or birthplace"),
        ({"República Dominicana": 1, "Haití": 1}, "immigration, citizenship or birthplace"),
        ({"CATHOLIC": 9, "None": 8, "CHRISTIAN": 4}, "religion"),
        ({"Muslim": 1, "Jewish": 1, "Jehovah's Witness": 1}, "religion"),
        ({"DEMOCRAT": 20, "REPUBLICAN": 20, "OTHER": 10}, "politics"),
    ],
)  # fmt: skip
def test_c30_c38_a_column_is_refused_by_what_it_holds_whatever_its_name(values, why):
    assert values_refused(values) == f"values that tell of {why}"


@pytest.mark.parametrize(
    "values",
    [
        {"Lebanon": 900}, {"Lebanon": 900, "Mexico": 20, "Salem": 3_000}, {"USA": 10, "US": 4},
        {"Christian": 3, "Jordan": 2, "Chad": 1, "Ana": 4, "Luis": 9, "Mo": 8, "Ty": 8},
        {"GEORGIA": 90, "FLORIDA": 10}, {"WHITE": 4, "BLACK": 5, "HISPANIC": 3, "ASIAN": 1}, {},
        {"The two men argued outside the Catholic church and one of them fired twice": 1,
         "A muslim family heard shots and called from the second floor of the house": 1},
    ],
)  # fmt: skip
def test_names_of_people_cities_and_states_say_nothing(values):
    assert values_refused(values) is None


@pytest.mark.parametrize(
    "name",
    [
        "date", "OCC_DATE", "Birth_Year", "community", "Reunion_Flag", "district", "country",
        "Citizen_Race", "Citizen Injured", "Gang Membership", "service_area",
        "police_district", "state", "city", "case_status", "notice", "status",
        "Offense Description", "incident_id", "premise", "Victim Age", "COMMUNION",
    ],
)  # fmt: skip
def test_other_columns_are_not_refused(name):
    assert column_refused(name) is None


def test_c38_an_import_leaves_the_column_out_with_its_reason():
    from datetime import date

    from ceasefire.intake.survey import why_left_out

    profile = Profile("country_of_birth", date(2026, 1, 1))
    profile.add(["Honduras", "USA"])
    assert why_left_out(profile) == "immigration, citizenship or birthplace"


@settings(deadline=None)
@given(st.text(max_size=2000))
def test_any_text_gives_findings_inside_it(text):
    for found in findings(text):
        assert text[found.start : found.end] == found.words != ""


PARTS = st.sampled_from(
    ["attend ", "attended a a ", "member of ", "church ", "u s ", "protest ", "no ", "A", "'", ". "]
)


@settings(deadline=None, max_examples=50)
@given(st.lists(PARTS, max_size=30), st.integers(1, 100))
def test_long_repeated_texts_are_read_to_their_end(parts, times):
    text = "".join(parts) * times
    assert all(found.end <= len(text) for found in findings(text))


def test_work_grows_with_the_text_and_no_faster(monkeypatch):
    """Steps are counted, not timed."""
    steps = 0
    meets = text_lint._meets

    def counted(*arguments):
        nonlocal steps
        steps += 1
        return meets(*arguments)

    monkeypatch.setattr(text_lint, "_meets", counted)
    taken = []
    for times in (100, 200, 400):
        steps = 0
        findings("he attended a member of protest church in born ~ " * times)
        taken.append(steps)
    assert taken[2] <= 4.1 * taken[0]


def test_the_lint_sees_nothing_but_its_text():
    """No database, no clock, no network, no record: its module cannot name them."""
    source = inspect.getsource(text_lint)
    for reach in ("django.db", "models", "settings", "socket", "requests", "logging", "open("):
        assert reach not in source
