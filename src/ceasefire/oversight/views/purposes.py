"""What people said they looked for, with the words that the log does not keep."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from ceasefire.access.gates import gate
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.selectors import purposes_stated
from ceasefire.oversight.labels import names_of
from ceasefire.oversight.readers import AUDITOR

# The purposes of some weeks; older ones stand in the log, and go from here after ninety days.
NEWEST, PER_PAGE = 2000, 50


@gate(Room.AGGREGATE, full=AUDITOR)
def purposes(request):
    page = Paginator(purposes_stated(NEWEST), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(one.user_id for one in page)
    context = {
        "columns": [_("From"), _("Until"), _("Who"), _("Room"), _("For"), _("Words")],
        "rows": [
            [one.stated, one.over, names.get(one.user_id, _("the operator"))]
            + [Room(one.room).label, one.key, one.words]
            for one in page
        ],
        "page": page,
    }
    return render(request, "oversight/purposes.html", context)
