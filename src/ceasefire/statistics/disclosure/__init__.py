"""Disclosure: no small count in a public table, and none that can be worked out from the rest.

Cells of 1 to 10 (primary) are left out, and with them as many others (complementary) as it takes: a
reader who knows every cell that is shown, that rows and columns add up to their totals and that
nothing left out is nought (noughts are shown) must not be able to work a cell out. A solver proves
it for every cell of every table before the table is handed over.

What is promised: as far as that reader can tell, a primary cell may have more than `high`
different counts. So nobody can tell a small cell from one that is left out beside it, and the cells
left out of one row or column never add up to a small count that is known. Any other cell left out
may have at least two counts. Noughts are shown, since leaving out other cells always suffices.

What is not: a reader who knows some of the people, who finds the same counts in another table
(suppress tables that share cells as one), or who knows this method and tries every table it could
have been given.

Cox, L. H. (1980). Suppression methodology and statistical disclosure control. Journal of the
American Statistical Association 75: 377-385. Fischetti, M., Salazar, J. J. (2000). Models and
algorithms for optimizing cell suppression in tabular data with linear constraints. Journal of the
American Statistical Association 95: 916-928.
"""

from ceasefire.statistics.disclosure.proof import Intervals, intervals
from ceasefire.statistics.disclosure.suppression import suppress

__all__ = ["Intervals", "intervals", "suppress"]
