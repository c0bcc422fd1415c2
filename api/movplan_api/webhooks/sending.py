"""Send one notice once, signed as Standard Webhooks says."""

import json
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from standardwebhooks import Webhook

from movplan_api.clock import now
from movplan_api.webhooks.addresses import UnreachableError, resolve

_TIMEOUT_S = 10
_ERROR_CHARS = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, to where, and the secret that signs it."""

    delivery_id: str
    url: str
    secret: str
    body: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status, or why there is none."""

    at: datetime
    took_ms: int
    status: int | None = None
    error: str | None = None

    @property
    def arrived(self) -> bool:
        """Whether they took it."""
        return self.status is not None and 200 <= self.status < 300


def body_of(kind: str, at: datetime, data: dict[str, Any]) -> str:
    """The body: the same text at every try, or its signature would be of another."""
    said = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(said, separators=(",", ":"), sort_keys=True)


def send(letter: Letter, *, may_reach_private: bool) -> Reply:
    """Try it once: no redirects, no proxy, no more than the status is read."""
    at, began = now(), time.perf_counter()

    def reply(status: int | None = None, error: str | None = None) -> Reply:
        took_ms = round(1000 * (time.perf_counter() - began))
        return Reply(at, took_ms, status, error and error[:_ERROR_CHARS])

    try:
        return reply(_post(letter, at, may_reach_private))
    except UnreachableError as error:
        return reply(error=str(error))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        # The kind is enough: texts of faults may hold what was sent.
        return reply(error=type(error).__name__)


def _post(letter: Letter, at: datetime, may_reach_private: bool) -> int:
    address, parts = resolve(letter.url, may_reach_private=may_reach_private)
    host = parts.hostname or ""
    with httpx.Client(
        timeout=_TIMEOUT_S, follow_redirects=False, trust_env=False
    ) as http:
        request = http.build_request(
            "POST",
            httpx.URL(letter.url).copy_with(host=str(address)),
            content=letter.body.encode(),
            headers={**_headers(letter, at), "Host": parts.netloc},
            # The certificate must be that of the name, not of the number.
            extensions={"sni_hostname": host},
        )
        answer = http.send(request, stream=True)
        answer.close()
        return answer.status_code


def _headers(letter: Letter, at: datetime) -> dict[str, str]:
    signature = Webhook(letter.secret).sign(letter.delivery_id, at, letter.body)
    return {
        "Content-Type": "application/json",
        "User-Agent": "movplan",
        "webhook-id": letter.delivery_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }
