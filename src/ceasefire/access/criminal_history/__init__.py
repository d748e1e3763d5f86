"""Criminal-history data of the state and the FBI: for screened people with a certificate alone.

A field that holds such data says so by its kind (`access.names.CriminalHistoryField`). Whoever
lacks a certificate that stands is shown the row without it, and the log says so.
"""
