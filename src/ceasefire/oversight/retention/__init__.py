"""Pages about what is kept, held and purged; and the records that an agency holds."""
