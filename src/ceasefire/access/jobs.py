"""The jobs of this app, where the worker looks for them."""

from ceasefire.access.audit import jobs as audit_jobs  # noqa: F401
