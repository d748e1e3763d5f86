"""The embedded server: shared by who uses it, stopped by who leaves last, back after a crash."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from ceasefire.kit.postgres import Server, running

HOLD = """
import sys
from pathlib import Path
from ceasefire.kit.postgres import Server, running
with running(Server(Path(sys.argv[1]), "secret", durable=False)):
    print("up", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def server(own_folder):
    return Server(own_folder / "home", "secret", durable=False)


def answers(server):
    try:
        psycopg.connect(server.url()).close()
    except psycopg.OperationalError:
        return False
    return True


def another_process(server):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(server.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "up\n"
    return process


def test_the_server_stops_with_the_last_process_that_uses_it(server):
    other = another_process(server)
    with running(server):
        assert answers(server)
    assert answers(server)
    other.communicate("leave\n")
    assert not answers(server)


def test_a_killed_user_does_not_keep_the_server_running(server):
    other = another_process(server)
    other.kill()
    other.wait()
    assert answers(server)
    with running(server):
        pass
    assert not answers(server)


def test_a_killed_server_comes_back_with_what_was_committed(own_folder):
    server = Server(own_folder / "home", "secret", durable=True)
    with running(server) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    with running(server) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_nobody_without_the_password_gets_in_and_no_port_is_open(server):
    with running(server):
        wrong = server.url().replace("secret", "guess")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
