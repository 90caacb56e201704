"""Moments as they are written, on pages and in sentences."""

from datetime import datetime


def print_time(at: datetime, *, seconds: bool = False) -> str:
    """A moment by the clock of its zone, and which zone that is: who reads it may be in another.

    >>> from datetime import UTC, timedelta, timezone
    >>> print_time(datetime(2026, 11, 26, 17, 13, 5, tzinfo=UTC))
    '2026-11-26 17:13 UTC'
    >>> print_time(datetime(2026, 11, 26, 17, 13, 5, tzinfo=timezone(timedelta(hours=5, minutes=30))), seconds=True)
    '2026-11-26 17:13:05 UTC+05:30'
    """
    offset = at.isoformat()[-len("+08:00") :]
    clock = at.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
    return f"{clock} UTC{'' if offset == '+00:00' else offset}"
