"""What goes wrong, as the service says it."""

import json

import httpx

from movplan_api.client.answers import Row


class ServiceFault(Exception):  # noqa: N818  (a refusal is no error of the caller's code)
    """The service refused: ``status`` and ``code`` for programs, text for people.

    ``retry_after_s``: when it asks to be asked again, in seconds from then.
    """

    def __init__(
        self, status: int, problem: Row, *, retry_after_s: float = 0.0
    ) -> None:
        self.status, self.retry_after_s = status, retry_after_s
        self.code = str(problem.get("code", f"HTTP_{status}"))
        self.detail = str(problem.get("detail", ""))
        self.request_id = problem.get("request_id")
        self.issues: list[Row] = problem.get("issues") or []
        super().__init__(self._words())

    def _words(self) -> str:
        first = "".join(
            f"\n  {row.get('path', '')}: {row.get('problem', '')}"
            for row in self.issues[:5]
        )
        return f"{self.status} {self.code}: {self.detail}{first}"

    @classmethod
    def of(cls, answer: httpx.Response) -> "ServiceFault":
        """From an answer; a proxy in between may not speak problem details."""
        try:
            problem = json.loads(answer.read())
        except ValueError:
            problem = {}
        said = answer.headers.get("retry-after", "")
        return cls(
            answer.status_code,
            problem if isinstance(problem, dict) else {},
            retry_after_s=float(said) if said.isdecimal() else 0.0,
        )


class StillRunningError(TimeoutError):
    """The plan is not final in the time given; it goes on in the service."""

    def __init__(self, plan_id: str, within_s: float) -> None:
        super().__init__(f"{plan_id} is not final after {within_s:g} s.")
        self.plan_id = plan_id
