"""What the use cases work with, opened once for the HTTP process."""

from dataclasses import dataclass, field

from movplan_api.jobs.queueing import Queueing, prepare_engine_tables
from movplan_api.settings import Settings
from movplan_api.solving.readers import Readers
from movplan_api.store import Store
from movplan_api.store.migrate import upgrade
from movplan_api.vault.vault import Vault
from movplan_api.views.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, the queue, the readers, the names, and what was read lately."""

    settings: Settings
    store: Store
    queueing: Queueing
    readers: Readers
    vault: Vault
    shelf: Shelf = field(default_factory=Shelf)

    def close(self) -> None:
        """Let go of everything."""
        self.queueing.close()
        self.readers.close()
        self.store.close()


def open_desk(settings: Settings) -> Desk:
    """Bring the tables up to date and open everything."""
    vault = Vault.of(settings)
    store = Store(settings.url)
    upgrade(store)
    prepare_engine_tables(store)
    readers = Readers(settings.readers, deadline_s=settings.read_deadline_s)
    return Desk(settings, store, Queueing(store), readers, vault)
