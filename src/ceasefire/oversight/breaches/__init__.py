"""Pages about accounts that may have been misused."""
