"""The folder in which a parent leaves a solver what to do, and finds what came out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from movplan.domain.plan import LeftOut


@dataclass(frozen=True, slots=True)
class Errand:
    """A folder with ``scenario.json``, ``order.json`` and perhaps plans.

    ``before.json`` is the plan to be replaced, ``start.json`` one of a run cut short.
    """

    folder: Path

    @property
    def scenario_path(self) -> Path:
        """The scenario, canonical."""
        return self.folder / "scenario.json"

    @property
    def plan_path(self) -> Path:
        """The plan that came out."""
        return self.folder / "plan.json"

    @property
    def run_path(self) -> Path:
        """How its run went."""
        return self.folder / "run.json"

    def incumbent_path(self, number: int) -> Path:
        """A plan found on the way; whoever read it removes it."""
        return self.folder / f"incumbent-{number}.json"

    @property
    def log_path(self) -> Path:
        """What the solver wrote to its error stream."""
        return self.folder / "solver.log"

    def write(
        self,
        *,
        scenario: str,
        limits: dict[str, Any],
        set_aside: tuple[dict[str, Any], ...] = (),
        start: str | None = None,
        before: str | None = None,
    ) -> None:
        """Leave what is to be done."""
        self.scenario_path.write_text(scenario, "utf-8")
        order = {"limits": limits, "set_aside": list(set_aside)}
        (self.folder / "order.json").write_text(json.dumps(order), "utf-8")
        if start is not None:
            (self.folder / "start.json").write_text(start, "utf-8")
        if before is not None:
            (self.folder / "before.json").write_text(before, "utf-8")

    def limits(self) -> dict[str, Any]:
        """The limits ordered."""
        limits: dict[str, Any] = self._order()["limits"]
        return limits

    def set_aside(self) -> tuple[LeftOut, ...]:
        """Families that are in no scenario because their data are wrong."""
        return tuple(LeftOut.model_validate(row) for row in self._order()["set_aside"])

    def start(self) -> str | None:
        """What a run before this one found; to start from."""
        return self._text("start.json")

    def before(self) -> str | None:
        """The plan that this one replaces."""
        return self._text("before.json")

    def _text(self, name: str) -> str | None:
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else None

    def _order(self) -> dict[str, Any]:
        order: dict[str, Any] = json.loads(
            (self.folder / "order.json").read_text("utf-8")
        )
        return order
