"""Refuse addresses that notices cannot go to, when they are named."""

from movplan_api.problems import InvalidError, ProblemIssue
from movplan_api.settings import Settings
from movplan_api.webhooks.addresses import UnreachableError, check_url


def refuse_unfit_address(settings: Settings, url: str, *, path: str) -> None:
    """``path``: where in the request it stands. A name is not looked up here."""
    try:
        check_url(url, may_reach_private=settings.webhooks_may_reach_private)
    except UnreachableError as error:
        issue = ProblemIssue(
            code="UNFIT_ADDRESS", path=path, value=url[:80], problem=str(error)
        )
        words = "Notices cannot go to this address."
        raise InvalidError("UNFIT_ADDRESS", words, issues=[issue]) from None
