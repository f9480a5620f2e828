"""Whole days of a reference hall, played on a clock of their own by the very rules the server lives by."""
