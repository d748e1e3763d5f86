"""Finding somebody in the register: by name as one heard it, birth date or case number.

Names stand behind the names door, so that search works over keyed numbers: of each name whole, one
letter apart and as it sounds. See ADR 0020.
"""
