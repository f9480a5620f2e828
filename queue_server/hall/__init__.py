"""Today in memory: the fold of the day's log, indexed so that no command looks at every ticket.

Knows how each event changes the hall and nothing of why it was decided, of files, clocks or HTTP.
The database's tables are the image of these records; ``take_changed`` says which rows an event touched.
"""

from queue_server.hall.fold import Hall

__all__ = ["Hall"]
