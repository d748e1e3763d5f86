"""The search page in the access matrix."""

from tests.access_matrix.declaring import Page

PAGES = {"people:find": Page(planted=lambda _reader: "Find a person")}
