"""Who did what, written before the answer leaves and sealed within the minute.

Views and services say `audit.record(...)`; every page that says nothing is recorded by the
middleware. Nobody changes a row: the database takes rows by one function and gives them to
auditors by a few.
"""

from ceasefire.access.audit.recording import NotRecorded, key_of, record, record_apart
from ceasefire.access.audit.verbs import UnknownVerb, sentence, verb

__all__ = ["NotRecorded", "UnknownVerb", "key_of", "record", "record_apart", "sentence", "verb"]
