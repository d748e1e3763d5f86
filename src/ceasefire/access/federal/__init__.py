"""Nothing goes to immigration enforcement: quarterly attestations, and the register of requests.

People of federal agencies, and of any other that has been delegated immigration authority, say each
quarter that they have no duty in it; without that, or with another answer, the database knows no
role of theirs. Every request for information by immigration authorities is written down.
"""
