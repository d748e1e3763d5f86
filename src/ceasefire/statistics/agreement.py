"""How far two coders agree beyond chance: Cohen's kappa and Gwet's AC1.

With p the share of pairs in which both say the same, a the shares of each label with the first
coder, b those with the second, and q labels:

    kappa = (p - e) / (1 - e),  e = sum(a_k * b_k)
    AC1   = (p - g) / (1 - g),  g = sum(m_k * (1 - m_k)) / (q - 1),  m_k = (a_k + b_k) / 2

Where almost everything has one label kappa falls towards nought though the coders agree (the
paradox of Feinstein and Cicchetti); AC1 does not.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
Measurement 20: 37-46. Gwet, K. L. (2008). Computing inter-rater reliability and its variance in
the presence of high agreement. British Journal of Mathematical and Statistical Psychology 61:
29-48. Feinstein, A. R., Cicchetti, D. V. (1990). High agreement but low kappa: I. Journal of
Clinical Epidemiology 43: 543-549.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

# Of a standard normal: 95% lie within.
Z = 1.959963984540054


def table(a: Sequence, b: Sequence, labels: Iterable[Hashable] | None = None) -> np.ndarray:
    """How often the first coder's label (rows) met the second's (columns); shape (q, q), counts.

    Pairs in which either is missing (None, NaN or "") are dropped. labels: the whole scale, in its
    order; left out, those that occur. Raises ValueError where the two are not of one length, no
    pair is left, or a label is not on the scale.
    """
    if len(a) != len(b):
        raise ValueError(f"Two coders' labels are in pairs; these are {len(a)} and {len(b)}.")
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if not (_missing(x) or _missing(y))]
    if not pairs:
        raise ValueError("No pair is left in which both coders gave a label.")
    found = labels if labels is not None else sorted({one for pair in pairs for one in pair})
    at = {label: nth for nth, label in enumerate(found)}
    counts = np.zeros((len(at), len(at)), dtype=np.int64)
    for x, y in pairs:
        if x not in at or y not in at:
            raise ValueError(f"{(x if x not in at else y)!r} is not on the scale.")
        counts[at[x], at[y]] += 1
    return counts


def _missing(label) -> bool:
    return label is None or label != label or (isinstance(label, str) and label == "")


def kappa(a: Sequence, b: Sequence) -> float:
    """Cohen's kappa of two coders' labels, from -1 to 1.

    NaN where both used one and the same label alone: nothing but that was to be expected, and
    kappa is not defined. Missing pairs are dropped. Raises ValueError as `table` does.
    """
    return kappa_of(table(a, b))


def ac1(a: Sequence, b: Sequence, labels: Iterable[Hashable] | None = None) -> float:
    """Gwet's AC1 of two coders' labels, from -1 to 1.

    labels: the whole scale; left out, the labels that occur. NaN where the scale has one label.
    Missing pairs are dropped. Raises ValueError as `table` does.
    """
    return ac1_of(table(a, b, labels))


def kappa_of(counts: np.ndarray) -> float:
    """Kappa of a table of counts, shape (q, q)."""
    shares = counts / counts.sum()
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    # Shares are counts over their sum: one label alone gives one to the last bit or two.
    if expected > 1 - 1e-12:
        return float("nan")
    return float((np.trace(shares) - expected) / (1 - expected))


def ac1_of(counts: np.ndarray) -> float:
    """AC1 of a table of counts, shape (q, q)."""
    labels = len(counts)
    if labels < 2:
        return float("nan")
    shares = counts / counts.sum()
    mean = (shares.sum(axis=1) + shares.sum(axis=0)) / 2
    expected = float((mean * (1 - mean)).sum() / (labels - 1))
    return float((np.trace(shares) - expected) / (1 - expected))


def interval(
    counts: np.ndarray, of: Callable[[np.ndarray], float] = kappa_of
) -> tuple[float, float]:
    """95% interval of a coefficient by the jackknife, each pair left out once; from -1 to 1.

    Pairs in one cell of the table count alike, so it takes as many steps as cells are filled.
    (NaN, NaN) for fewer than two pairs, or where leaving one out leaves nothing defined.
    """
    n = int(counts.sum())
    if n < 2:
        return float("nan"), float("nan")
    times, without = [], []
    for cell in zip(*np.nonzero(counts), strict=True):
        fewer = counts.copy()
        fewer[cell] -= 1
        times.append(int(counts[cell]))
        without.append(of(fewer))
    weights, left_out = np.array(times), np.array(without)
    mean = (weights * left_out).sum() / n
    error = float(np.sqrt((n - 1) / n * (weights * (left_out - mean) ** 2).sum()))
    here = of(counts)
    return max(-1.0, here - Z * error), min(1.0, here + Z * error)
