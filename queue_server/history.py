"""What the days before taught, read from the tables when a day begins. Looks back only; no command waits for it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlite_utils import Database

from queue_server.rules.events import Pace

LOOKED_BACK = timedelta(days=28)
SHORTEST_S = 20  # a service that ended sooner was a slip of the finger

_PACES = """
SELECT service, count(*), avg(seconds)
FROM (
    SELECT leg.service AS service, (julianday(leg.ended_at) - julianday(leg.started_at)) * 86400 AS seconds
    FROM leg JOIN ticket ON ticket.id = leg.ticket
    WHERE ticket.service_date >= :since AND ticket.state = 'served' AND leg.n = (
        SELECT max(n) FROM leg AS other WHERE other.ticket = ticket.id
      )
      AND NOT EXISTS (
          SELECT 1 FROM suspension
          WHERE suspension.service_date = ticket.service_date
            AND suspension.since < leg.ended_at AND coalesce(suspension.until, leg.ended_at) > leg.started_at
      )
)
WHERE seconds >= :shortest
GROUP BY service ORDER BY service
"""


def paces(db: Database, today: date) -> list[Pace]:
    """How long each service took in the four weeks before ``today``, without services that an alarm interrupted."""
    values = {"since": (today - LOOKED_BACK).isoformat(), "shortest": SHORTEST_S}
    rows = db.conn.execute(_PACES, values)
    return [Pace(service, served, round(mean, 1)) for service, served, mean in rows]
