from django.apps import AppConfig


class ShootingReviewConfig(AppConfig):
    name = "ceasefire.shooting_review"
    label = "shooting_review"

    def ready(self):
        from ceasefire.shooting_review import policies, purposes  # noqa: F401
