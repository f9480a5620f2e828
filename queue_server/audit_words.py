"""What an audit found, as lines for a person and as one JSON object for a program. Judges nothing."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from config.words import Words
from queue_server.audit import Audit, Broken, Departure
from queue_server.why import reason_named


def as_text(found: Audit, words: Words) -> str:
    """A line for each departure and each row that makes no sense, then the sums."""
    lines = [_departure(one, words) for one in found.departures] + [_broken(one, words) for one in found.unfoldable]
    sums = words(
        "order-audit-done",
        days=found.days,
        calls=found.calls,
        explained=found.explained,
        unexplained=found.unexplained,
        unfoldable=len(found.unfoldable),
    )
    return "\n".join([*lines, sums])


def _departure(one: Departure, words: Words) -> str:
    return words(
        f"order-audit-{one.kind}",
        seq=str(one.seq),
        day=one.day.isoformat(),
        time=f"{one.at.astimezone(ZoneInfo(one.timezone)):%H:%M:%S}",
        number=one.number,
        desk=one.desk,
        who=_who(one, words),
        reason=reason_named(words, one.reason) if one.reason else "none",
        said=words(f"order-tier-{one.tier}"),
        expected=one.expected or "none",
        tier=words(f"order-tier-{one.expected_tier}") if one.expected_tier else "",
        code=one.refused,
    )


def _who(one: Departure, words: Words) -> str:
    if one.actor == "system":
        return words("order-audit-system")
    return f"{one.login} ({one.actor})" if one.login else one.actor


def _broken(one: Broken, words: Words) -> str:
    return words("order-audit-gave-up" if one.gave_up else "order-audit-broken", seq=str(one.seq), why=one.why)


def as_json(found: Audit) -> str:
    """``departures`` and ``unfoldable`` are lists of objects; times are UTC."""
    document = {
        "days": found.days,
        "calls": found.calls,
        "departures": [
            {
                "seq": one.seq,
                "day": one.day.isoformat(),
                "at": one.at.isoformat(),
                "kind": one.kind,
                "number": one.number.replace("\u00a0", " "),
                "desk": one.desk,
                "actor": one.actor,
                "login": one.login or None,
                "tier": one.tier,
                "reason": one.reason or None,
                "expected": one.expected.replace("\u00a0", " ") if one.expected else None,
                "expected_tier": one.expected_tier,
                "refused": one.refused or None,
                "explained": one.explained,
            }
            for one in found.departures
        ],
        "explained": found.explained,
        "unexplained": found.unexplained,
        "unfoldable": [
            {"seq": one.seq, "day": one.day.isoformat() if one.day else None, "why": one.why, "gave_up": one.gave_up}
            for one in found.unfoldable
        ],
    }
    return json.dumps(document, ensure_ascii=False)
