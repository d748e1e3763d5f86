"""What the register holds of one person, for whoever answers the person's own request."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ceasefire.access.audit import key_of
from ceasefire.access.models import User
from ceasefire.access.partitions import Room
from ceasefire.registry import words
from ceasefire.registry.people import labels, selectors
from ceasefire.registry.people.selectors import Known
from ceasefire.registry.prior_lists import selectors as lists
from ceasefire.rights import holdings
from ceasefire.rights.holdings import Entry, Held


def held(number: int) -> Held | None:
    """Every standing statement about a person, by the number on their page."""
    person = selectors.person_standing(number)
    if person is None:
        return None
    known = selectors.known(person)
    if not known.records:
        return None
    numbers = selectors.numbers_of(person)
    keys = [f"registry.person:{one}" for one in numbers]
    return Held(key_of(person), keys, [*_records(known), *_facts(known)])


def _records(known: Known) -> Iterator[Entry]:
    """How each agency has written the person."""
    for record in known.records:
        told = known.names[record.pk]
        said = [known.name_in(record), told.alias, told.born and labels.said(told.born)]
        said += [told.address, told.phone]
        yield _entry(record, _("Written as: %s") % ", ".join(one for one in said if one))


def _facts(known: Known) -> Iterator[Entry]:
    for one in selectors.involvements(known.person):
        said = f"{one.get_role_display()}, {one.incident}, {words.occurred(one.incident)}"
        yield _entry(one, _("Part in a shooting: %s") % said)
    for one in selectors.contacts(known.person):
        said = [one.get_kind_display(), date_format(one.on, "DATE_FORMAT"), one.charge]
        yield _entry(one, ", ".join(str(part) for part in said if part))
    for one in selectors.terms(known.person):
        said = [one.status, one.starts and date_format(one.starts, "DATE_FORMAT")]
        yield _entry(one, _("Supervision: %s") % ", ".join(part for part in said if part))
    for one in lists.namings(known.person):
        said = [str(one.agency), date_format(one.on, "DATE_FORMAT"), one.document, one.number]
        entry = _entry(one, _("Named on an earlier list: %s") % ", ".join(said))
        yield replace(entry, entered_by=one.attested_by_id)
    for one in selectors.dispositions(known.person):
        # What the court decided is the state's to tell: it is asked for there.
        said = [date_format(one.on, "DATE_FORMAT"), one.court]
        yield _entry(one, _("Court decision: %s") % ", ".join(part for part in said if part))


def _entry(row, says: str) -> Entry:
    batch = getattr(row, "batch", None)
    return Entry(
        key=key_of(row), says=says, agency_id=row.agency_id, by=str(row.agency),
        entered_by=_account_named(batch.loaded_by) if batch else None,
    )  # fmt: skip


def _account_named(name: str) -> int | None:
    """Whose name stands on the file; a name that two have is nobody's."""
    found = User.objects.filter(display_name=name).values_list("pk", flat=True)[:2]
    return found[0] if len(found) == 1 else None


holdings.holding(holdings.Holding(room=Room.INVESTIGATIVE, held=held, search="people:find"))
