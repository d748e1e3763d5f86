"""The programme's own cycle, in its order: the menu of every page.

An entry appears when its address exists and its gate admits the reader, by the same test as the
page itself, so the menu never shows what a click would refuse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, ResolverMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.access.gates import gate_of
from ceasefire.access.identity import Actor


@dataclass(frozen=True)
class Entry:
    label: Promise
    url_name: str
    later: bool = False

    @property
    def part(self) -> str:
        """The part of the programme whose pages light this entry up."""
        namespace, _colon, name = self.url_name.rpartition(":")
        return namespace or name


CYCLE = (
    Entry(_("This week"), "this_week"),
    Entry(_("Shootings"), "registry:shootings"),
    Entry(_("Find a person"), "people:find"),
    Entry(_("Conflicts"), "conflicts:conflicts"),
    Entry(_("Groups"), "groups:groups"),
    Entry(_("Shooting review"), "shooting_review:weeks"),
    Entry(_("Coordination"), "coordination:meetings"),
    Entry(_("Notifications"), "notifications:planner"),
    Entry(_("Outreach"), "outreach:referrals"),
    Entry(_("Case management"), "casework:clients"),
    Entry(_("Enforcement"), "enforcement:plans"),
    Entry(_("Problem analysis"), "problem_analysis:studies"),
    Entry(_("Performance"), "performance:months"),
    Entry(_("Oversight"), "oversight:overview"),
    Entry(_("Consents"), "consent:due", later=True),
    Entry(_("Requests about own records"), "rights:requests", later=True),
    Entry(_("Answers that we owe"), "answers:owed", later=True),
    Entry(_("Contested entries"), "contests:list", later=True),
    Entry(_("Appeals"), "contests:appeals", later=True),
    Entry(_("Answers to review"), "answers:reviews_investigative", later=True),
    Entry(_("Copies to put right"), "copies:list", later=True),
    Entry(_("Immigration requests"), "federal:requests", later=True),
    Entry(_("People I may not look up"), "interests:mine", later=True),
    Entry(_("Holds and orders"), "oversight:retention_records", later=True),
    Entry(_("Earlier lists"), "prior_lists:queue", later=True),
    Entry(_("Published problem analyses"), "published:editions", later=True),
    Entry(_("Files"), "intake:feeds", later=True),
    Entry(_("Exports"), "exports:list", later=True),
    Entry(_("Administration"), "administration:accounts", later=True),
)


@dataclass(frozen=True)
class Item:
    label: Promise
    url: str
    later: bool
    current: bool


def address(url_name: str, actor: Actor | None, words: Sequence[str] = ()) -> str | None:
    """Where a page is, or None if it is not built or not open to the reader."""
    try:
        url = reverse(url_name, args=words)
    except NoReverseMatch:
        return None
    match = resolve(url)
    gate = gate_of(match.func, match.url_name)
    return url if gate and gate.admits(actor) and gate.is_on else None


def menu(actor: Actor | None, match: ResolverMatch | None) -> Iterator[Item]:
    """The entries that the reader may enter; the one of the page at hand is marked."""
    here = match and (match.namespace or match.url_name)
    for entry in CYCLE:
        if url := address(entry.url_name, actor):
            yield Item(entry.label, url, entry.later, current=entry.part == here)
