"""The words in which pages speak about ties, and how far one has faded."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.kit.tables import Badge, Link
from ceasefire.registry.affiliations import selectors
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.groups.models import Group
from ceasefire.registry.people.models import Person


def stage(tie: Affiliation) -> Badge:
    """Where a tie stands in its life."""
    today = timezone.localdate()
    if tie.attested_at is None:
        return Badge(_("Draft: not attested"), "due")
    if tie.grounds < 2:
        return Badge(_("Shown to nobody: a source is missing"), "late")
    if not selectors.is_live(tie):
        return Badge(_("Attested: notice is due"), "due")
    if tie.contest_due:
        return Badge(_("Contested: decide by %(day)s") % {"day": _day(tie.contest_due)}, "due")
    if tie.purge_on - today <= selectors.ENDS_SOON:
        return Badge(_("Nearly gone: ends on %(day)s") % {"day": _day(tie.purge_on)}, "late")
    if today >= tie.review_due:
        return Badge(_("Fading: ends on %(day)s") % {"day": _day(tie.purge_on)}, "due")
    if tie.notified_on is None:
        return Badge(_("Notice waits until %(day)s") % {"day": _day(tie.delayed_until)}, "due")
    return Badge(_("Stands until %(day)s") % {"day": _day(tie.purge_on)}, "ok")


def left(tie: Affiliation) -> int:
    """How much of its time a tie has left, in percent."""
    whole = (tie.purge_on - tie.basis_on).days or 1
    return max(0, round(100 * (tie.purge_on - timezone.localdate()).days / whole))


def left_words(tie: Affiliation) -> str:
    days = (tie.purge_on - timezone.localdate()).days
    told = ngettext("%(days)d day left", "%(days)d days left", days)
    return told % {"days": days}


def fade(tie: Affiliation) -> str:
    """The class by which a page shows it fading: fresh, fading, or nearly gone."""
    share = left(tie)
    return "fresh" if share > 50 else "fading" if share > 20 else "nearly-gone"


def columns() -> list[str]:
    return [_("Person"), _("Tied to"), _("As"), _("Confidence"), _("How it stands")]


def row(named: selectors.Named, names: dict[int, str]) -> list:
    tie = named.tie
    mark = f" · {_('juvenile')}" if tie.juvenile else ""
    return [
        Link(named.name, reverse("ties:tie", args=[tie.pk])), selectors.to_what(tie, names),
        f"{tie.get_role_display()}{mark}", tie.get_confidence_display(), stage(tie),
    ]  # fmt: skip


def rows(found: Iterable[Affiliation]) -> list[list]:
    names = selectors.group_names()
    return [row(one, names) for one in selectors.with_names(found)]


def of_group(group: Group) -> dict:
    """The people of a group for its page: juveniles apart."""
    found = list(selectors.of_group(group))
    return {
        "columns": columns(),
        "adults": rows(one for one in found if not one.juvenile),
        "juveniles": rows(one for one in found if one.juvenile),
    }


def of_person(person: Person) -> list[list]:
    """A person's ties, without the person's name again."""
    names = selectors.group_names()
    return [
        [
            Link(selectors.to_what(tie, names), reverse("ties:tie", args=[tie.pk])),
            tie.get_role_display(), tie.get_confidence_display(), stage(tie),
        ]
        for tie in selectors.of_person(person)
    ]  # fmt: skip


def person_columns() -> list[str]:
    return [_("Tied to"), _("As"), _("Confidence"), _("How it stands")]


def _day(day) -> str:
    return date_format(day, "DATE_FORMAT")
