"""What the log says of retention, holds and orders."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("retention.hold_requested", _("asked for a legal hold"))
audit.verb("retention.hold_extended", _("put a record under a legal hold"))
audit.verb("retention.hold_approved", _("approved a legal hold, or renewed it"))
audit.verb("retention.hold_ended", _("ended a legal hold"))
audit.verb("retention.hold_lapsed", _("a legal hold lapsed: nobody renewed it"))
audit.verb("retention.court_copy_kept", _("kept recalled text for counsel and the court"))
audit.verb("retention.court_copy_opened", _("opened text that is kept for counsel and the court"))
audit.verb("retention.log_removal_asked", _("asked to remove the oldest part of the audit log"))
audit.verb("retention.log_removed", _("removed the oldest part of the audit log"))
audit.verb("retention.order_received", _("took in a court's order to destroy records"))
audit.verb("retention.order_found", _("found a record under an order; nobody is shown it now"))
audit.verb("retention.order_sealed", _("finished the search for an order"))
audit.verb("retention.order_carried_out", _("carried out an order"))
audit.verb("retention.order_returned", _("certified and returned an order"))
audit.verb("retention.order_withdrawn", _("withdrew an order"))
audit.verb("retention.order_alarm", _("an order has been open for 45 days"))
audit.verb("retention.order_breach", _("an order was not returned within 60 days"))
audit.verb("retention.purged", _("purged what was due; a certificate says how much"))
audit.verb("retention.reviewed", _("reviewed a record and kept it longer"))
audit.verb("retention.rule_set", _("published how long a class of records is kept"))
audit.verb("retention.rules_applied", _("brought purge dates within the rules in force"))
