"""What came of a session: agreement of its coders, what is contested, and its minutes."""

import math

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Link, Number
from ceasefire.problem_analysis.sessions import selectors
from ceasefire.problem_analysis.sessions.models import COMPARED, Code
from ceasefire.problem_analysis.sessions.views.common import readers, session_or_404
from ceasefire.statistics import agreement as measured
from ceasefire.web.templatetags.ui import number

# With fewer pairs a coefficient says next to nothing.
FEWEST = 30
MEASURED = (
    ("involvement", Code.Involvement), ("motivated", Code.Motivated),
    ("circumstance", Code.Circumstance),
)  # fmt: skip


@readers("GET")
def agreement(request, pk):
    one = session_or_404(pk, kind="incident_review")
    pairs = selectors.pairs(one)
    titles = (_("Group involved (who)"), _("For a group's sake (why)"), _("Circumstance"))
    context = {
        "session": one,
        "parts": [
            _measured(title, name, scale, pairs)
            for title, (name, scale) in zip(titles, MEASURED, strict=True)
        ] if pairs else [],
        "pairs": len(pairs),
        "few": len(pairs) < FEWEST,
        "fewest": FEWEST,
        "progress": selectors.progress(one),
        "share": selectors.share(selectors.codes_of(one)),
    }  # fmt: skip
    return render(request, "problem_analysis/agreement.html", context)


def _measured(title: str, name: str, scale, pairs: list[tuple[Code, Code]]) -> dict:
    a, b = ([getattr(both[nth], name) for both in pairs] for nth in (0, 1))
    counts = measured.table(a, b, labels=scale.values)
    used = [nth for nth in range(len(counts)) if counts[nth].any() or counts[:, nth].any()]
    labels = [str(scale.labels[nth]) for nth in used]
    same = int(counts.trace())
    return {
        "title": title,
        "span": 12 if name == "circumstance" else 6,
        "columns": [_("First coder"), *(Number(label) for label in labels)],
        "rows": [[labels[at], *(int(counts[x, y]) for y in used)] for at, x in enumerate(used)],
        "facts": [
            (_("Shootings that both coded"), len(pairs)),
            (_("Both say the same"), _("%(same)d of %(all)d shootings, %(share)s%%")
             % {"same": same, "all": len(pairs), "share": number(100 * same / len(pairs), 0)}),
            (_("Cohen's kappa"), _figure(counts, measured.kappa_of)),
            (_("Gwet's AC1"), _figure(counts, measured.ac1_of)),
        ],
    }  # fmt: skip


def _figure(counts, of) -> str:
    value, (low, high) = of(counts), measured.interval(counts, of)
    if math.isnan(value):
        return _("not defined: both coders used one answer alone")
    if math.isnan(low):
        return number(value, 2)
    return _("%(value)s, between %(low)s and %(high)s (95%%)") % {
        "value": number(value, 2), "low": number(low, 2), "high": number(high, 2),
    }  # fmt: skip


@readers("GET")
def contested(request, pk):
    one = session_or_404(pk, kind="incident_review")
    context = {
        "session": one,
        "rows": [
            [Link(str(row.incident), reverse("problem_analysis:code", args=[row.pk])),
             row.incident.occurred_on, _why(row),
             _("by somebody else") if selectors.coded_by_reader(row)
             else Link(_("Settle it"), reverse("problem_analysis:settle", args=[row.pk]))]
            for row in selectors.contested(one)
        ],
        "columns": [_("Shooting"), _("Day"), _("Why"), _("Now")],
    }  # fmt: skip
    return render(request, "problem_analysis/contested.html", context)


def _why(row) -> str:
    told = [one.reason for one in selectors.contests(row)]
    codes = list(selectors.codes_seen(row))
    if len(codes) == 2:
        differ = [name for name in COMPARED if len({getattr(one, name) for one in codes}) > 1]
        if differ:
            labels = ", ".join(str(Code._meta.get_field(name).verbose_name) for name in differ)
            told.insert(0, _("The two coders differ: %(in)s") % {"in": labels})
    return "; ".join(told)


@readers("GET")
def minutes(request, pk):
    one = session_or_404(pk)
    context = {
        "session": one,
        "attended": selectors.attended(one),
        "guests": one.guests.select_related("agency"),
        "rows": [
            [str(row.incident), row.incident.occurred_on, row.codes_in,
             _said(row.given) if row.given else "", _how(row)]
            for row in selectors.outcomes(one)
        ],
        "columns": [
            _("Shooting"), _("Day"), Number(_("Codes")), _("Group involved"), _("How it stands"),
        ],
        "left": one.minutes["left"] if one.minutes else selectors.left(one),
        "walked": selectors.walked(one),
        "walked_columns": [_("Group"), _("Said"), _("Last violence")],
        "share": selectors.share(selectors.codes_of(one)) if one.is_review else None,
    }  # fmt: skip
    return render(request, "problem_analysis/minutes.html", context)


def _said(given) -> str:
    return str(Code.Involvement(given.involvement).label)


def _how(row) -> str:
    if row.given is None:
        return _("contested") if row.contested else _("not coded")
    labels = {"only": _("one coder"), "agreed": _("both agree"), "settled": _("settled")}
    return labels[row.given.how]
