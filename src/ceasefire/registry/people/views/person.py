"""One person: each value with whose word it is, their part in shootings, what agencies said."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access import names
from ceasefire.access.roles import Role
from ceasefire.kit.tables import Link, Number
from ceasefire.registry import words
from ceasefire.registry.affiliations import labels as ties
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.people import labels, selectors
from ceasefire.registry.people.models import Person
from ceasefire.registry.people.selectors import Known
from ceasefire.registry.people.views.common import known_or_404, readers
from ceasefire.registry.prior_lists import selectors as lists
from ceasefire.web.navigation import address

CONTACTS_SHOWN = 50


@readers("GET")
def person(request, pk):
    known = known_or_404(pk)
    parts = list(selectors.involvements(known.person))
    context = {
        "person": known.person,
        "name": known.name,
        "badges": labels.badges(known, parts),
        "values": _values(known),
        "parts": [_part(one) for one in parts],
        "part_columns": [_("Shooting"), _("When"), _("Part"), _("Age then"), _("Said by")],
        "contacts": [_contact(one) for one in selectors.contacts(known.person)[:CONTACTS_SHOWN]],
        "contact_columns": [_("What"), _("Date"), _("Charge or reason"), _("About"), _("Said by")],
        "terms": [_term(one) for one in selectors.terms(known.person)],
        "term_columns": [_("Kind"), _("From"), _("Until"), _("Officer"), _("Said by")],
        "namings": [_naming(one) for one in lists.namings(known.person)],
        "naming_columns": [
            _("List"),
            _("Document"),
            _("On what basis"),
            _("What it is for"),
            _("Attested by"),
            _("Review by"),
        ],
        "decisions": _decisions(known.person),
        "decision_columns": [_("Date"), _("Charge"), _("Decision"), _("Court"), _("Said by")],
        "records": [_record(known, one) for one in known.records],
        "record_columns": [_("Written as"), _("Agency"), _("First said"), _("Last said")],
        "pairs": _pairs(known),
        "pair_columns": [_("Records"), _("What became of it"), Number(_("Weight of evidence"))],
        "merges": Merge.objects.filter(kept=known.person, undone_at=None),
        "ties": ties.of_person(known.person),
        "tie_columns": ties.person_columns(),
        "may_tie": address("ties:draft", request.actor, [known.person.pk]),
        "may_write": request.actor.role == Role.ANALYST,
        "several": len(known.records) > 1,
    }
    return render(request, "registry/people/person.html", context)


def _values(known: Known) -> list[tuple]:
    """(field, [(value, whose word it is)]): every value that any record has."""
    told = [
        (label, [(labels.said(one.said), labels.by_whom(one.agencies)) for one in values])
        for field, label in labels.FIELDS.items()
        if (values := known.values(field))
    ]
    return told


def _part(one) -> list:
    url = reverse("registry:shooting", args=[one.incident_id])
    age = "" if one.age is None else one.age
    role = one.get_role_display()
    return [
        Link(str(one.incident), url), words.occurred_briefly(one.incident), role, age, one.agency
    ]  # fmt: skip


def _contact(one) -> list:
    about = ""
    if one.incident_id:
        about = Link(str(one.incident), reverse("registry:shooting", args=[one.incident_id]))
    return [one.get_kind_display(), one.on, one.charge, about, one.agency]


def _term(one) -> list:
    return [one.status, one.starts, one.ends, one.officer, one.agency]


def _naming(one) -> list:
    told = _("Named on an earlier list of %(agency)s, dated %(day)s") % {
        "agency": one.agency, "day": labels.said(one.on)
    }  # fmt: skip
    document = f"{one.document}, {one.number}"
    return [told, document, one.basis, one.purpose, one.attester, one.review_by]


def _decisions(person: Person) -> list[list]:
    """Criminal history; to a reader without a certificate the door tells none of it."""
    rows = list(selectors.dispositions(person))
    told = names.read(rows)
    closed = _("not shown: no certificate stands")
    return [
        [
            one.on, told[one.pk].charge or closed, told[one.pk].disposition or closed, one.court,
            one.agency,
        ]
        for one in rows
    ]  # fmt: skip


def _record(known: Known, one) -> list:
    return [known.name_in(one) or _("no name"), one.agency, one.first_said, one.last_said]


def _pairs(known: Known) -> list[list]:
    """Why these records are one person's, each with its page."""
    mine = [one.pk for one in known.records]
    pairs = LinkagePair.objects.filter(record__in=mine, other__in=mine).order_by("-match_weight")
    written = {one.pk: known.name_in(one) for one in known.records}
    return [
        [
            Link(
                _("%(one)s and %(other)s")
                % {"one": written[pair.record_id], "other": written[pair.other_id]},
                reverse("people:pair", args=[pair.pk]),
            ),
            pair.get_outcome_display(),
            round(pair.match_weight, 1),
        ]
        for pair in pairs
    ]
