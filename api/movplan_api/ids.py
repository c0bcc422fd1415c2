"""Ids of stored things: sortable by the time they were made, safe in addresses."""

import secrets
import time

# Crockford's base 32: no I, L, O, U; in ASCII order, so that text sorts as time does.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(prefix: str) -> str:
    """``prefix_`` and 26 characters: 48 bits of milliseconds, then 80 of chance."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    chars = (_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return f"{prefix}_{''.join(chars)}"
