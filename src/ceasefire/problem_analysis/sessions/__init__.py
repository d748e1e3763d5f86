"""Incident reviews and group audits: who sat together, what each shooting was coded, what stands.

Law enforcement's alone. Who was involved (a group) and why (its motive) are coded apart.
"""
