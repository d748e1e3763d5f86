"""What one row of a file about people tells, in the register's own words."""

from dataclasses import dataclass, field, fields
from datetime import date


@dataclass(frozen=True)
class Who:
    """Somebody as an agency has written them. Texts are empty where nothing is known."""

    number: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    alias: str = ""
    born: date | None = None
    sex: str = ""
    race: str = ""
    address: str = ""
    phone: str = ""
    plate: str = ""
    state_number: str | None = None
    died_on: date | None = None

    @property
    def says_somebody(self) -> bool:
        return bool(self.number or self.given or self.family or self.alias)

    def as_text(self) -> str:
        """All that it says, in one text; two ways of writing the same letters are the same."""
        told = ((one.name, getattr(self, one.name)) for one in fields(self))
        return "\x1f".join(f"{name}={str(value).casefold()}" for name, value in told if value)


@dataclass(frozen=True)
class Row:
    """One fact of one row. who: None where the row names no one (ballistic leads).

    facts: by the model's own field names, and `incident_number` where the row names a shooting.
    """

    number: int
    who: Who | None
    facts: dict = field(default_factory=dict)

    @property
    def case_numbers(self) -> list[str]:
        """The numbers by which somebody may look for the row: of its report, of its shooting."""
        told = (self.facts.get(name) for name in ("number", "incident_number"))
        return [one for one in told if one]

    def as_text(self) -> str:
        told = sorted((name, value) for name, value in self.facts.items() if value is not None)
        return "\x1f".join(f"{name}={str(value).casefold()}" for name, value in told)
