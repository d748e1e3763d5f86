"""What becomes of a row in a file about people."""

from datetime import UTC, datetime

import pytest

from ceasefire.access import names
from ceasefire.intake.models import RowFault
from ceasefire.intake.services import IntakeRefused
from ceasefire.registry.people.models import (
    BallisticLead,
    Contact,
    CourtDisposition,
    Involvement,
    Person,
    PersonRecord,
    SupervisionTerm,
)
from tests.registry.people.conftest import ann, ben, only_person

ARRESTS = ("Arrest No", "Arrest Date", "Person ID", "Name", "DOB", "Charge", "Class", "Incident No")
LATER = datetime(2026, 3, 8, tzinfo=UTC)


def arrest(number="A1", person="P1", name="LOPEZ, ANN", born="1990-05-01", case=""):
    return (number, "2026-02-02", person, name, born, "Assault", "F", case)


def test_who_is_in_a_shooting_enters_with_all_that_the_row_says(involve, shootings):
    batch = involve(ann(), ben())
    assert (batch.rows, batch.added, batch.rejected) == (2, 2, 0)
    part = Involvement.objects.get(role="victim")
    assert part.incident == shootings[0]
    assert part.age == 35
    told = names.read([part.record])[part.record_id]
    assert (told.family, told.given, told.number) == ("Lopez", "Ann", "P1")
    assert Person.objects.filter(entered_by="shooting").count() == 2


def test_the_same_file_twice_changes_nothing(involve):
    involve(ann(), ben())
    again = involve(ann(), ben(), as_of=LATER)
    assert (again.added, again.changed, again.unchanged, again.vanished) == (0, 0, 2, 0)
    assert (Person.objects.count(), PersonRecord.objects.count()) == (2, 2)
    assert Involvement.objects.count() == 2


def test_somebody_written_another_way_under_one_number_is_one_person(involve):
    involve(ann(), ben())
    involve(ann(), ben(), ann("26-2", "Witness", family="Lopez-Ruiz"), as_of=LATER)
    record = PersonRecord.objects.order_by("-pk").first()
    assert record.person.records.count() == 2
    assert Person.objects.count() == 2


def test_a_person_in_a_shooting_that_the_register_lacks_does_not_enter(involve):
    batch = involve(ann("99-9"))
    assert batch.report["unplaced"] == 1
    assert not Person.objects.exists()
    assert not PersonRecord.objects.exists()


def test_an_agencys_file_is_not_mirrored(involve, bring):
    involve(ann())
    rows = [arrest(), arrest("A2", "P7", "STRANGER, SAM", "1970-01-01")]
    batch = bring("arrests", ARRESTS, rows)
    assert (batch.rows, batch.added, batch.report["dropped"]) == (2, 1, 1)
    assert Contact.objects.get().person == only_person()
    assert PersonRecord.objects.count() == 2  # as the arrest writes the name, and as before


def test_an_arrest_is_tied_to_the_shooting_that_it_names(involve, bring, shootings):
    involve(ann())
    bring("arrests", ARRESTS, [arrest(case="26-1")])
    assert Contact.objects.get().incident == shootings[0]


def test_who_is_supervised_enters_by_that(bring, county):
    header = ("SID", "First", "Last", "Birthdate", "Status", "Officer", "Start", "Expected End")
    row = ("S1", "Ann", "Lopez", "1990-05-01", "Probation", "Officer 7", "2025-01-01", "2027-01-01")
    bring("supervision", header, [row], agency=county)
    term = SupervisionTerm.objects.get()
    assert (term.status, term.officer, str(term.ends)) == ("Probation", "Officer 7", "2027-01-01")
    assert only_person().entered_by == "supervision"
    assert only_person().agency == county


def test_a_roster_that_no_longer_holds_somebody_withholds_the_term(bring, county):
    header = ("SID", "First", "Last", "Birthdate", "Status")
    rows = [("S1", "Ann", "Lopez", "1990-05-01", "Probation"),
            ("S2", "Ben", "Okafor", "1988-11-23", "Parole")]  # fmt: skip
    bring("supervision", header, rows, agency=county)
    batch = bring("supervision", header, rows[:1], agency=county, as_of=LATER)
    gone = SupervisionTerm.objects.get(withheld_at__isnull=False)
    assert batch.vanished == 1
    assert gone.status == "Parole"
    assert gone.review_due
    back = bring("supervision", header, rows, agency=county, as_of=LATER.replace(day=15))
    assert back.report["returned"] == 1
    assert not SupervisionTerm.objects.filter(withheld_at__isnull=False).exists()


def test_a_changed_row_takes_the_place_of_the_one_before(bring, county):
    header = ("SID", "First", "Last", "Birthdate", "Status")
    bring("supervision", header, [("S1", "Ann", "Lopez", "1990-05-01", "Probation")], agency=county)
    later = [("S1", "Ann", "Lopez", "1990-05-01", "Parole")]
    batch = bring("supervision", header, later, agency=county, as_of=LATER)
    assert (batch.added, batch.changed, batch.vanished) == (0, 1, 0)
    assert SupervisionTerm.objects.get(known_to=None).status == "Parole"
    assert SupervisionTerm.objects.get(known_to__isnull=False).status == "Probation"


