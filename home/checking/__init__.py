"""Checking contacts as work: what is due, what was done, by whom (docs/decisions/checking-contacts.md)."""
