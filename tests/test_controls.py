"""The page of controls is what the tests are."""

from tests import controls


def test_every_control_named_by_a_test_is_one_of_the_list():
    assert set(controls.found()) <= set(controls.CONTROLS)


def test_the_page_of_controls_is_up_to_date():
    assert controls.PAGE.read_text() == controls.page(), "run python -m tests.controls"
