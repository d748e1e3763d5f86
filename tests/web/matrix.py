"""The first page and the choice of language in the access matrix."""

from tests.access_matrix.declaring import Page

PAGES = {
    "this_week": Page(planted=lambda _reader: "<h1>This week</h1>"),
    "language": Page(form=lambda _reader: {"language": "es"}, changes=False),
}
