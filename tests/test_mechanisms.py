"""The lists of mechanisms are held to the product, and the run itself is tried on one of them."""

from tests import controls, mechanisms

LISTED = mechanisms.listed()


def test_every_place_that_a_list_names_still_stands_in_the_product():
    assert mechanisms.stale(LISTED) == []


def test_no_mechanism_is_listed_twice():
    names = [one.name for one in LISTED]
    assert len(names) == len({*names})


def test_every_control_that_is_built_has_tests_and_mechanisms():
    built = {one for one in controls.CONTROLS if controls.is_built(one)}
    assert built - set(controls.found()) == set()
    assert built - {one.control for one in LISTED} == set()


def test_a_mechanism_that_is_turned_off_turns_its_tests_red():
    """The rest are turned off by `python -m tests.mechanisms`, which takes most of an hour."""
    (one,) = (one for one in LISTED if one.words == "an ended role is no role")
    with mechanisms.copy() as place:
        assert mechanisms.reds(one, place)


def test_a_list_that_names_a_text_the_product_does_not_hold_is_told(tmp_path):
    gone = mechanisms.Mechanism("C01", "x", "a.py", "never written", "", "tests")
    (tmp_path / "a.py").write_text("something else")
    assert mechanisms.stale([gone], tmp_path) == ["C01 x: a.py holds no 'never written'"]


def test_a_list_that_names_a_text_that_stands_twice_is_told(tmp_path):
    """Only the first would be turned off, and perhaps not the one that is meant."""
    twice = mechanisms.Mechanism("C01", "x", "a.py", "one", "", "tests")
    (tmp_path / "a.py").write_text("one or one")
    assert mechanisms.stale([twice], tmp_path) == ["C01 x: a.py holds 2 times 'one'"]


def test_a_list_that_names_a_function_written_anew_since_is_told(tmp_path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    for number, body in ((1, "SELECT kept"), (2, "SELECT other"), (3, "SELECT kept")):
        name = "wall.b" if number == 3 else "wall.a"
        written = f"CREATE FUNCTION {name}() AS $$ {body} $$;"
        (folder / f"000{number}_x.py").write_text(written)
    first, last = (
        mechanisms.Mechanism("C01", "x", f"migrations/000{number}_x.py", "kept", "", "tests")
        for number in (1, 3)
    )
    assert mechanisms.stale([first], tmp_path) == ["C01 x: 0002_x.py writes its function anew"]
    assert mechanisms.stale([last], tmp_path) == []
