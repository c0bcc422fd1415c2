"""The commands."""

import json
from typing import Annotated

import typer

from movplan_api.cli.giving_keys import (
    give_first_key,
    give_key,
    let_expire,
    lines_of_keys,
    take_key,
)
from movplan_api.cli.house import refuse_open_door, run_house
from movplan_api.cli.workspaces import app as workspaces
from movplan_api.logs import configure_logs
from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.migrate import upgrade
from movplan_api.words import Role, Scope

app = typer.Typer(no_args_is_help=True, help="The movplan service.")
keys = typer.Typer(no_args_is_help=True, help="API keys.")
app.add_typer(keys, name="keys")
app.add_typer(workspaces, name="workspaces")

WithParent = Annotated[bool, typer.Option("--with-parent", hidden=True)]


@app.command()
def run(
    workers: Annotated[int, typer.Option(min=0, help="Worker processes.")] = 1,
) -> None:
    """Start the API and its workers, and keep them running."""
    settings = Settings()
    configure_logs("run", settings.log_level)
    store = Store(settings.url)
    upgrade(store)
    refuse_open_door(settings, store)
    give_first_key(store)
    store.close()
    raise typer.Exit(run_house(settings, workers))


@app.command()
def serve(*, with_parent: WithParent = False) -> None:
    """Start the API alone; workers are started elsewhere."""
    from movplan_api.cli.serving import serve_api

    settings = Settings()
    configure_logs("api", settings.log_level)
    store = Store(settings.url)
    upgrade(store)
    refuse_open_door(settings, store)
    store.close()
    serve_api(settings, with_parent=with_parent)


@app.command()
def worker(*, with_parent: WithParent = False) -> None:
    """Start one worker: it takes plans from the queue and has them solved."""
    from movplan_api.jobs.worker import run_worker

    settings = Settings()
    configure_logs("worker", settings.log_level)
    run_worker(settings, with_parent=with_parent)


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from movplan_api.jobs.queueing import prepare_engine_tables

    store = Store(Settings().url)
    upgrade(store)
    prepare_engine_tables(store)
    typer.echo("The tables are up to date.")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document of this version."""
    from movplan_api.http.app import create_app

    document = create_app(Settings()).openapi()
    typer.echo(json.dumps(document, indent=1, ensure_ascii=False))


@keys.command("create")
def create_key(
    workspace: Annotated[str, typer.Option(help="Made if there is none of that name.")],
    role: Annotated[Role, typer.Option()] = Role.VIEWER,
    name: Annotated[str, typer.Option(help="Whose key it is.")] = "key",
    scope: Annotated[list[Scope] | None, typer.Option()] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Valid so long.")] = None,
) -> None:
    """Make a key and print it: it is shown this once."""
    store = Store(Settings().url)
    upgrade(store)
    text = give_key(store, workspace, name, role, tuple(scope or ()))
    if days is not None:
        let_expire(store, text, days)
    typer.echo(text)


@keys.command("list")
def list_keys(
    workspace: Annotated[str | None, typer.Option(help="Of this one only.")] = None,
) -> None:
    """Print the keys there are, without their secrets."""
    store = Store(Settings().url)
    upgrade(store)
    for line in lines_of_keys(store, workspace):
        typer.echo(line)


@keys.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(help="key_...")]) -> None:
    """Let a key open nothing any more."""
    store = Store(Settings().url)
    upgrade(store)
    if not take_key(store, key_id):
        typer.echo("There is no key of that id.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{key_id} opens nothing any more.")
