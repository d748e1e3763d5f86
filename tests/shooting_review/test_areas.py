from collections import Counter

from ceasefire.shooting_review.packet.areas import _in_one_spelling


def test_a_district_in_capitals_counts_with_the_boundary_files_own_spelling():
    now, before = _in_one_spelling(
        Counter({"Northbank": 8, "NORTHBANK": 1}), Counter({"NORTH-BANK": 2, "Uplands": 3})
    )
    assert now == Counter({"Northbank": 9})
    assert before == Counter({"Northbank": 2, "Uplands": 3})
