from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ceasefire.access"
    label = "access"

    def ready(self):
        from ceasefire.access import declared  # noqa: F401
        from ceasefire.access.audit import policies  # noqa: F401
        from ceasefire.access.retention import copies
        from ceasefire.access.retention import policies as retention_policies  # noqa: F401
        from ceasefire.access.sign_in import checks, jobs, receivers  # noqa: F401

        receivers.connect()
        copies.register()
