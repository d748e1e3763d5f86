"""C51: passwords are long, unknown and not easily guessed; a city's list is asked again."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access.roles import Role
from ceasefire.access.sign_in import passwords
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
STOLEN = "walnut gravel tuesday pillow"


def refused(password, user=None):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, user)
    return refusal.value.messages


@pytest.fixture
def stolen(settings, tmp_path):
    """A city's list with one password that anybody would think good."""
    path = tmp_path / "list.txt"
    sums = sorted(_sha1(word) for word in [STOLEN, *map(str, range(500))])
    path.write_text("".join(f"{line}:3\r\n" for line in sums))
    settings.PASSWORD_BLOCKLIST = path
    return path


@pytest.mark.parametrize(
    "password",
    [
        "short but good",
        "password1234567",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaa",
        "Summer2026Summer2026",
        "iloveyouiloveyou",
        "1q2w3e4r5t6y7u8i",
        "ceasefire police 2026",
        "Rivermouth Police 26",
    ],
)
def test_c51_a_password_that_a_guesser_tries_first_is_refused(password, police_agency):
    assert refused(password)


def test_c51_ones_own_name_makes_no_password(account):
    user = account(Role.ANALYST)
    user.display_name = "Guillermina Ostrowska"
    assert refused("guillermina ostrowska 1", user)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "alllowercaseletterskettle",
        "montaña lenta de papel azul",
        "воз лампа гриб 7",
    ],
)
def test_c51_no_rule_asks_for_capitals_figures_or_signs(password, police_agency):
    validate_password(password)


def test_c51_a_long_passphrase_is_not_too_long(police_agency):
    validate_password("river lamp chalk wagon " * 8)


def test_c51_a_password_of_the_citys_list_is_refused(stolen, police_agency):
    assert "stolen" in refused(STOLEN)[0]
    validate_password("walnut gravel tuesday kettle")


def test_c51_page_for_changing_refuses_a_stolen_one(stolen, account, door):
    account(Role.ANALYST)
    client = door.sign_in("analyst")
    typed = {"oldpassword": PASSWORD, "password1": STOLEN, "password2": STOLEN}
    text = client.post(reverse("account_change_password"), typed).content.decode()
    assert "list of stolen passwords. Choose another" in text


def test_c51_each_quarter_a_password_is_looked_at_at_its_next_sign_in(
    account, door, tmp_path, settings
):
    account(Role.ANALYST)
    settings.PASSWORD_BLOCKLIST = tmp_path / "new.txt"
    settings.PASSWORD_BLOCKLIST.write_text(f"{_sha1(PASSWORD)}:9\n")
    assert passwords.mark_all_due() == 1
    client = door.sign_in("analyst")
    answer = client.get("/")
    assert answer.url.startswith(reverse("account_change_password"))
    assert "Choose another before you go on" in client.get(answer.url).content.decode()
    new = "walnut gravel tuesday kettle"
    client.post(answer.url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/").status_code == 200


def test_c51_a_good_password_is_looked_at_once_and_stays(account, door):
    account(Role.ANALYST)
    passwords.mark_all_due()
    client = door.sign_in("analyst")
    assert client.get("/").status_code == 200
    assert not passwords.PasswordStanding.objects.filter(recheck_due=True).exists()


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=60), st.integers(0, 10**6))
def test_c51_search_in_a_sorted_list_finds_what_it_holds_and_nothing_else(numbers, asked):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_text(
            "".join(f"{line}:{n}\n" for n, line in enumerate(sorted(map(_sha1, numbers))))
        )
        assert passwords._listed(_sha1(asked), path) == (asked in numbers)
        assert all(passwords._listed(_sha1(number), path) for number in numbers)


def _sha1(word):
    return hashlib.sha1(str(word).encode()).hexdigest().upper()
