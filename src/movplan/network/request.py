"""What is asked of the network."""

from dataclasses import dataclass

from movplan.domain.words import Part


@dataclass(frozen=True, slots=True)
class Request:
    """From where to where, and what the family and its programme allow.

    ``programme`` limits the rides to departures open to it (``None``: all);
    ``wheelchair`` multiplies connection times between rides; without ``overnight`` no
    night is spent.
    """

    origin: str
    destination: str
    part: Part = Part.OUTBOUND
    programme: str | None = None
    wheelchair: bool = False
    overnight: bool = True
