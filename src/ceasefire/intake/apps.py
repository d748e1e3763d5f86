from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ceasefire.intake"
    label = "intake"

    def ready(self):
        from ceasefire.intake import policies, purposes  # noqa: F401
