"""What every page's frame needs: the room, the reader and the parts that the reader may enter."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from ceasefire import __version__
from ceasefire.access.models import Agency
from ceasefire.web import navigation
from ceasefire.web.rooms import band_of

ACCOUNT_PAGES = (
    ("account_change_password", _("Password")),
    ("mfa_index", _("Second step of signing in")),
    ("usersessions_list", _("Where you are signed in")),
    ("account_attest", _("Attestation on immigration enforcement")),
)
VERSION = __version__


def page(request):
    gate, actor = getattr(request, "gate", None), getattr(request, "actor", None)
    return {
        "gate": gate,
        "actor": actor,
        "band": band_of(gate, actor, request.resolver_match),
        "agency": SimpleLazyObject(lambda: Agency.objects.filter(pk=actor.agency_id).first()),
        "city": getattr(request, "city", None),
        "menu": SimpleLazyObject(lambda: list(navigation.menu(actor, request.resolver_match))),
        "account_pages": ACCOUNT_PAGES,
        "as_of": timezone.now(),
        "version": VERSION,
    }
