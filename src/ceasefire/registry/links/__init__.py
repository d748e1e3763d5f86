"""The link chart: what lies around a person, a group, a shooting or a conflict."""
