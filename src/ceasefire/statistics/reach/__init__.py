"""Reach: whom to invite so that the message comes to everyone, by themselves or by a tie.

A person is reached when they are invited or tied to someone who is. Everyone wants reaching, also
those who may not be invited (`eligible` narrows the invitation alone). Answers are proven optimal
by a solver, HiGHS, or say that they are not and by how much at most they fall short.

The result is a list of invitations that covers a network. It says nothing about any person's
danger or conduct, and the people on it have no order.

Wheeler, A. P., McLean, S. J., Becker, K. J., Worden, R. E. (2019). Choosing representatives to
deliver the message in a group violence intervention. Justice Evaluation Journal 2: 93-117. The
problems are the minimum dominating set and maximum coverage.
"""

from ceasefire.statistics.reach.beside import Observed, observed
from ceasefire.statistics.reach.budget import Most, most
from ceasefire.statistics.reach.cover import Fewest, fewest

__all__ = ["Fewest", "Most", "Observed", "fewest", "most", "observed"]
