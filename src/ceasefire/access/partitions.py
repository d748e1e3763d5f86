"""The four rooms. A page, a model and a database role belong to exactly one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Room(TextChoices):
    INVESTIGATIVE = "investigative", _("Law enforcement")
    SHARED = "shared", _("Shared")
    SERVICES = "services", _("Services (confidential)")
    AGGREGATE = "aggregate", _("Statistics only")
    # Sign-in and one's own account hold nothing of any room.
    ACCOUNT = "account", _("Your account")


# What lies in one of these belongs to those who work there, and to nobody else.
CLOSED_ROOMS = (Room.INVESTIGATIVE, Room.SHARED, Room.SERVICES)
