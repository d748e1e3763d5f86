"""Two people who turn out to be one, and one who turns out to be two; either can be taken back."""
