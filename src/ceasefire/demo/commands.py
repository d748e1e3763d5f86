"""`./ceasefire demo`: the synthetic city, loaded and served, from nothing, in one step."""

import json
import shutil
import socket
import time

from ceasefire.config.running import Refused, product
from ceasefire.kit.progress import bar, say

MARK = "demo.json"


class Demo:
    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="begin again with an empty home")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="build, print and stop")
        parser.add_argument("--seed", type=int, default=2026, help="another city for each number")
        parser.add_argument("--scale", type=int, default=1, help="10 is ten times the size")

    def run(self, arguments) -> dict | int:
        begun = time.monotonic()
        home = arguments.home.path
        _claim(home, arguments)
        if not arguments.no_serve:
            _refuse_taken_port(arguments.port)
        self._write_city(arguments)
        with product(arguments.home):
            from ceasefire.demo import building
            from ceasefire.web import serving

            accounts = building.build(home / "city")
            answer = {
                "url": f"http://127.0.0.1:{arguments.port}/",
                "accounts": accounts,
                "truth": str(home / "city" / "truth.json"),
            }
            say(f"Ready after {time.monotonic() - begun:.0f} s.")
            if arguments.no_serve:
                return answer if arguments.json else _print_accounts(answer, home)
            serving.prepare()
            _print_accounts(answer, home)
            say(f"Serving on {answer['url']}  (Ctrl-C stops it)")
            return serving.serve(host="127.0.0.1", port=arguments.port)

    @staticmethod
    def _write_city(arguments) -> None:
        from ceasefire.demo.city import generate

        folder = arguments.home.path / "city"
        if (folder / "truth.json").exists():
            return
        with bar("Making the city", "steps") as advance:
            generate(
                folder,
                seed=arguments.seed,
                scale=arguments.scale,
                progress=lambda done, total, what: advance(done / total, done),
            )


def _claim(home, arguments) -> None:
    """Only a folder that is empty or already a demo may be filled, or emptied."""
    mark = home / MARK
    if home.exists() and any(home.iterdir()) and not mark.exists():
        raise Refused(f"{home} holds something that is not a demo; choose another --home.")
    wanted = {"seed": arguments.seed, "scale": arguments.scale}
    if mark.exists() and arguments.fresh:
        _empty(home)
    if mark.exists() and (made := json.loads(mark.read_text())) != wanted:
        raise Refused(f"This demo was made with {made}; add --fresh to make it again.")
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    mark.write_text(json.dumps(wanted))


def _empty(home) -> None:
    from ceasefire.config.home import Home
    from ceasefire.kit import postgres

    server = postgres.Server(home, Home(home).secret("postgres"))
    postgres.stop(server)
    for folder in {home, server.base}:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refused(f"Port {port} is taken; choose another with --port.") from error


def _print_accounts(answer: dict, home) -> None:
    print(f"\n{answer['url']}\n")
    print(f"{'Role':<21}{'User':<21}{'Password':<44}One-time-code secret")
    for role, account in answer["accounts"].items():
        words = (account["user"], account["password"], account["one_time_code_secret"])
        print(f"{role:<21}{words[0]:<21}{words[1]:<44}{words[2]}")
    print("\nEvery sign-in asks for a code too. Give the secret to an authenticator, or ask here:")
    print(f"  ./ceasefire code USER --home {home}\n", flush=True)
