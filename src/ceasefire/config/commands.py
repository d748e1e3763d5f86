"""`./ceasefire --help`: what the product can do, as a table of contents.

Each app keeps its verbs in its own `commands.py`: a class with `help`, `add_arguments(parser)`
and `run(arguments)`, which returns what `--json` prints (or None).
"""

import argparse
import importlib
import json
import os
import sys
from dataclasses import dataclass

from ceasefire.config.home import Home

EXIT_REFUSED, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130


@dataclass(frozen=True)
class Verb:
    name: str
    help: str
    where: str  # "module:Class"
    # What the verb needs brought up for it: "nothing", "product" or "product and asker".
    needs: str = "product and asker"
    home: str = "ceasefire"


CONTENTS = {
    "Start here": (
        Verb("demo", "build the synthetic city and open it in the browser",
             "ceasefire.demo.commands:Demo", needs="nothing", home="ceasefire-demo"),
        Verb("serve", "serve an installed home to its users",
             "ceasefire.web.commands:Serve", needs="nothing"),
    ),
    "Facts arrive": (
        Verb("intake", "preview, load and follow a city's files",
             "ceasefire.intake.commands:Intake", needs="nothing"),
        Verb("city", "set the city's name, time zone, projection and boundary layers",
             "ceasefire.registry.commands:SetCity"),
        Verb("link", "find which records of people's files are one person's",
             "ceasefire.registry.linkage.commands:Link", needs="nothing"),
    ),
    "Weekly": (
        Verb("packet", "the packet for one week's shooting review",
             "ceasefire.shooting_review.commands:Packet"),
    ),
    "Once a year, or whenever somebody asks": (
        Verb("study", "build the problem analysis, freeze it, publish it, compare two",
             "ceasefire.problem_analysis.study.commands:Study"),
    ),
    "Who may see what": (
        Verb("account", "add agencies and open accounts", "ceasefire.access.commands:Account"),
        Verb("agreement", "record or end the agreement under which an agency takes part",
             "ceasefire.access.commands:AgreementOf"),
        Verb("certify", "confirm for a year that somebody has the role",
             "ceasefire.access.commands:Certify"),
        Verb("sign-in", "release a locked account, invite to a sign-on, set the usage notice",
             "ceasefire.access.sign_in.commands:SignIn"),
        Verb("code", "the time-based code of a demo's account, now",
             "ceasefire.access.sign_in.commands:Code", needs="product", home="ceasefire-demo"),
        Verb("access", "explain in words why somebody sees a page or a record, or why not",
             "ceasefire.access.commands:Access", needs="product"),
        Verb("audit", "seal and verify the audit log",
             "ceasefire.access.audit.commands:Audit"),
        Verb("retention", "what is due, purge it, report, replay after a restore",
             "ceasefire.access.retention.commands:Retention"),
        Verb("routes", "every page, its room and the roles that may enter",
             "ceasefire.access.commands:Routes", needs="product"),
        Verb("keys", "the rooms' keys: add, rotate, check",
             "ceasefire.access.sealing.commands:Keys"),
        Verb("search", "make the numbers by which people are found anew",
             "ceasefire.registry.search.commands:Search"),
        Verb("export", "whose export a file came from",
             "ceasefire.access.exports.commands:Exports"),
        Verb("holidays", "the days on which nobody is expected to review",
             "ceasefire.access.exceptional.commands:Holidays"),
        Verb("inventory", "every table and field: what, whose, from where, kept how long",
             "ceasefire.access.commands:Inventory", needs="product"),
    ),
    "For the people who build it": (
        Verb("test", "run the whole suite", "ceasefire.config.development:Test", needs="nothing"),
        Verb("lint", "check style, imports and translations",
             "ceasefire.config.development:Lint", needs="nothing"),
        Verb("bench", "measure against a named peer or floor",
             "ceasefire.config.development:Bench", needs="nothing"),
        Verb("lock", "write the locked dependencies again",
             "ceasefire.config.development:Lock", needs="nothing"),
        Verb("translations", "collect the texts that want translating",
             "ceasefire.config.development:Translations", needs="nothing"),
        Verb("manage", "Django's own commands (operator only)",
             "ceasefire.config.development:Manage", needs="product"),
    ),
}  # fmt: skip


