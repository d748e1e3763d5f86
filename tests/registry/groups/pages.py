"""The staff at the pages, each having said what for."""

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.models import User
from tests.people import Person


@pytest.fixture
def at(staff, why, one_day):
    """at("analyst"): a browser of that person, who has said what they look for."""

    def browser(name):
        client = Person()
        with identity.showing(*identity.NOBODY):
            user = User.objects.get(pk=staff[name].user_id)
        client.force_login(user)
        client.post(reverse("conflicts:conflicts"), {"state_purpose": "choose", "key": why})
        return client

    return browser


def shown(client, name, *words, status=200) -> str:
    answer = client.get(reverse(name, args=words))
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def sent(client, page, /, *words, **form):
    return client.post(reverse(page, args=words), form)
