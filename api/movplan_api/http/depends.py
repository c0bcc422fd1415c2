"""What endpoints ask for: the desk, the caller, the body."""

from typing import Annotated, cast

from fastapi import Depends, Header, Request

from movplan_api.auth.caller import Caller, caller_of
from movplan_api.auth.rate import Rates
from movplan_api.http.operations import refuse_unknown_query
from movplan_api.problems import TooLargeError, UnreadableKindError
from movplan_api.usecases.desk import Desk


def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


TheDesk = Annotated[Desk, Depends(_desk)]


def _caller(
    request: Request,
    desk: TheDesk,
    authorization: Annotated[
        str | None, Header(description="Bearer and a key made by movplan-server.")
    ] = None,
) -> Caller:
    word, _, text = (authorization or "").partition(" ")
    shown = text.strip() if word.lower() == "bearer" else None
    caller = caller_of(desk.store, shown, request.state.request_id)
    cast("Rates", request.app.state.rates).take(caller.key_id)
    refuse_unknown_query(request)
    return caller


TheCaller = Annotated[Caller, Depends(_caller)]


async def _body(request: Request, desk: TheDesk, _caller: TheCaller) -> bytes:
    """The body, refused as soon as it is known to be too big."""
    most = desk.settings.max_body_bytes
    packing = request.headers.get("content-encoding", "identity")
    if packing != "identity":
        words = f"Bodies are taken as they are, not as {packing[:40]}; or as a zip."
        raise UnreadableKindError(
            "UNREADABLE_PACKING", words, headers={"Accept-Encoding": "identity"}
        )
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and int(said) > most:
        raise _too_large(most)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise _too_large(most)
        parts.append(part)
    return b"".join(parts)


TheBody = Annotated[bytes, Depends(_body)]


def _too_large(most: int) -> TooLargeError:
    words = f"The body may have {most} bytes at most; send big scenarios as a zip."
    # What is still on its way is not read: the connection is of no use any more.
    return TooLargeError("BODY_TOO_LARGE", words, headers={"Connection": "close"})
