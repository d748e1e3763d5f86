"""What the log may say is registered where the database is told of it."""

import re
from pathlib import Path

import ceasefire

ROOT = Path(ceasefire.__file__).parent
REGISTERS = re.compile(r'^\s*(?:audit\.)?verb\(\s*"', re.MULTILINE)


def test_c18_every_verb_is_registered_in_a_file_that_the_wall_reads_before_it_is_raised():
    """A verb of a service or a page is unknown to a process that has not met it: the database then
    takes no row of it, and the page fails."""
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if path.name != "verbs.py" and REGISTERS.search(path.read_text())
    ]
    assert elsewhere == []
