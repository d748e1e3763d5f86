def test_it_stands(db):
    pass
