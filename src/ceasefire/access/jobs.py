"""The jobs of this app, where the worker looks for them."""

from ceasefire.access.audit import jobs as audit_jobs  # noqa: F401
from ceasefire.access.budgets import jobs as budget_jobs  # noqa: F401
from ceasefire.access.exports import jobs as export_jobs  # noqa: F401
from ceasefire.access.retention import jobs as retention_jobs  # noqa: F401
