"""How views answer: JSON or CSV, a page or all, an entity tag, 304 when known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request
from starlette.responses import Response

from movplan_api.auth.caller import Caller
from movplan_api.contract.queries import USUAL_ROWS, RowsQuery
from movplan_api.http.depends import TheCaller, TheDesk
from movplan_api.http.openapi import refusals
from movplan_api.http.piecewise import Piecewise, as_json
from movplan_api.problems import ServiceError
from movplan_api.usecases.desk import Desk
from movplan_api.views import gently
from movplan_api.views.paging import page_of_rows
from movplan_api.views.seen import Row
from movplan_api.views.table import as_csv
from movplan_api.views.tags import known_already, tag_of

JSON, CSV = "application/json", "text/csv"

# Databases take no control characters, and no id has any.
_ID = Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
PlanId = Annotated[str, _ID]
ThingId = Annotated[str, _ID]

_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Known already, by its entity tag."}
}
A_DOCUMENT: dict[int | str, dict[str, Any]] = {
    **_NOT_MODIFIED,
    **refusals(401, 404, 406, 409, 422),
}
A_TABLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {CSV: {"schema": {"type": "string"}}}, "description": "Rows"},
    **refusals(400),
    **A_DOCUMENT,
}


class NotAcceptableError(ServiceError):
    """None of the kinds the caller takes is one of ours."""

    status, title = 406, "Not acceptable"


@dataclass(frozen=True, slots=True)
class Look:
    """A caller who looks: what they take, and what they have already."""

    desk: Desk
    caller: Caller
    request: Request
    accept: str
    if_none_match: str | None

    def document(self, of: Sequence[str], make: Callable[[], Any]) -> Response:
        """One JSON document that depends on ``of`` and on nothing that changes."""
        return self.text(of, lambda: gently.dumps(make()))

    def text(self, of: Sequence[str], make: Callable[[], bytes]) -> Response:
        """The same, written already."""
        self._kind((JSON,))
        return self._unless_known(of, JSON, lambda: as_json(make()))

    def either(self, of: Sequence[str], make: Callable[[bool], Response]) -> Response:
        """What can be had as JSON, or as a table (``make`` is told which)."""
        kind = self._kind((JSON, CSV))
        return self._unless_known(of, kind, lambda: make(kind == CSV))

    def table(
        self,
        of: Sequence[str],
        query: RowsQuery,
        columns: Sequence[str],
        make: Callable[[], tuple[Sequence[Row], dict[str, Any]]],
    ) -> Response:
        """A page of rows; ``make`` says all rows, and what stands beside them."""

        def answer(as_table: bool) -> Response:
            rows, beside = make()
            usual = None if as_table else USUAL_ROWS
            page = page_of_rows(rows, query.limit or usual, query.cursor)
            if not as_table:
                paged = {"total": page.total, "next_cursor": page.next_cursor}
                return as_json(gently.dumps({"items": page.items, **paged, **beside}))
            text = as_csv(page.items, columns)
            headers = self._next(page.next_cursor)
            return Piecewise(text, headers=headers, media_type=CSV)

        return self.either(of, answer)

    def _kind(self, ours: Sequence[str]) -> str:
        """The kind the caller likes best; of equals the first of ours."""
        best = max(ours, key=lambda kind: _liking(self.accept, kind))
        if _liking(self.accept, best) <= 0:
            words = f"This can be had as {' or '.join(ours)}."
            raise NotAcceptableError("NOT_ACCEPTABLE", words)
        return best

    def _unless_known(
        self, of: Sequence[str], kind: str, make: Callable[[], Response]
    ) -> Response:
        url, scopes = self.request.url, sorted(self.caller.scopes)
        tag = tag_of([*of, url.path, url.query, kind, *scopes])
        known = known_already(self.if_none_match, tag)
        response = Response(status_code=304) if known else make()
        response.headers["ETag"] = tag
        response.headers["Vary"] = "Accept, Authorization"
        # It may be kept by the one who asked, and is asked for again each time.
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def _next(self, cursor: str | None) -> dict[str, str]:
        if cursor is None:
            return {}
        at = self.request.url.include_query_params(cursor=cursor)
        return {"Link": f'<{at.path}?{at.query}>; rel="next"'}


def _look(
    request: Request,
    desk: TheDesk,
    caller: TheCaller,
    accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
    if_none_match: Annotated[
        str | None, Header(description="The entity tag of what you have.")
    ] = None,
) -> Look:
    return Look(desk, caller, request, accept, if_none_match)


TheLook = Annotated[Look, Depends(_look)]


def _liking(accept: str, kind: str) -> float:
    """How much an ``Accept`` header likes a kind: the most specific range says."""
    said: dict[str, float] = {}
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        media, *settings = (word.strip().lower() for word in part.split(";"))
        said[media] = _quality(settings)
    for media in (kind, kind.split("/")[0] + "/*", "*/*"):
        if media in said:
            return said[media]
    return 0


def _quality(settings: Sequence[str]) -> float:
    for setting in settings:
        name, _, value = setting.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0
    return 1
