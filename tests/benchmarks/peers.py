"""A peer in an environment of its own, so that what it needs never meets what we need."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def asked(script: str, packages: list[str], *words) -> dict | None:
    """What a script beside this file prints as JSON; None where its packages cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        install = ["pip", "install", "-q", "--python", str(python), *packages]
        for step in (["venv", "-q", folder], install):
            if subprocess.run([sys.executable, "-m", "uv", *step], check=False).returncode:
                return None
        command = [python, Path(__file__).with_name(script), *map(str, words)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])
