"""`./ceasefire code` and `./ceasefire sign-in`."""

import sys
from pathlib import Path

from ceasefire.config.running import Refused


class Code:
    """The time-based code of a demo's account, as its authenticator would show it now."""

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="USER")

    def run(self, arguments) -> dict:
        from ceasefire.access.sign_in import demo_codes

        if not arguments.home.is_demo:
            raise Refused(f"{arguments.home.path} is no demo; its people have their own codes.")
        user = _user(arguments.username)
        if not demo_codes.marked().filter(user=user).exists():
            raise Refused(f"'{user.username}' has no code that this demo made.")
        code = demo_codes.code_now(demo_codes.enrol(user))
        if not arguments.json:
            print(code)
        return {"user": user.username, "code": code}


class SignIn:
    def add_verbs(self, verbs, common):
        release = verbs.add_parser("release", help="lift a lock at once", parents=[common])
        release.add_argument("username", metavar="USER")
        release.set_defaults(act=_release)
        invite = verbs.add_parser(
            "invite", help="a one-time link that ties an agency's sign-on", parents=[common]
        )
        invite.add_argument("username", metavar="USER")
        invite.add_argument("--provider", required=True, help="its id in sign-on.json")
        invite.set_defaults(act=_invite)
        notice = verbs.add_parser(
            "notice", help="show or set the words accepted by signing in", parents=[common]
        )
        notice.add_argument("--language", default="en", choices=["en", "es"])
        notice.add_argument("--file", type=Path, help="a text file; without it, show the words")
        notice.set_defaults(act=_notice)

    def run(self, arguments) -> dict:
        from ceasefire.access import identity

        # Accounts, their locks and the notice lie outside every room.
        with identity.outside_rooms():
            return arguments.act(arguments)


def _release(arguments) -> dict:
    from ceasefire.access.policies import NotPermitted
    from ceasefire.access.sign_in import lockout

    try:
        lockout.account_release(username=arguments.username)
    except NotPermitted as refusal:
        raise Refused(str(refusal)) from refusal
    print(f"{arguments.username} may sign in again.", file=sys.stderr)
    return {"released": arguments.username}


def _invite(arguments) -> dict:
    from django.conf import settings
    from django.urls import reverse

    from ceasefire.access.policies import NotPermitted
    from ceasefire.access.sign_in import invitations

    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    known = [app["provider_id"] for app in apps]
    if arguments.provider not in known:
        raise Refused(f"secrets/sign-on.json names {known or 'no provider'}; choose one of it.")
    try:
        token = invitations.invite(user=_user(arguments.username), provider=arguments.provider)
    except NotPermitted as refusal:
        raise Refused(str(refusal)) from refusal
    path = reverse("account_invited", args=[token])
    if not arguments.json:
        print(path)
    return {"user": arguments.username, "path": path}


def _notice(arguments) -> dict:
    from django.utils import translation

    from ceasefire.access import identity
    from ceasefire.access.roles import Role
    from ceasefire.access.sign_in.notice import usage_notice, usage_notice_set

    if arguments.file:
        actor = identity.current()
        if not (actor.is_operator or actor.role == Role.ADMINISTRATOR):
            raise Refused(f"{actor.name} may not set the notice; a system administrator may.")
        usage_notice_set(language=arguments.language, words=_text_of(arguments.file))
    with translation.override(arguments.language):
        words = usage_notice()
    if not arguments.json:
        print(words)
    return {"language": arguments.language, "words": words}


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not written in UTF-8.") from error


def _user(username: str):
    from ceasefire.access.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(f"There is no account '{username}' in this home.")
    return user
