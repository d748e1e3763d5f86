"""`./ceasefire keys`: the rooms' keys."""

import sys

from ceasefire.config.running import Refused
from ceasefire.kit.progress import bar


class Keys:
    def add_verbs(self, verbs, common):
        rooms = ("investigative", "shared", "services", "aggregate")
        new = verbs.add_parser("new", parents=[common], help="add a key to a room's file")
        rotate = verbs.add_parser(
            "rotate", parents=[common], help="wrap a room's record keys with its newest key"
        )
        for verb in (new, rotate):
            verb.add_argument("room", choices=rooms)
        verbs.add_parser("check", parents=[common], help="which keys there are and which are used")

    def run(self, arguments) -> dict | int:
        from ceasefire.access import identity
        from ceasefire.access.roles import Role
        from ceasefire.access.sealing.envelope import SealingError

        actor = identity.current()
        if not (actor.is_operator or actor.role == Role.ADMINISTRATOR):
            raise Refused(f"{actor.name} may not handle keys; a system administrator may.")
        try:
            return getattr(self, f"_{arguments.verb}")(arguments)
        except SealingError as error:
            raise Refused(str(error)) from error

    def _new(self, arguments) -> dict:
        from ceasefire.access.sealing import keyring

        key = keyring.make(arguments.room)
        where = str(keyring.path(arguments.room))
        _say(arguments, f"Key {key.id} of the room '{arguments.room}' is in {where}.")
        _say(arguments, "Copy the file to where your backups are not, before anything is sealed.")
        return {"room": arguments.room, "key": key.id, "file": where}

    def _rotate(self, arguments) -> dict:
        from ceasefire.access import identity
        from ceasefire.access.partitions import Room

        with identity.acting(identity.current(), Room(arguments.room)):
            return self._rotate_here(arguments)

    def _rotate_here(self, arguments) -> dict:
        from ceasefire.access.sealing import keyring, services

        current = keyring.current(arguments.room)
        waiting = services.to_wrap_again(arguments.room).count()
        done = 0
        with bar(f"Wrapping with key {current.id}", "keys") as advance:
            for batch in services.keys_wrap_again(room=arguments.room):
                done += batch
                advance(done / max(waiting, done), done)
        _say(arguments, f"{done:,} record keys are now wrapped by key {current.id}.")
        return {"room": arguments.room, "key": current.id, "wrapped": done}

    def _check(self, arguments) -> dict | int:
        from ceasefire.access.sealing.checking import room_states

        states = room_states()
        for state in states:
            _say(arguments, state.words)
        if any(state.missing for state in states):
            lost = ", ".join(state.room for state in states if state.missing)
            raise Refused(f"Keys are missing in: {lost}. Put them back from your copy.")
        return {"rooms": [state.as_dict() for state in states]}


def _say(arguments, text: str) -> None:
    if not arguments.json:
        print(text, file=sys.stdout)