def test_a_booking_and_its_release_are_two_facts(involve, bring):
    involve(ann())
    header = ("Booking No", "Booked", "Released", "Person ID", "Name", "DOB", "Charge")
    row = ("B1", "2026-02-02", "2026-02-20", "P1", "LOPEZ, ANN", "1990-05-01", "Assault")
    bring("jail", header, [row])
    found = Contact.objects.order_by("on").values_list("kind", "on")
    assert [(kind, str(on)) for kind, on in found] == [
        ("booking", "2026-02-02"), ("release", "2026-02-20"),
    ]  # fmt: skip


def test_what_a_court_decided_is_behind_the_names_door(involve, bring):
    involve(ann())
    header = ("Disposition Date", "Cause No", "Charge", "Disposition", "Court", "Person ID", "Name")
    row = ("2026-01-20", "C-1", "Theft", "Dismissed", "County Court", "P1", "LOPEZ, ANN")
    bring("court", header, [row])
    decision = CourtDisposition.objects.get()
    with pytest.raises(names.NamesClosed):
        _told = decision.disposition
    assert decision.court == "County Court"


def test_a_ballistic_lead_joins_two_shootings_once(bring, shootings):
    header = ("NIBIN Lead No", "Incident No", "Linked Incident No", "Lead Status", "Lead Date")
    bring("ballistics", header, [("L1", "26-2", "26-1", "Lead", "2026-02-01")])
    again = bring("ballistics", header, [("L1", "26-1", "26-2", "Confirmed hit", "2026-02-09")],
                  as_of=LATER)  # fmt: skip
    lead = BallisticLead.objects.get()
    assert (lead.first, lead.second) == tuple(shootings)
    assert (again.changed, lead.strength) == (1, "hit")


def test_a_victim_who_is_also_a_suspect_has_both_parts(involve):
    involve(ann(role="Victim Suspect"))
    assert set(Involvement.objects.values_list("role", flat=True)) == {"victim", "suspect"}


@pytest.mark.parametrize("born", ["1899-12-31", "2026-03-02"])
def test_c39_a_row_with_an_impossible_birth_is_rejected_and_says_why(involve, born):
    batch = involve(ann(born=born), ben(), despite="tried")
    assert (batch.rejected, batch.added) == (1, 1)
    assert "correct" in RowFault.objects.get(batch=batch, rejected=True).remedy


def test_c39_somebody_born_after_the_shooting_is_rejected(involve):
    batch = involve(ann(born="2026-01-20"), ben())
    assert (batch.rejected, batch.added) == (1, 1)
    assert RowFault.objects.get(batch=batch).row_number == 2


def test_a_row_that_names_nobody_is_rejected(involve):
    batch = involve(("26-1", "Victim", "", "", "", ""), ben(), despite="tried")
    assert (batch.rejected, batch.added) == (1, 1)


def test_a_part_that_nobody_has_in_a_shooting_is_rejected(involve):
    batch = involve(ann(role="Gardener"), ben(), despite="tried")
    assert RowFault.objects.get(batch=batch).column == "Role"
    assert batch.added == 1


def test_c38_columns_of_birthplace_and_religion_are_never_taken_in(bring, shootings):
    header = ("Case", "Role", "Name", "Country of Birth", "Religion", "Immigration Status")
    batch = bring("involvements", header, [("26-1", "Victim", "Lopez, Ann", "X", "Y", "Z")])
    assert set(batch.mapping.mapping["left_out"]) == set(header[3:])


def test_c38_a_column_of_birthplaces_is_never_taken_in_whatever_its_name(bring, shootings):
    header = ("Case", "Role", "Name", "Misc 1", "Misc 2")
    rows = [("26-1", "Victim", "Lopez, Ann", "MEXICO", "Catholic"),
            ("26-1", "Victim", "Ruiz, Ben", "Guatemala", "Muslim")]  # fmt: skip
    batch = bring("involvements", header, rows)
    assert batch.mapping.mapping["left_out"] == {
        "Misc 1": "values that tell of immigration, citizenship or birthplace",
        "Misc 2": "values that tell of religion",
    }


def test_a_file_without_a_name_or_number_is_refused_with_the_remedy(bring, shootings):
    with pytest.raises(IntakeRefused, match="no column holds: name"):
        bring("involvements", ("Case", "Role"), [("26-1", "Victim")])


def test_a_batch_keeps_no_name_while_it_waits(involve):
    batch = involve(ann())
    batch.refresh_from_db()
    assert "Lopez" not in str(batch.report)
    assert "Lopez" not in str(batch.mapping.mapping)
