"""T15: whether a suspect was arrested or charged, as far as files about people say."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.history import NOBODY
from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, People
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence
from ceasefire.registry.people.models import Contact, Involvement

Role = Involvement.Role
ABOUT = About(
    number="T15",
    chapter="incidents",
    title=_("Whether a suspect was arrested or charged"),
    definition=_(
        "Shootings for which a file names a suspect who was charged; else one who was arrested, by "
        "their part in it or by an arrest that names the shooting; else one who was neither. This "
        "is not the police's clearance: it knows no case closed in another way, and no arrest that "
        "is not in the register."
    ),
    unit=_("shootings; one with several suspects counts once, by the furthest step"),
    denominator=_("all shootings of the study"),
    method=_(
        "Counts as the register stands now. An arrest that names the shooting counts only where "
        "the same person is a suspect of it. Newer shootings have had less time, which the table "
        "by year shows."
    ),
)
STEPS = (
    ("charged", _("A suspect charged")), ("arrested", _("A suspect arrested, no charge told")),
    ("suspect", _("A suspect named, no arrest told")), ("nobody", _("No suspect named")),
)  # fmt: skip
MADE = ("charged", "arrested")
FATAL = "fatal"


def build(material: Material) -> Found | Lacking:
    people = material.people
    if people is None:
        return NOBODY
    if not (people.involved["side"] == SUSPECT).any():
        return Lacking(Sentence(_(
            "No file names a suspect of any of these shootings. A file of the people in shootings "
            "with suspects, arrests and charges would."
        )))  # fmt: skip
    of = material.incidents.assign(step=steps(people, material.incidents["id"]))
    return Found(
        sentences=[
            Sentence(_("A suspect was arrested or charged for %(n)s of the shootings: %(fatal)s of "
                       "the fatal ones, %(other)s of the others."),
                     cells={"n": Cell("made", "all", "share"),
                            "fatal": Cell("made", "fatal", "share"),
                            "other": Cell("made", "other", "share")}),
        ],
        tables=[_steps(of), _made(of), _years(of)],
        figures=[
            Figure("years", "named", _("Share of shootings with an arrest or a charge"),
                   Sentence(_("In per cent, by the year of the shooting; the newest have had less "
                              "time.")),
                   table="years", columns=["share"]),
        ],
    )  # fmt: skip


def steps(people: People, incidents: pd.Series) -> pd.Series:
    """Of each shooting the furthest step, in its order."""
    of = people.involved[people.involved["side"] == SUSPECT]
    arrests = people.contacts[people.contacts["kind"] == Contact.Kind.ARREST]
    both = of.merge(arrests[["person", "incident"]].dropna(), on=["person", "incident"])
    found = pd.Series("nobody", index=incidents.index)
    found[incidents.isin(of["incident"])] = "suspect"
    arrested = {*of.loc[of["role"] == Role.ARRESTED, "incident"], *both["incident"]}
    found[incidents.isin(arrested)] = "arrested"
    found[incidents.isin(of.loc[of["role"] == Role.CHARGED, "incident"])] = "charged"
    return found


def _steps(of: pd.DataFrame) -> Table:
    fatal = of["kind"] == FATAL
    rows = [Row(key, label, _counts(of["step"] == key, fatal, len(of))) for key, label in STEPS]
    everybody = pd.Series(True, index=of.index)
    rows.append(Row("all", _("All"), _counts(everybody, fatal, len(of)), total=True))
    columns = (Column("fatal", _("Fatal")), Column("other", _("Not fatal")),
               Column("n", _("All")), Column("share", _("Share"), Unit.SHARE))  # fmt: skip
    return Table("steps", _("Shootings by what became of a suspect"), _("Furthest step"),
                 Of.SHOOTINGS, columns, rows, whole="n")  # fmt: skip


def _counts(so: pd.Series, fatal: pd.Series, every: int) -> list:
    n = int(so.sum())
    return [int((so & fatal).sum()), int((so & ~fatal).sum()), n, share(n, every)]


def _row(key: str, label, of: pd.DataFrame, **more) -> Row:
    n = int(of["step"].isin(MADE).sum())
    return Row(key, label, [n, len(of) - n, len(of), share(n, len(of))], **more)


COLUMNS = (
    Column("n", _("Arrest or charge")), Column("rest", _("Neither told")),
    Column("all", _("Shootings")), Column("share", _("Share"), Unit.SHARE),
)  # fmt: skip


def _made(of: pd.DataFrame) -> Table:
    fatal = of["kind"] == FATAL
    rows = [_row("fatal", _("Fatal"), of[fatal]), _row("other", _("Not fatal"), of[~fatal]),
            _row("all", _("All"), of, total=True)]  # fmt: skip
    return Table("made", _("Shootings with an arrest or a charge"), _("Shootings"), Of.SHOOTINGS,
                 COLUMNS, rows, whole="all")  # fmt: skip


def _years(of: pd.DataFrame) -> Table:
    years = of["on"].dt.year
    rows = [_row(str(year), str(year), of[years == year]) for year in sorted(years.unique())]
    return Table("years", _("Shootings with an arrest or a charge, by year of the shooting"),
                 _("Year"), Of.SHOOTINGS, COLUMNS, rows, whole="all")  # fmt: skip
