"""How long a record about a person is kept, what ends it, and the proof that it is gone.

`classes` and `rules` say how long; `kept` is what every model about people inherits; `reviews`,
`holds` and `orders` are the only ways to move a date or to silence a record; `purging` destroys
what is due, with all that hangs on it (`dependencies`, `reaches`, `sweeping`), and leaves a
certificate and a ledger. What the database itself refuses is in `functions.sql` and `walls`.
"""
