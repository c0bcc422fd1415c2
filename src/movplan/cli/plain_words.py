"""Options that cannot be read, told in movplan's words: Typer quotes its library's."""

from typing import Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from movplan.domain.wording import hint_of, problem_of


class PlainWords(TyperGroup):
    """The group of all commands."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own, by version
        """Run a command; what is wrong with its options is said plainly."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if isinstance(error.__cause__, ValidationError):
                error.message = _said(error.__cause__)
            raise


def _said(error: ValidationError) -> str:
    detail = error.errors(include_url=False)[0]
    if detail["type"] in ("value_error", "assertion_error"):
        return problem_of(detail)
    hint = hint_of(detail)
    return f"{detail['input']} {problem_of(detail)}" + (f"; {hint}" if hint else "")
