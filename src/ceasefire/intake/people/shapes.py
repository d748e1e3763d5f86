"""How a value is written, without what it says: "Smith, Ann" is "Xxxxx, Xxx"."""


def shape(text: str) -> str:
    """Letters as x, figures as 9, everything else as it stands."""
    return "".join(map(_mark, text))


def _mark(one: str) -> str:
    if one.isdigit():
        return "9"
    if one.isalpha():
        return "X" if one.isupper() else "x"
    return one
