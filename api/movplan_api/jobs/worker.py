"""A worker process: takes plans from the queue and has them solved, one at a time."""

import os
import signal
import sys
import threading

import structlog
from dbos import DBOS, DBOSConfig

from movplan_api.ids import new_id
from movplan_api.jobs.beating import Heart, Watcher, home_of_this_process
from movplan_api.jobs.delivering import Postman
from movplan_api.jobs.job import Bench, Job
from movplan_api.jobs.queueing import prepare_engine_tables
from movplan_api.jobs.solving_job import SOLVING
from movplan_api.jobs.studying import STUDYING
from movplan_api.jobs.tidying import Tidier
from movplan_api.jobs.words import APPLICATION, WORKFLOWS_VERSION
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.migrate import upgrade
from movplan_api.store.workers import Workers

log = structlog.get_logger()

# Every kind of job a worker does; a new kind is one more line.
JOBS: tuple[Job, ...] = (SOLVING, STUDYING)


def run_worker(settings: Settings, *, with_parent: bool = False) -> None:
    """Work until told to end. ``with_parent``: or until the one who started it does."""
    store = Store(settings.url)
    upgrade(store)
    prepare_engine_tables(store)
    worker_id = new_id("wrk")
    heart = _enrol(settings, store, worker_id)
    _launch_engine(Bench(settings, store, worker_id))
    heart.start()
    Tidier(store, settings).start()
    Postman(store, settings).start()
    log.info("worker ready", worker_id=worker_id)
    _wait_for_the_end(with_parent=with_parent)
    heart.stop()
    log.info("worker ends", worker_id=worker_id)
    # Threads of the engine may sit in a solve that another worker takes up now; its
    # solver process ends when its input does.
    os._exit(0)


def _launch_engine(bench: Bench) -> None:
    settings = bench.settings
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": bench.store.url_with_password,
        "application_version": WORKFLOWS_VERSION,
        "executor_id": bench.worker_id,
        "notification_listener_polling_interval_sec": settings.poll_s,
        "log_level": "WARNING",
        "enable_otlp": False,
    }
    DBOS(config=config)
    for job in JOBS:
        job.register(bench)
    DBOS.listen_queues([job.queue for job in JOBS])
    DBOS.launch()
    for job in JOBS:
        DBOS.register_queue(
            job.queue,
            worker_concurrency=job.at_once,
            polling_interval_sec=settings.poll_s,
            on_conflict="always_update",
        )


def _enrol(settings: Settings, store: Store, worker_id: str) -> Heart:
    """Be known before taking anything from the queue, or nobody would take it up."""
    home = home_of_this_process()
    with store.transaction() as session:
        Workers(session).enrol(
            worker_id, home=home, pid=os.getpid(), version=WORKFLOWS_VERSION
        )
    watcher = Watcher(home, settings.lost_after_s)
    return Heart(store, worker_id, watcher, take_up, settings.beat_s)


def take_up(dead: list[str]) -> int:
    """Queue again what the dead had begun; returns how many plans that were."""
    begun = DBOS.list_workflows(
        status="PENDING",
        executor_id=dead,
        load_input=False,
        load_output=False,
    )
    for workflow in begun:
        log.warning("plan taken up", plan_id=workflow.workflow_id)
        DBOS.resume_workflow(workflow.workflow_id, queue_name=workflow.queue_name)
    return len(begun)


def _wait_for_the_end(*, with_parent: bool) -> None:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    if with_parent:
        threading.Thread(target=_watch_parent, args=(ended,), daemon=True).start()
    ended.wait()


def _watch_parent(ended: threading.Event) -> None:
    """Whoever started this process holds the other end of its input."""
    sys.stdin.read()
    ended.set()
