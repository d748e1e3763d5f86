"""`./ceasefire keys`, as an administrator types it."""

from argparse import Namespace

import pytest

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.sealing import services
from ceasefire.access.sealing.commands import Keys
from ceasefire.config.running import Refused

pytestmark = pytest.mark.django_db


def run(verb, room="services", json=True):
    return Keys().run(Namespace(verb=verb, room=room, json=json))


def test_a_new_key_a_rotation_and_a_check(keys, operator, capsys):
    with identity.acting(identity.OPERATOR, Room.SERVICES):
        services.record_key_make(room=Room.SERVICES)
    assert run("new")["key"] == 2
    assert run("rotate") == {"room": "services", "key": 2, "wrapped": 1}
    assert run("rotate")["wrapped"] == 0
    run("check", json=False)
    assert "services: keys [1, 2]; key 2 wraps 1; 0 destroyed; only old backups need [1]" in (
        capsys.readouterr().out
    )


def test_a_check_refuses_when_a_key_is_missing(keys, operator):
    with identity.acting(identity.OPERATOR, Room.SERVICES):
        services.record_key_make(room=Room.SERVICES)
    keys.path(Room.SERVICES).unlink()
    with pytest.raises(Refused, match="Keys are missing in: services"):
        run("check")


def test_a_rotation_without_a_key_says_what_to_do(keys, operator):
    keys.path(Room.SHARED).unlink()
    with pytest.raises(Refused, match=r"\./ceasefire keys new shared"):
        run("rotate", "shared")


def test_only_an_administrator_handles_keys(keys):
    with identity.acting(Actor("analyst", Role.ANALYST, "police")), pytest.raises(Refused):
        run("new")
