"""The pages about ties in the access matrix."""

from datetime import date
from uuid import uuid4

from ceasefire.access.retention.classes import RecordClass
from ceasefire.registry.affiliations.models import Affiliation, Citation
from ceasefire.registry.people.models import PersonRecord
from tests.access_matrix.declaring import Page
from tests.registry.affiliations.conftest import AGO, TODAY
from tests.registry.groups.matrix import ABSENT, by_policy, group, source
from tests.registry.people.matrix import AS_OF, a_hidden_person, person, surname
from tests.walls import as_owner


def grown_up(reader):
    made = person(reader)
    PersonRecord.objects.create(
        agency=reader.agency, person=made, family=surname(reader), born=date(1990, 5, 1),
        content_key=uuid4(), first_said=AS_OF, last_said=AS_OF, record_class="incident",
        basis_on=AS_OF.date(),
    )  # fmt: skip
    return made


def tie(reader) -> Affiliation:
    """A tie that stands: told, attested, on two sources."""
    made = Affiliation.objects.create(
        agency=reader.agency, person=grown_up(reader), group=group(reader), role="member",
        confidence="moderate", suspicion="Shots on Oak Street.", basis_on=TODAY - AGO,
        record_class=RecordClass.AFFILIATION, review_due=TODAY,
    )  # fmt: skip
    for criterion in ("own_word", "court"):
        Citation.objects.create(affiliation=made, source=source(reader), criterion=criterion)
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "UPDATE investigative.registry_affiliation SET attested_at = now(), attested_by_id ="
            " (SELECT min(id) FROM access_user), notified_on = current_date WHERE id = %s",
            [made.pk],
        )
    return made


@by_policy
def a_tie(reader):
    return [tie(reader).pk]


@by_policy
def a_hidden_tie(reader):
    made = tie(reader)
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.registry_affiliation SET hidden = true WHERE id = %s", [made.pk]
        )
    return [made.pk]


@by_policy
def a_tie_to_end(reader):
    return [tie(reader).pk, "end"]


@by_policy
def a_citation(reader):
    return [tie(reader).citations.first().pk]


@by_policy
def a_person_under_a_policy(reader):
    return [person(reader).pk]


PAGES = {
    "ties:due": Page(beside=a_tie, model=Affiliation, planted=lambda _reader: "Ties: what is due"),
    "ties:draft": Page(
        a_person_under_a_policy, hidden=a_hidden_person, model=Affiliation, absent=ABSENT,
        planted=surname,
    ),
    "ties:tie": Page(
        a_tie, hidden=a_hidden_tie, model=Affiliation, absent=ABSENT, planted=surname
    ),
    "ties:step": Page(
        a_tie_to_end, model=Affiliation, absent=[10**9, "end"], planted=surname,
        form=lambda _reader: {"words": "It was another man."},
    ),
    "ties:cite": Page(
        a_tie, hidden=a_hidden_tie, model=Affiliation, absent=ABSENT, planted=surname
    ),
    "ties:uncite": Page(
        a_citation, model=Citation, absent=ABSENT, planted=surname, form=lambda _reader: {}
    ),
}  # fmt: skip
