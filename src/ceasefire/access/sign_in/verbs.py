"""What the log says of locks, links and passphrases."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("access.lock_lifted", _("lifted the lock of a name"))
audit.verb("access.passphrase_given", _("made a passphrase for an account"))
audit.verb("access.sign_on_invited", _("made a link that ties an agency's sign-on to an account"))
