"""Paper: what a slip says, how it looks, in which bytes and by which wire it goes, and whether it came out.

Knows only ``config``: no queue, no server, no window; a visitor's name or category cannot even be handed to it.
"""
