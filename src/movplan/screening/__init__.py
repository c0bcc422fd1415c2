"""Who may travel when: windows, eligible itineraries, and refusals with reasons."""

from movplan.screening.result import (
    AppointmentOption,
    AppointmentSlot,
    FamilyPart,
    Loads,
    Refusal,
    Screening,
    Window,
)
from movplan.screening.screen import screen

__all__ = [
    "AppointmentOption",
    "AppointmentSlot",
    "FamilyPart",
    "Loads",
    "Refusal",
    "Screening",
    "Window",
    "screen",
]
