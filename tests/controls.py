"""The controls of law and civil liberties, and which tests prove each: docs/controls.md.

`python -m tests.controls` writes the page; a test fails when the page is out of date.
"""

import re
from collections import defaultdict
from pathlib import Path

from tests import mechanisms

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "controls.md"
NAMED = re.compile(r"^(?:async )?def test_(c\d\d)_(\w+)", re.MULTILINE)

# Control -> (what must hold, which part of the product it still waits for; empty for none).
CONTROLS = {
    "C01": ("Nothing is read or written without a grant", ""),
    "C02": ("Rooms are separate stores", ""),
    "C03": ("No services content reaches law enforcement", "the services room's parts"),
    "C04": ("Investigative facts leave only by a written release", "releases"),
    "C05": ("Criminal-history data needs a screened, certified user", ""),
    "C06": ("That a record exists is itself protected", ""),
    "C07": ("Rights apply to each field", "exports of people"),
    "C08": ("A sensitive reading says its purpose", ""),
    "C09": ("Break-glass is narrow, timed and reviewed", "opening a person's record"),
    "C10": ("Administrators read no content", ""),
    "C11": ("Nobody looks up themselves or relatives", ""),
    "C12": ("Access ends with the agreement, membership or role", ""),
    "C13": ("A release of information names everything it covers", ""),
    "C14": ("Revocation works at once", ""),
    "C15": ("No service depends on signing", "case management"),
    "C16": ("Specially protected data carries its tag", "case management"),
    "C17": ("Rooms are not matched by hash", "clients of outreach"),
    "C18": ("Every view, denial, export and change is recorded", ""),
    "C19": ("The log shows any tampering, off the machine too", ""),
    "C20": ("Without the log nothing is shown", ""),
    "C21": ("The log is reviewed each week", ""),
    "C22": ("Who looked at me can be answered", ""),
    "C23": ("A disclosure outside is recorded first", "releases"),
    "C24": ("Every row about a person has a purge date", ""),
    "C25": ("Keeping longer needs fresh grounds", ""),
    "C26": ("Legal holds freeze and expire", ""),
    "C27": ("A purge reaches every copy", "backups"),
    "C28": ("Expunction is certified in time", ""),
    "C29": ("A subject needs documented reasonable suspicion", "selections and narratives"),
    "C30": ("No politics, religion or association data", "narratives of people"),
    "C31": ("Affiliation ships off", ""),
    "C32": ("Affiliation needs two independent sources", ""),
    "C33": ("Affiliation expires", ""),
    "C34": ("Nobody is scored, ranked or tiered", ""),
    "C35": ("People decide, in words, in two roles", "decisions"),
    "C36": ("Victims never enter enforcement lists", "lists of enforcement"),
    "C37": ("Juveniles are kept apart", ""),
    "C38": ("Immigration is never asked nor served", ""),
    "C39": ("Impossible data cannot be saved", ""),
    "C40": ("Notice comes before designation", ""),
    "C41": ("A contest is decided by somebody independent", ""),
    "C42": ("A person can ask what is held", ""),
    "C43": ("Disparity is measured at each step", "performance management"),
    "C44": ("Exports are minimal, marked and expiring", ""),
    "C45": ("Meetings use packets in the product", "coordination"),
    "C46": ("Small public counts cannot be recovered", "performance management"),
    "C47": ("Public records keep exempt text out", "publication"),
    "C48": ("A second factor for everyone", ""),
    "C49": ("Five failures lock; unknown names look the same", ""),
    "C50": ("Locks, ends, one session for each device", ""),
    "C51": ("Long passwords, none that is known", ""),
    "C52": ("Sealed fields under keys of each room", ""),
    "C53": ("Backups are encrypted and tried", "backups"),
    "C54": ("A breach is scoped within an hour", ""),
    "C55": ("Uploads are read in a sandbox", ""),
    "C56": ("Everybody can use every page", ""),
    "C57": ("Reading in bulk is throttled and noticed", ""),
    "C58": ("Researchers get what names nobody", "performance management"),
    "C59": ("The inventory matches the models", "the release's assessments"),
}

# What no software can do: the city's part of controls whose software is there.
CITY = {
    "C12": "agreements that are signed",
    "C19": "a folder for seals that the machine can only add to",
    "C24": "months that the city has published and its attorney has confirmed",
    "C38": "its attorney's word on delegated authority and on the report",
    "C48": "passkeys for the roles that need one",
    "C52": "TLS, encrypted disks, and modules that are validated where the law asks",
    "C54": "its attorney's word on who is told by when",
}


def found() -> dict[str, list[str]]:
    """Control -> the sentences of its tests."""
    told: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for control, words in NAMED.findall(path.read_text()):
            told.setdefault(control.upper(), []).append(words.replace("_", " "))
    return told


def state(control: str, tests: list[str]) -> str:
    _words, waits = CONTROLS[control]
    if waits:
        return f"in part; not yet: {waits}" if tests else f"not yet: waits for {waits}"
    return f"needs the city: {CITY[control]}" if control in CITY else "met"


def is_built(control: str) -> bool:
    """Whether all that software can do for it is there."""
    return not CONTROLS[control][1]


def page() -> str:
    tests, switches = found(), defaultdict(list)
    for one in mechanisms.listed():
        switches[one.control].append(one.words)
    lines = [
        "# Controls",
        "",
        "What must hold, by which mechanisms, and the tests that prove it. Made from the tests'",
        "own names and from the lists of mechanisms by `python -m tests.controls`. To repeat the",
        "tests of one: `./ceasefire test -- -k test_c19`. To turn its mechanisms off one by one",
        "and see which test turns red: `python -m tests.mechanisms c19`.",
        "",
        "*Met* is what the tests prove; *needs the city* is met here, and takes something that",
        "only a city can do; *not yet* names the part of the product that it waits for.",
        "",
        "| control | what must hold | state | mechanisms | tests |",
        "|---|---|---|---|---|",
    ]
    for control, (words, _waits) in CONTROLS.items():
        proved, by = "; ".join(tests.get(control, [])), "; ".join(switches[control])
        said = state(control, tests.get(control, []))
        lines.append(f"| {control} | {words} | {said} | {by} | {proved} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
