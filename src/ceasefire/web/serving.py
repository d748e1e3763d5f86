"""Runs the web application and its worker until asked to stop."""

import hashlib
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from ceasefire.web import translations

STAMP = "collected.stamp"


def prepare() -> None:
    """Compile translations and collect static files, where they have changed."""
    translations.compile()
    digest = _static_digest()
    stamp = Path(settings.STATIC_ROOT) / STAMP
    if not stamp.exists() or stamp.read_text() != digest:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(digest)


def _static_digest() -> str:
    sha = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            sha.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return sha.hexdigest()


def serve(*, host: str, port: int, workers: int = 2) -> int:
    """Serve until interrupted; returns the exit status of whichever part ended first."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    web += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    web += ["--log-level", "warning", "--no-ws", "ceasefire.config.wsgi:application"]
    worker = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ceasefire.config.settings"}
    parts = [subprocess.Popen(words, env=environment) for words in (web, worker)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return _first_to_end(parts)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(parts)


def _first_to_end(parts: list[subprocess.Popen]) -> int:
    while True:
        for part in parts:
            with suppress(subprocess.TimeoutExpired):
                return part.wait(timeout=0.5)


def _stop(parts: list[subprocess.Popen]) -> None:
    for part in parts:
        if part.poll() is None:
            part.terminate()
    for part in parts:
        try:
            part.wait(timeout=15)
        except subprocess.TimeoutExpired:
            part.kill()
