"""What is kept: SQLAlchemy tables, migrations, and a repository for each aggregate.

Repositories take a session and neither commit nor roll back: whoever opens the
transaction (``Store.transaction``) decides what is one step.
"""

from movplan_api.store.store import Store

__all__ = ["Store"]
