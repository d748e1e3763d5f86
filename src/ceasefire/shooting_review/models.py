"""What the weekly packet keeps between runs."""

from django.db import models

from ceasefire.access.policies import PolicyManager


class FittedBands(models.Model):
    """The city's own near-repeat table, fitted over a long window and kept until refitted.

    A packet reads these, so that its time does not depend on how many years are loaded.
    """

    window_start = models.DateField()
    window_end = models.DateField()
    incidents = models.PositiveIntegerField()
    fitted_at = models.DateTimeField(auto_now_add=True)
    settings = models.JSONField()
    bands = models.JSONField()

    objects = PolicyManager()

    class Meta:
        ordering = ["-window_end", "-id"]
        verbose_name_plural = "fitted bands"

    def __str__(self):
        return f"{self.window_start} to {self.window_end}"
