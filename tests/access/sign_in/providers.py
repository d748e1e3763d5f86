"""Real OpenID Connect providers on this machine: each a process that signs its tokens."""

import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import requests

from ceasefire.config.sign_in import provider_app

PEOPLE = [
    {"sub": "anna-17", "email": "captain", "preferred_username": "captain"},
    {"sub": "two-steps", "amr": ["pwd", "mfa"]},
]
CLIENT = "ceasefire"


@contextmanager
def running(*words):
    """A provider in a process of its own; gives its issuer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen([*command, *words], stdout=-3, stderr=-3)
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answering(issuer: str) -> str:
    for _ in range(300):
        try:
            requests.get(issuer + "/.well-known/openid-configuration", timeout=5)
            return issuer
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError(f"{issuer} does not answer")


def app(name: str, issuer: str, **more) -> dict:
    """The provider as an installation's sign-on.json has it."""
    told = {"id": name, "name": name.title(), "issuer": issuer, "client_id": CLIENT, "secret": "s"}
    return provider_app(told | more)


def consent(authorize_url: str, subject: str) -> str:
    """What a person does at the provider; gives the address that it sends the browser back to."""
    answer = requests.post(authorize_url, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def token_for(issuer: str, subject: str, client: str = CLIENT) -> str:
    """An ID token that this provider really signed, for any client."""
    back = "http://testserver/elsewhere/"
    asked = {
        "client_id": client, "redirect_uri": back, "response_type": "code", "scope": "openid",
    }  # fmt: skip
    code = consent(f"{issuer}/oauth2/authorize?{urlencode(asked)}", subject).split("code=")[1]
    answer = requests.post(
        f"{issuer}/oauth2/token",
        data={"grant_type": "authorization_code", "code": code.split("&")[0], "redirect_uri": back},
        auth=(client, "s"),
        timeout=10,
    )
    return answer.json()["id_token"]
