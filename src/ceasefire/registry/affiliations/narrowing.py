"""When a tie is there for a reader: the same words for both walls."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.identity import Actor
from ceasefire.access.narrowing import Asked, column
from ceasefire.access.roles import Role, standings

SUPERVISORS = standings(Role.CAPTAIN, at="police")
WORKERS = standings(Role.ANALYST, at="police") | SUPERVISORS
FIELDS = (
    "attested_at", "grounds", "notified_on", "delayed_until", "purge_on", "contest_due",
    "record_class", "agency",
)  # fmt: skip
TOLD = (
    "wall.tie_shows({}, {}, {}, {}, {}, {}, {}, {}, (SELECT wall.own_agency()),"
    " (SELECT wall.admits(%s::text[])), (SELECT wall.admits(%s::text[])),"
    " (SELECT wall.admits('{{}}'::text[])))"
)


def _named(who) -> list[str]:
    return sorted(map(str, who))


@dataclass(frozen=True)
class WhenItStands:
    """Attested on two grounds, told or delayed, not over, no contest overdue; before that, to
    those of its agency who work on it. A juvenile's is its agency's alone."""

    words: ClassVar[Promise] = _(
        "A tie that stands; one that does not yet, to those of its agency who work on it; that "
        "of a juvenile to its agency alone; none once it is over or a contest is overdue."
    )

    def rows(self, actor: Actor) -> Q:
        return Q(Asked(TOLD, *FIELDS, values=(_named(WORKERS), _named(SUPERVISORS))))

    def condition(self, model):
        told = TOLD.replace("%s", "{}")
        return sql.SQL(told).format(
            *(column(model, field) for field in FIELDS),
            sql.Literal(_named(WORKERS)), sql.Literal(_named(SUPERVISORS)),
        )  # fmt: skip
