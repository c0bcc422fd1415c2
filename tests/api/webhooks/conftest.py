"""The application without workers, and two real plans: as other tests have them."""

from tests.api.http.conftest import app_client, as_role, order
from tests.api.views.conftest import first, house, second

__all__ = ["app_client", "as_role", "first", "house", "order", "second"]
