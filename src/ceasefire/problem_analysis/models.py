"""Every model of the problem analysis, where Django looks for them."""

from ceasefire.problem_analysis.sessions.models import (  # noqa: F401
    Attendee,
    Code,
    Contest,
    Guest,
    Listed,
    Session,
    Settlement,
    Walked,
)
from ceasefire.problem_analysis.study.models import (  # noqa: F401
    Edition,
    Finding,
    PublicEdition,
    Reference,
    Study,
)
