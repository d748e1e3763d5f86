"""Why two records were joined, or asked about: the evidence, field by field."""

from django.utils.translation import gettext as _

from ceasefire.kit import charts
from ceasefire.kit.charts import Chart, Part
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.people import labels


def waterfall(pair: LinkagePair) -> Chart | None:
    """From how rarely two records are one person's to the weight of this pair."""
    if not pair.why["fields"]:
        return None
    return charts.waterfall(
        [Part(_("Any two records"), pair.why["before"]), *map(_part, _telling(pair))],
        title=_("The weight of evidence"),
        sentence=_(
            "Each point doubles the odds that the two records are one person's. From %(joined)s "
            "on records are joined; from %(asked)s on somebody decides."
        )
        % {"joined": f"{pair.run.joined_from:g}", "asked": f"{pair.run.reviewed_from:g}"},
        of=_("Field"),
        adds=_("Adds to the weight"),
        total=_("Together"),
        marks=[
            (pair.run.reviewed_from, _("somebody decides")),
            (pair.run.joined_from, _("joined")),
        ],
    )


def _telling(pair: LinkagePair) -> list[dict]:
    """Fields that say something, the strongest first."""
    told = [one for one in pair.why["fields"] if one["level"] != "missing"]
    return sorted(told, key=lambda one: -abs(one["weight"] + one["rare"]))


def _part(one: dict) -> Part:
    name = str(labels.COMPARED.get(one["field"], one["field"]))
    return Part(name, one["weight"] + one["rare"], labels.level(one["level"]))


def rarity(pair: LinkagePair) -> list[str]:
    """What a rare or a common value has added, in words."""
    told = []
    for one in pair.why["fields"]:
        name = labels.COMPARED.get(one["field"], one["field"])
        if one["rare"] >= 1:
            told.append(_("%(field)s: a rare value, so that agreeing says more.") % {"field": name})
        elif one["rare"] <= -1:
            told.append(
                _("%(field)s: a common value, so that agreeing says less.") % {"field": name}
            )
    return told
