from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ceasefire.registry"
    label = "registry"

    def ready(self):
        from ceasefire.registry import policies, purposes  # noqa: F401
        from ceasefire.registry.matching import policies as _matching  # noqa: F401
        from ceasefire.registry.merging import policies as _merging  # noqa: F401
        from ceasefire.registry.people import policies as _people  # noqa: F401
