"""The columns every rule reads: a plan seen against its scenario, built once."""

from movplan.checks.view.journeys import Journey
from movplan.checks.view.plan_view import PlanView
from movplan.checks.view.services import Ride, Service

__all__ = ["Journey", "PlanView", "Ride", "Service"]
