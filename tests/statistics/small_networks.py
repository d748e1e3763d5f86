"""Networks small enough to print, with a minimum dominating set that is known.

Zachary, W. W. (1977), a karate club. Davis, A., Gardner, B. B., Gardner, M. R. (1941), who was at
which of 14 parties. Padgett, J. F. (1994), marriages between Florentine families.
"""

# fmt: off
_KARATE = {
    0: (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31), 1: (2, 3, 7, 13, 17, 19, 21, 30),
    2: (3, 7, 8, 9, 13, 27, 28, 32), 3: (7, 12, 13), 4: (6, 10), 5: (6, 10, 16), 6: (16,),
    8: (30, 32, 33), 9: (33,), 13: (33,), 14: (32, 33), 15: (32, 33), 18: (32, 33), 19: (33,),
    20: (32, 33), 22: (32, 33), 23: (25, 27, 29, 32, 33), 24: (25, 27, 31), 25: (31,),
    26: (29, 33), 27: (33,), 28: (31, 33), 29: (32, 33), 30: (32, 33), 31: (32, 33), 32: (33,),
}
_AT_PARTIES = [
    (1, 2, 3, 4, 5, 6, 8, 9), (1, 2, 3, 5, 6, 7, 8), (2, 3, 4, 5, 6, 7, 8, 9),
    (1, 3, 4, 5, 6, 7, 8), (3, 4, 5, 7), (3, 5, 6, 8), (5, 6, 7, 8), (6, 8, 9), (5, 7, 8, 9),
    (7, 8, 9, 12), (8, 9, 10, 12), (8, 9, 10, 12, 13, 14), (7, 8, 9, 10, 12, 13, 14),
    (6, 7, 9, 10, 11, 12, 13, 14), (7, 8, 10, 11, 12), (8, 9), (9, 11), (9, 11),
]
_MARRIED = {
    "Medici": "Acciaiuoli Albizzi Barbadori Ridolfi Salviati Tornabuoni",
    "Albizzi": "Ginori Guadagni", "Bischeri": "Guadagni", "Guadagni": "Lamberteschi Tornabuoni",
    "Castellani": "Barbadori Peruzzi Strozzi", "Peruzzi": "Bischeri Strozzi",
    "Ridolfi": "Tornabuoni Strozzi", "Salviati": "Pazzi", "Strozzi": "Bischeri",
}
# fmt: on

KARATE = [(a, b) for a, tied in _KARATE.items() for b in tied]
DAVIS = [(f"woman {a}", f"party {b}") for a, at in enumerate(_AT_PARTIES) for b in at]
FLORENTINE = [(a, b) for a, families in _MARRIED.items() for b in families.split()]
GRID = [((i, j), (i + 1, j)) for i in range(7) for j in range(8)] + [
    ((j, i), (j, i + 1)) for i in range(7) for j in range(8)
]
PETERSEN = [
    *((i, (i + 1) % 5) for i in range(5)),
    *((i, i + 5) for i in range(5)),
    *((i + 5, (i + 2) % 5 + 5) for i in range(5)),
]
