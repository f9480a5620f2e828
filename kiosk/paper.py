"""What the kiosk puts on paper: names in the visitor's language, the server's times in the centre's own zone.

Looks up and hands over; how a slip reads and looks is the business of ``printers``.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from config.settings import in_language
from kiosk import asks as a
from kiosk.catalogue import group_of, provider_of, service_of, zone_of
from kiosk.phrases import promised
from printers.slip import Slip, compose, compose_booking


def slip_of(ask: a.Print) -> Slip:
    """Of one ticket."""
    centre, ticket, language = ask.centre, ask.issued.ticket, ask.language
    service = service_of(centre, ticket.service)
    group = group_of(centre, ticket.group)
    zone = zone_of(centre, ticket.group)
    return compose(
        language=language,
        centre_name=in_language(centre.name, language),
        city=in_language(centre.city, language),
        letter=ticket.letter,
        seq=ticket.seq,
        service_number=service.number,
        service_short_name=in_language(service.short_name, language),
        sensitive=service.sensitive,
        group_name=in_language(group.name, language),
        provider_name=in_language(provider_of(centre, group.provider).name, language),
        issued_at=ticket.issued_at.astimezone(ZoneInfo(centre.timezone)),
        ahead=ticket.ahead_at_issue,
        wait=promised(ticket),
        zone_name=in_language(zone.name, language),
        floor=zone.floor,
        return_window_min=centre.return_window_min,
        hotline=centre.hotline,
        qr=ask.issued.qr,
    )


def booking_slip_of(ask: a.PrintBooking) -> Slip:
    """Of one agreed time."""
    centre, agreed, language = ask.centre, ask.booked.appointment, ask.language
    service = service_of(centre, agreed.service)
    group = group_of(centre, agreed.group)
    zone = zone_of(centre, agreed.group)
    return compose_booking(
        language=language,
        centre_name=in_language(centre.name, language),
        city=in_language(centre.city, language),
        letter=agreed.letter,
        seq=agreed.seq,
        service_number=service.number,
        service_short_name=in_language(service.short_name, language),
        sensitive=service.sensitive,
        group_name=in_language(group.name, language),
        provider_name=in_language(provider_of(centre, group.provider).name, language),
        start=agreed.start.astimezone(ZoneInfo(centre.timezone)),
        code=ask.booked.code,
        zone_name=in_language(zone.name, language),
        floor=zone.floor,
        hotline=centre.hotline,
        qr=ask.booked.qr,
    )
