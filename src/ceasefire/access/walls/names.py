"""The database roles. The web role owns nothing and reads nothing before it enters a room."""

from ceasefire.access.partitions import Room

WEB = "ceasefire_web"
# Owns the functions that look behind row security; nobody can sign in as it.
KEEPER = "ceasefire_keeper"
WALLED = (Room.INVESTIGATIVE, Room.SHARED, Room.SERVICES, Room.AGGREGATE)
ROOMS = {room: f"ceasefire_{room.value}" for room in WALLED}
SCHEMAS = tuple(room.value for room in WALLED)
# Names are found in whichever room holds them; whether they may be read is another matter.
SEARCH_PATH = ("public", *SCHEMAS)
