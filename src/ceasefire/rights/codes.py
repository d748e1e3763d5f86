"""The code by which somebody without an account asks how the own request stands.

It follows from the form's own random token and this home's key, so that a form sent twice shows the
same code; the database keeps its hash alone.
"""

import base64
import hashlib
import re
from uuid import UUID

from ceasefire.access.walls import proof

GROUPS, LETTERS = 4, 4


def code_of(token: UUID) -> str:
    """'K3QF-7WZA-M2XN-5RTB': 80 bits, in letters and the digits 2 to 7."""
    drawn = base64.b32encode(proof.mac(f"rights:{token}")[:10]).decode()
    parts = (drawn[at : at + LETTERS] for at in range(0, GROUPS * LETTERS, LETTERS))
    return "-".join(parts)


def code_hash(code: str) -> str:
    """Of a code as somebody types it: small letters, blanks and hyphens do not matter."""
    plain = re.sub(r"[^A-Z2-7]", "", code.upper())
    return hashlib.sha256(f"rights:{plain}".encode()).hexdigest()