def _table_of_contents() -> str:
    lines = ["Ceasefire, from a shooting to what came of it.", "", "usage: ./ceasefire VERB ..."]
    for chapter, verbs in CONTENTS.items():
        lines += ["", chapter, *(f"  {verb.name:<14}{verb.help}" for verb in verbs)]
    lines += ["", "./ceasefire VERB --help says more. Every verb takes --home DIR."]
    return "\n".join(lines)


def _find(name: str) -> Verb | None:
    return next((verb for verbs in CONTENTS.values() for verb in verbs if verb.name == name), None)


def main(words: list[str] | None = None) -> None:
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in ("-h", "--help", "help"):
        print(_table_of_contents())
        sys.exit(0 if words else EXIT_USAGE)
    if (broken := next((word for word in words if not _is_text(word)), None)) is not None:
        print(f"This word is not written in UTF-8: {broken!a}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    verb = _find(words[0])
    if verb is None:
        print(f"There is no verb '{words[0]}'.\n\n{_table_of_contents()}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    sys.exit(_run(verb, words[1:]))


def _is_text(word: str) -> bool:
    """Bytes that are no text reach Python as half characters, which nothing can store or print."""
    return not any("\ud800" <= letter <= "\udfff" for letter in word)


def _run(verb: Verb, words: list[str]) -> int:
    from ceasefire.config.running import Refused
    from ceasefire.kit.postgres import PostgresError

    module, name = verb.where.split(":")
    command = getattr(importlib.import_module(module), name)()
    arguments, home = _parse(verb, command, words)
    try:
        answer = _with_needs(verb, command, arguments, home)
        if arguments.json and isinstance(answer, dict):
            print(json.dumps(answer, default=str), flush=True)
    except (Refused, PostgresError) as refusal:
        return _refused(arguments, str(refusal))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refused(arguments, f"{error.filename or verb.name}: {error.strerror or error}")
    return answer if isinstance(answer, int) else 0


def _refused(arguments: argparse.Namespace, why: str) -> int:
    print(f"ceasefire: {why}", file=sys.stderr)
    if arguments.json:
        print(json.dumps({"refused": why}))
    return EXIT_REFUSED


def parser_of(verb: Verb, command) -> argparse.ArgumentParser:
    """What a verb takes, with the words that all of them take."""
    parser = argparse.ArgumentParser(prog=f"./ceasefire {verb.name}", description=verb.help)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", metavar="DIR", help="the folder that holds all state")
    common.add_argument("--as", dest="as_user", metavar="USER", help="the account that asks")
    common.add_argument(
        "--purpose", metavar="KIND:NUMBER", default="",
        help="the meeting, case or referral that the work is for, where it is sensitive",
    )  # fmt: skip
    common.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object; docs/reference names its keys",
    )
    if add_verbs := getattr(command, "add_verbs", None):
        add_verbs(parser.add_subparsers(dest="verb", required=True, metavar="VERB"), common)
    else:
        for action in common._actions:
            parser._add_action(action)
        command.add_arguments(parser)
    return parser


def _parse(verb: Verb, command, words: list[str]) -> tuple[argparse.Namespace, Home]:
    arguments = parser_of(verb, command).parse_args(words)
    home = Home.at(arguments.home, verb.home)
    # Whoever imports the settings must find the same home.
    os.environ["CEASEFIRE_HOME"] = str(home.path)
    arguments.home = home
    return arguments, home


def _with_needs(verb: Verb, command, arguments: argparse.Namespace, home: Home):
    from ceasefire.config.running import asking, product

    if verb.needs == "nothing":
        return command.run(arguments)
    with product(home):
        if verb.needs == "product":
            return command.run(arguments)
        with asking(arguments.as_user, arguments.purpose):
            return command.run(arguments)
