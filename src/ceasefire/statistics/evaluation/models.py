"""Log-linear counts: one fit with every standard error that the designs need."""

from dataclasses import dataclass

import numpy as np

FAMILIES = ("quasi-poisson", "negative binomial")


@dataclass(frozen=True, eq=False)
class Fit:
    """`coefficients` (columns,), their covariance twice, `fitted` means (periods,).

    `model_covariance` stands on the family alone, `hac_covariance` on the residuals too
    (Newey and West, Bartlett weights). `dispersion` is Pearson's chi-square over its degrees of
    freedom under Poisson means; `alpha` is the negative binomial's, 0 for quasi-Poisson.
    """

    coefficients: np.ndarray
    model_covariance: np.ndarray
    hac_covariance: np.ndarray
    fitted: np.ndarray
    dispersion: float
    alpha: float

    def errors(self, direction):
        """Standard errors of a combination of coefficients: from the model, and HAC."""
        return tuple(
            float(np.sqrt(max(0.0, direction @ covariance @ direction)))
            for covariance in (self.model_covariance, self.hac_covariance)
        )


def fit(counts, design, offset, *, family, lags):
    """Maximum likelihood of counts (periods,) on a design (periods, columns), log link."""
    import statsmodels.api as sm

    if family not in FAMILIES:
        raise ValueError(f"family: one of {', '.join(map(repr, FAMILIES))}; got {family!r}.")
    _refuse_unidentified(design)
    poisson = sm.GLM(counts, design, family=sm.families.Poisson(), offset=offset)
    first = poisson.fit()
    dispersion = float(first.pearson_chi2 / first.df_resid)
    alpha, model, scale = 0.0, poisson, max(1.0, dispersion)
    if family == "negative binomial":
        alpha = _alpha(counts, design, offset, first.params)
        model, scale = _negative_binomial(counts, design, offset, alpha), 1.0
    found = model.fit(start_params=first.params, scale=scale)
    robust = model.fit(
        start_params=found.params, cov_type="HAC",
        cov_kwds={"maxlags": lags, "use_correction": False},
    )  # fmt: skip
    return Fit(
        coefficients=np.asarray(found.params),
        model_covariance=np.asarray(found.cov_params()),
        hac_covariance=np.asarray(robust.cov_params()),
        fitted=np.asarray(found.fittedvalues),
        dispersion=dispersion,
        alpha=alpha,
    )


def season(length, period):
    """Columns for the season: one per month or weekday; two waves where a period is longer.

    Shape (length, columns), the first season left out. 52 columns for the weeks of a year would
    eat a short series; two pairs of sine and cosine hold a year's shape.
    """
    at = np.arange(length)
    if period <= 12:
        return np.eye(period)[at % period][:, 1:]
    turns = 2 * np.pi * at[:, None] * np.array([1, 2]) / period
    return np.hstack([np.sin(turns), np.cos(turns)])


def _negative_binomial(counts, design, offset, alpha):
    import statsmodels.api as sm

    family = sm.families.NegativeBinomial(alpha=alpha)
    return sm.GLM(counts, design, family=family, offset=offset)


def _alpha(counts, design, offset, start):
    """The negative binomial's alpha by profile likelihood, down to all but Poisson."""
    from scipy.optimize import minimize_scalar

    def short(log_alpha):
        model = _negative_binomial(counts, design, offset, np.exp(log_alpha))
        return -model.fit(start_params=start).llf

    return float(np.exp(minimize_scalar(short, bounds=(-14, 2), method="bounded").x))


def _refuse_unidentified(design):
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(
            "The series cannot tell its terms apart: two of them (trend, season, the change, or "
            "a stratum) say the same of every period. Give a longer series or fewer strata."
        )
