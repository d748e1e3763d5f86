from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ceasefire.access"
    label = "access"

    def ready(self):
        from ceasefire.access import declared  # noqa: F401
        from ceasefire.access.audit import checks as _audit  # noqa: F401
        from ceasefire.access.audit import (
            policies,  # noqa: F401
            verbs,
        )
        from ceasefire.access.breach import declared as _breach  # noqa: F401
        from ceasefire.access.budgets import declared as _budgets  # noqa: F401
        from ceasefire.access.sign_in import checks, jobs, receivers  # noqa: F401

        verbs.registered()
        receivers.connect()
