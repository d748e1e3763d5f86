from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "ceasefire.rights"
    label = "rights"

    def ready(self):
        from ceasefire.rights import policies, purposes  # noqa: F401
