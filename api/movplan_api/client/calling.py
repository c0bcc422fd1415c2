"""Send requests; those that may be sent again are, while the service is away."""

import time
from typing import Any

import httpx

from movplan_api.client.answers import Row
from movplan_api.client.failures import ServiceFault

AGAIN = frozenset({429, 502, 503, 504})
LONGEST_PAUSE_S = 10.0


class Calling:
    """An HTTP connection with a key. ``patience_s``: how long to go on trying."""

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        timeout_s: float,
        patience_s: float,
    ) -> None:
        self.http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"},
            timeout=timeout_s,
        )
        self.patience_s = patience_s

    def json(self, method: str, path: str, **sent: Any) -> Any:  # noqa: ANN401
        """What the service answers, as JSON."""
        return self.answer(method, path, **sent).json()

    def answer(
        self,
        method: str,
        path: str,
        *,
        params: Row | None = None,
        json: Row | None = None,
        headers: dict[str, str] | None = None,
        again: bool | None = None,
    ) -> httpx.Response:
        """An answer that is no refusal. ``again``: sending it twice does no harm."""
        safe = method == "GET" if again is None else again
        until = time.monotonic() + (self.patience_s if safe else 0)
        pause_s = 0.2
        while True:
            try:
                answer = self.http.request(
                    method, path, params=params, json=json, headers=headers
                )
            except httpx.TransportError:
                if time.monotonic() + pause_s > until:
                    raise
            else:
                if answer.is_success:
                    return answer
                fault = ServiceFault.of(answer)
                wait_s = max(pause_s, fault.retry_after_s)
                if fault.status not in AGAIN or time.monotonic() + wait_s > until:
                    raise fault
                pause_s = wait_s
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
