"""The law of the queue: pure decisions ``(hall, now, …) -> events``, or ``Refused``.

Knows no clock, no file, no network and no screen; ``now`` is always a parameter.
"""
