"""Verbs for the people who build the product: test, lint, bench, lock."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ceasefire.config.running import Refused

BROWSER_HINT = (
    "the pages in a browser: install Chromium (Debian or Ubuntu: apt install chromium) or set "
    "CHROMIUM to it"
)
DATA_HINT = "real cities' files: set CEASEFIRE_SHARED_DATA to their folder"


def source() -> Path:
    """The checkout that the start script belongs to; these verbs make no sense elsewhere."""
    if folder := os.environ.get("CEASEFIRE_SOURCE"):
        return Path(folder)
    raise Refused("This verb works in a checkout only: start it with ./ceasefire.")


# Without a window of its own it opens a page three times as fast; not every system packs it.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")


def chromium() -> str | None:
    found = filter(None, map(shutil.which, BROWSERS))
    return os.environ.get("CHROMIUM") or next(found, None)


class Test:
    def add_arguments(self, parser):
        parser.add_argument("--no-browser", action="store_true", help="leave out the browser tests")
        parser.add_argument("pytest", nargs="*", help="words for pytest, after --")

    def run(self, arguments) -> int:
        self._install_browser(arguments)
        status = max(self._pytest(words) for words in self._runs(arguments))
        left_out = list(self._left_out(arguments))
        print("Not run on this machine: " + ("; ".join(left_out) or "nothing, all of it ran."))
        return status

    @staticmethod
    def _runs(arguments) -> list[list[str]]:
        """The browser's tests keep an event loop running, so they have a process to themselves."""
        if arguments.pytest:
            return [arguments.pytest]
        runs = [["-n", "2", "-m", "not browser"]]
        return runs if arguments.no_browser else [*runs, ["-n", "2", "-m", "browser"]]

    @staticmethod
    def _pytest(words: list[str]) -> int:
        command = [sys.executable, "-m", "pytest", *words]
        return subprocess.run(command, cwd=source(), check=False).returncode

    @staticmethod
    def _install_browser(arguments) -> None:
        """Root on Debian or Ubuntu gets Chromium installed; anybody else is told how."""
        if arguments.no_browser or chromium():
            return
        if os.geteuid() == 0 and shutil.which("apt-get"):
            print("Installing Chromium for the browser tests ...", file=sys.stderr)
            subprocess.run(["apt-get", "update", "-qq"], check=False)
            install = ["apt-get", "install", "-y", "-qq"]
            for package in BROWSERS[:2]:
                subprocess.run([*install, package], check=False, stdout=sys.stderr)
                if chromium():
                    break
        if not chromium():
            raise Refused(f"Cannot test {BROWSER_HINT}. Or leave them out with --no-browser.")

    @staticmethod
    def _left_out(arguments):
        if arguments.no_browser:
            yield BROWSER_HINT
        default = source().parent / "shared" / "data"
        if not Path(os.environ.get("CEASEFIRE_SHARED_DATA", default)).is_dir():
            yield DATA_HINT


class Lint:
    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="mend what can be mended")

    def run(self, arguments) -> int:
        fix = ["--fix"] if arguments.fix else []
        check = [] if arguments.fix else ["--check"]
        results = [
            subprocess.run(words, cwd=source(), check=False).returncode
            for words in (
                [sys.executable, "-m", "ruff", "check", *fix, "src", "tests", "ceasefire"],
                [sys.executable, "-m", "ruff", "format", *check, "src", "tests"],
                [str(Path(sys.executable).with_name("lint-imports"))],
            )
        ]
        return max(results)


class Lock:
    def add_arguments(self, parser):
        parser.add_argument("--upgrade", action="store_true", help="take newer releases")

    def run(self, arguments) -> int:
        words = [sys.executable, "-m", "uv", "pip", "compile", "-q", "--universal"]
        words += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
        words += ["--no-annotate", "--no-header", "pyproject.toml"]
        words += ["--upgrade"] if arguments.upgrade else []
        sets = {
            "locks/app.txt": ["app"],
            "locks/spark.txt": ["app", "spark"],
            "locks/test.txt": ["app", "spark", "test"],
        }
        return max(
            subprocess.run(
                [*words, *(f"--extra={extra}" for extra in extras), "-o", target],
                cwd=source(), check=False,
            ).returncode
            for target, extras in sets.items()
        )  # fmt: skip


class Bench:
    def add_arguments(self, parser):
        parser.add_argument("names", nargs="+", metavar="NAME", help="for example: intake packet")
        parser.add_argument("--full", action="store_true", help="the largest sizes too")

    def run(self, arguments) -> dict:
        sys.path.insert(0, str(source()))
        from tests.benchmarks import run

        return run(arguments.names, full=arguments.full)


class Translations:
    def add_arguments(self, parser):
        pass

    def run(self, arguments) -> None:
        from ceasefire.web import translations

        translations.extract()


class Manage:
    def add_arguments(self, parser):
        parser.add_argument("words", nargs="*", help="a Django command and its words, after --")

    def run(self, arguments) -> None:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["./ceasefire manage", *arguments.words])
