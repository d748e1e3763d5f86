"""Signing out ends the session in the database too."""

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from ceasefire.access.asking import session_end


@receiver(user_logged_out)
def end_in_the_database(sender, request, **_):
    if request is not None and getattr(request.session, "secret", ""):
        session_end(request.session.secret)
