"""Where agencies' knowledge of groups, ties and conflicts comes from.

Each is a document that somebody can be shown, stored once; whatever goes back to one tip, one
interview or one report has one origin.
"""
