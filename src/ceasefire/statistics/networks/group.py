"""Group dyads: which groups are at odds or allied, weighed by incidents in a window."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ceasefire.statistics import inputs
from ceasefire.statistics.networks.window import inside
from ceasefire.statistics.ties import numbered, plain

FEUD, ALLY = "feud", "ally"


@dataclass(frozen=True, eq=False)
class Dyads:
    """`pairs`: a frame with a row per pair of groups and kind, the heaviest first: `first`,
    `second` (in the order in which groups were first seen), `kind`, `incidents`. `groups`: a
    frame by group: `feud` and `ally`, with how many groups, and `incidents`, in how many with any
    of them. `internal`: incidents whose both sides are one group, which are in neither."""

    pairs: pd.DataFrame
    groups: pd.DataFrame
    internal: int
    as_of: float | None
    within_days: float | None


def dyads(group, other, incident, *, kind=None, t=None, as_of=None, within_days=None):
    """Count incidents between each two groups, feuds and alliances apart.

    `group`, `other`, `incident`: labels, one row for each two groups in an incident (three groups
    make three rows); which is named first does not matter. `kind`: ``"feud"`` or ``"ally"`` per
    row; left out, all feuds. `t`, `as_of`, `within_days` as in `co_involvement`. An incident
    counts once for each pair and kind. Returns `Dyads`; raises ValueError for a missing label,
    another kind, or rows of unlike number.
    """
    group, other, incident = plain(group), plain(other), plain(incident)
    kind = [FEUD] * len(group) if kind is None else plain(kind)
    inputs.same_length(group=group, other=other, incident=incident, kind=kind)
    wrong = next((one for one in kind if one not in (FEUD, ALLY)), None)
    if wrong is not None:
        raise ValueError(f'kind: a pair is "{FEUD}" or "{ALLY}"; got {wrong!r}.')
    position, events = numbered([*group, *other]), numbered(incident)
    names = list(position)
    rows = pd.DataFrame(
        {
            "i": [position[one] for one in group],
            "j": [position[one] for one in other],
            "incident": [events[one] for one in incident],
            "kind": kind,
        },
    ).astype({"i": np.intp, "j": np.intp, "incident": np.intp})
    rows = rows[inside(len(rows), t, as_of, within_days)]
    inner = rows["i"] == rows["j"]
    pairs, by_group = _counted(rows[~inner], names)
    internal = int(rows.loc[inner, "incident"].nunique())
    return Dyads(pairs, by_group, internal, as_of, within_days)


def _counted(rows, names):
    """Frames of pairs and of groups from rows of positions."""
    first, second = np.minimum(rows["i"], rows["j"]), np.maximum(rows["i"], rows["j"])
    rows = rows.assign(i=first, j=second).drop_duplicates()
    pairs = rows.groupby(["i", "j", "kind"]).size().rename("incidents").reset_index()
    pairs = pairs.sort_values(["incidents", "i", "j", "kind"], ascending=[False, True, True, True])
    ends = pd.concat([rows, rows.rename(columns={"i": "j", "j": "i"})], ignore_index=True)
    by_group = pd.DataFrame(index=pd.Index(names, name="group", tupleize_cols=False))
    for kind in (FEUD, ALLY):
        met = ends[ends["kind"] == kind].groupby("i")["j"].nunique()
        by_group[kind] = met.reindex(range(len(names)), fill_value=0).to_numpy()
    seen = ends.groupby("i")["incident"].nunique()
    by_group["incidents"] = seen.reindex(range(len(names)), fill_value=0).to_numpy()
    named = {
        "first": [names[one] for one in pairs["i"]],
        "second": [names[one] for one in pairs["j"]],
        "kind": pairs["kind"].to_list(),
        "incidents": pairs["incidents"].to_list(),
    }
    return pd.DataFrame(named), by_group
