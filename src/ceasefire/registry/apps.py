from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ceasefire.registry"
    label = "registry"

    def ready(self):
        from ceasefire.registry import policies  # noqa: F401
