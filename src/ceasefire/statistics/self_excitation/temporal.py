"""Self-excitation in time alone, with an exponential kernel.

Maximum likelihood from several starts, because the likelihood has more than one hill: a slow
decay that follows the year and a fast one that follows reprisals. Hawkes, A. G. (1971). Spectra of
some self-exciting and mutually exciting point processes. Biometrika 58: 83-90. Ogata, Y. (1988).
Statistical models for earthquake occurrences and residual analysis for point processes. Journal
of the American Statistical Association 83: 9-27.
"""

from dataclasses import dataclass, field

import numpy as np

from ceasefire.statistics import inputs

_LEAST_EVENTS = 20
_HILLS, _MOST_STEPS = 6, 100  # starts carried to the top, and steps to it
_LONGEST = 20.0  # mean waits that fit into the window, at least
_Z = 1.959963984540054


@dataclass(frozen=True, eq=False)
class Fit:
    """`background` events per day, `branching` events per event, `decay` per day.

    1 / decay is the mean wait. `intervals` are 95% limits of the three from the curvature, None
    where it gives none. `poisson_log_likelihood` is that of a steady rate; where it is no worse,
    `branching` is 0 and `decay` NaN. `residuals` are waits on the model's own clock, which are
    exponential with mean 1 if it holds; `ks_p_value` tests that (somewhat kindly, as the
    parameters come from the same events), NaN where events share a moment, `tied` of them.

    Look at `is_trend` first. True means that the kernel reaches so far that it follows a rise or
    fall over the window; its branching then says nothing of one shooting bringing on another.
    """

    background: float
    branching: float
    decay: float
    log_likelihood: float
    poisson_log_likelihood: float
    intervals: dict[str, tuple[float, float]] | None
    residuals: np.ndarray = field(repr=False)
    ks_p_value: float
    events: int
    tied: int
    horizon: float
    method: str = "maximum likelihood, exponential kernel, several starts"

    @property
    def is_trend(self):
        """Whether the mean wait is over a twentieth of the window."""
        return bool(self.branching > 0 and self.decay * self.horizon < _LONGEST)


def fit(t, *, horizon):
    """Fit events at times `t` (days from the start of observation, any order) until `horizon`.

    `t` has shape (events,), every one from 0 to `horizon`. Give one per incident. Times of day
    bring in the night: a rhythm of day and night looks like contagion within hours, and whole
    days leave it out. Returns `Fit`. Raises ValueError for fewer than 20 events, a time
    outside the window, or all events at one moment.
    """
    t, horizon = _times(t, horizon)
    steady = t.size / horizon
    flat = t.size * float(np.log(steady)) - t.size
    logs, value = _best(t, horizon)
    if value <= flat + 1e-9:
        parameters = np.array([steady, 0.0, np.nan])
        value, intervals = flat, None
    else:
        parameters, intervals = np.exp(logs), _intervals(t, horizon, logs)
    residuals, tied = _residuals(t, *parameters), int((np.diff(t) == 0).sum())
    return Fit(
        *map(float, parameters),
        log_likelihood=float(value),
        poisson_log_likelihood=flat,
        intervals=intervals,
        residuals=residuals,
        ks_p_value=float("nan") if tied else _ks(residuals),
        events=t.size,
        tied=tied,
        horizon=horizon,
    )


def _best(t, horizon):
    """Logarithms of the parameters at the highest top found, and its log-likelihood."""
    from ceasefire.statistics.self_excitation.compiled import climb, log_likelihood

    starts = _starts(t, horizon)
    height = [log_likelihood(t, horizon, *np.exp(start))[0] for start in starts]
    low, high = np.array(_bounds(t, horizon)).T
    hills = [
        climb(t, horizon, starts[nth], low, high, _MOST_STEPS)
        for nth in _apart(np.argsort(height)[::-1], starts)
    ]
    return max(hills, key=lambda hill: hill[1])


def _starts(t, horizon):
    """A grid of decays, from a third of the window to the closest events, by branching ratios."""
    decays = np.geomspace(3 / horizon, 1 / _closest(t), 16)
    share, decay = (grid.ravel() for grid in np.meshgrid([0.03, 0.2, 0.6], decays))
    return np.log(np.column_stack([(1 - share) * t.size / horizon, share, decay]))


def _bounds(t, horizon):
    """Below a hundredth of 1 / horizon the kernel is a straight line to the eye."""
    steady, fastest = np.log(t.size / horizon), np.log(10 / _closest(t))
    return [(steady - 20, steady + 1), (-25, 9), (np.log(1e-2 / horizon), fastest)]


def _closest(t):
    gaps = np.diff(t)
    return gaps[gaps > 0].min()


def _apart(order, starts):
    """The best starts whose decays differ, as neighbours climb one hill, and the fastest."""
    fastest = starts[:, 2].max()
    taken = [next(nth for nth in order if starts[nth][2] == fastest)]
    for nth in order:
        if all(starts[nth][2] != starts[other][2] for other in taken):
            taken.append(nth)
        if len(taken) == _HILLS:
            break
    return taken


def _intervals(t, horizon, logs):
    """95% limits on the scale of logarithms, from differences of the slopes."""
    from ceasefire.statistics.self_excitation.compiled import log_likelihood

    step = 1e-4
    curve = np.empty((3, 3))
    for nth, by in enumerate(step * np.eye(3)):
        ahead = log_likelihood(t, horizon, *np.exp(logs + by))[1:]
        behind = log_likelihood(t, horizon, *np.exp(logs - by))[1:]
        curve[nth] = (behind - ahead) / (2 * step)
    information = (curve + curve.T) / 2
    if np.linalg.eigvalsh(information).min() <= 0:
        return None
    error = np.sqrt(np.diag(np.linalg.inv(information)))
    limits = np.exp(np.column_stack([logs - _Z * error, logs + _Z * error]))
    names = ("background", "branching", "decay")
    return {
        name: (float(low), float(high)) for name, (low, high) in zip(names, limits, strict=True)
    }


def _residuals(t, background, branching, decay):
    """Expected events between one event and the next, the first counted from 0."""
    from ceasefire.statistics.self_excitation.compiled import excitement

    clock = background * t
    if branching:
        held, before = excitement(t, decay)
        clock = clock + branching * (before - held)
    return np.diff(clock, prepend=0.0)


def _ks(residuals):
    """Kolmogorov and Smirnov's p-value, Stephens's (1970) approximation: good from 20 events."""
    from scipy.special import kolmogorov

    n = residuals.size
    below = -np.expm1(-np.sort(residuals))
    at = np.arange(n + 1) / n
    apart = max((at[1:] - below).max(), (below - at[:-1]).max())
    return float(kolmogorov((np.sqrt(n) + 0.12 + 0.11 / np.sqrt(n)) * apart))


def _times(t, horizon):
    t = np.sort(inputs.vector(t, "t"))
    if not 0 < horizon < np.inf:
        raise ValueError(f"horizon: the length of observation in days, above 0; got {horizon!r}.")
    if t.size < _LEAST_EVENTS:
        raise ValueError(f"{t.size} events are too few; {_LEAST_EVENTS} is the least.")
    if t[0] < 0 or t[-1] > horizon:
        outside = t[0] if t[0] < 0 else t[-1]
        raise ValueError(
            f"t: {outside} lies outside 0 to {horizon}. Count days from the start of observation."
        )
    if t[0] == t[-1]:
        raise ValueError("All events are at one moment; there is no course of time to fit.")
    return t, float(horizon)
