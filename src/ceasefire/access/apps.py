from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ceasefire.access"
    label = "access"

    def ready(self):
        from ceasefire.access import declared  # noqa: F401
        from ceasefire.access.audit import checks as _audit  # noqa: F401
        from ceasefire.access.audit import policies, verbs  # noqa: F401
        from ceasefire.access.breach import declared as _breach  # noqa: F401
        from ceasefire.access.budgets import declared as _budgets  # noqa: F401
        from ceasefire.access.consent import policies as _consent  # noqa: F401
        from ceasefire.access.criminal_history import policies as _history  # noqa: F401
        from ceasefire.access.exceptional import policies as _exceptional  # noqa: F401
        from ceasefire.access.federal import policies as _federal  # noqa: F401
        from ceasefire.access.interests import policies as _interests  # noqa: F401
        from ceasefire.access.retention import copies
        from ceasefire.access.retention import policies as retention_policies  # noqa: F401
        from ceasefire.access.sign_in import checks, jobs, receivers  # noqa: F401

        verbs.registered()
        receivers.connect()
        copies.register()
