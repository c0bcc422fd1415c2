"""``movplan-server workspaces``: list them, remove one, read its audit log."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from movplan_api.settings import Settings
from movplan_api.store import Store
from movplan_api.store.access import Access
from movplan_api.store.audit import Actor, AuditFilter, entries
from movplan_api.store.migrate import upgrade
from movplan_api.store.pages import MOST
from movplan_api.usecases.remove_workspace import remove

app = typer.Typer(no_args_is_help=True, help="Workspaces: one per mission.")


@app.command("list")
def list_workspaces() -> None:
    """Print the workspaces there are: id, name, retention."""
    with _store() as store, store.transaction() as session:
        for one in Access(session).workspaces():
            days = one.retention_days
            kept = "kept" if days is None else f"{days} days"
            typer.echo(f"{one.id}  {one.name}  {kept}")


@app.command("remove")
def remove_workspace(
    name: Annotated[str, typer.Argument(help="Its name.")],
    *,
    dry_run: Annotated[bool, typer.Option(help="Only say what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Remove a workspace with all it holds: plans, names, keys. Its audit log stays."""
    with _store() as store:
        actor = Actor(_id_of(store, name))
        if dry_run or not yes:
            typer.echo(remove(store, actor, dry_run=True).model_dump_json())
        if dry_run:
            return
        if not yes:
            typer.confirm("Remove all of it?", abort=True)
        typer.echo(remove(store, actor, dry_run=False).model_dump_json())


@app.command("audit")
def read_audit(
    workspace_id: Annotated[str, typer.Argument(help="wsp_..., removed ones too")],
) -> None:
    """Print a workspace's audit log, newest first, a JSON object a line."""
    with _store() as store:
        for line in _audit(store, workspace_id):
            typer.echo(line)


def _id_of(store: Store, name: str) -> str:
    with store.transaction() as session:
        found = Access(session).workspace_named(name)
    if found is None:
        typer.echo("There is no workspace of that name.", err=True)
        raise typer.Exit(1)
    return found.id


def _audit(store: Store, workspace_id: str) -> Iterator[str]:
    cursor = None
    while True:
        with store.transaction() as session:
            page = entries(
                session, workspace_id, AuditFilter(), limit=MOST, cursor=cursor
            )
        for entry in page.items:
            said = {
                name: getattr(entry, name)
                for name in ("id", "action", "subject_id", "key_id", "detail")
            }
            yield json.dumps({"at": entry.at.isoformat(), **said})
        cursor = page.next_cursor
        if cursor is None:
            return


@contextmanager
def _store() -> Iterator[Store]:
    store = Store(Settings().url)
    upgrade(store)
    try:
        yield store
    finally:
        store.close()
