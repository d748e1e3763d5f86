"""The link chart in the access matrix."""

from ceasefire.registry.people.models import Person
from tests.access_matrix.declaring import Page
from tests.registry.people.matrix import a_hidden_person, a_person, surname


def around(maker):
    def made(reader):
        return ["person", *maker(reader)]

    return made


PAGES = {
    "links:chart": Page(
        around(a_person), hidden=around(a_hidden_person), model=Person,
        absent=["person", 10**9], planted=surname,
    ),
}  # fmt: skip
