"""Send requests; those that may be sent again are, while the service is away."""

from typing import Any

import httpx

from movplan_api.client.answers import Row
from movplan_api.client.failures import ServiceFault
from movplan_api.client.pauses import Pauses

AGAIN = frozenset({429, 502, 503, 504})


class Calling:
    """An HTTP connection with a key. ``patience_s``: how long to wait in all."""

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
        pauses = Pauses(self.patience_s if safe else 0)
        while True:
            try:
                answer = self.http.request(
                    method, path, params=params, json=json, headers=headers
                )
            except httpx.TransportError as error:
                pauses.wait_or_raise(error)
                continue
            if answer.is_success:
                return answer
            fault = ServiceFault.of(answer)
            if fault.status not in AGAIN:
                raise fault
            pauses.wait_or_raise(fault, at_least_s=fault.retry_after_s)
