"""What signing in keeps: kept drafts, the standing of passwords, invitations, the usage notice."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class DraftKept(models.Model):
    """What somebody had typed when the session locked, sealed, for that page and person alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    path = models.CharField(max_length=500)
    sealed = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="one_draft_per_page_and_person")
        ]


class PasswordStanding(models.Model):
    """Whether a password must be looked at again at the next sign-in, or changed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True
    )
    recheck_due = models.BooleanField(default=False)
    must_change = models.BooleanField(default=False)


class SignOnInvitation(models.Model):
    """A one-time link by which the holder of an account ties the agency's own sign-on to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    provider = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class UsageNotice(models.Model):
    """The words that everybody accepts by signing in, one row for each language."""

    language = models.CharField(max_length=10, primary_key=True)
    words = models.TextField()
