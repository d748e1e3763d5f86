from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ceasefire.registry"
    label = "registry"

    def ready(self):
        from ceasefire.registry import checks, policies, purposes  # noqa: F401
        from ceasefire.registry.affiliations import policies as _affiliations  # noqa: F401
        from ceasefire.registry.conflicts import policies as _conflicts  # noqa: F401
        from ceasefire.registry.groups import policies as _groups  # noqa: F401
        from ceasefire.registry.matching import policies as _matching  # noqa: F401
        from ceasefire.registry.merging import policies as _merging  # noqa: F401
        from ceasefire.registry.people import policies as _people  # noqa: F401
        from ceasefire.registry.people import rights  # noqa: F401
        from ceasefire.registry.prior_lists import policies as _prior_lists  # noqa: F401
        from ceasefire.registry.search import policies as _search  # noqa: F401
        from ceasefire.registry.sources import policies as _sources  # noqa: F401
