"""Reading a scenario from wherever it is, strictly or setting families aside."""

from pathlib import Path

from movplan.domain.errors import InputError, Issue
from movplan.domain.long_lived import long_lived
from movplan.domain.scenario import Scenario
from movplan.files.assemble import assemble
from movplan.files.canonical import canonical
from movplan.files.document import read_document
from movplan.files.folder import read_folder
from movplan.files.raw import RawScenario
from movplan.files.set_aside import SetAside, set_aside


def read_scenario(path: Path | str) -> Scenario:
    """Read a scenario, in canonical form, from a folder or a ``.json`` document.

    Raises ``InputError`` with every issue found, warnings included, if there is an
    error.
    """
    scenario, _ = read_with_warnings(path)
    return scenario


@long_lived()
def read_with_warnings(path: Path | str) -> tuple[Scenario, tuple[Issue, ...]]:
    """The same, with the warnings."""
    found = assemble(read_raw(Path(path)))
    if found.scenario is None or found.errors:
        raise InputError(found.issues)
    return canonical(found.scenario), found.issues


@long_lived()
def read_scenario_setting_aside(
    path: Path | str,
) -> tuple[Scenario, tuple[Issue, ...], tuple[SetAside, ...]]:
    """Read the families without errors; the others are set aside with their facts.

    Families that travel with one set aside are set aside too: linked families travel
    together or stay. Raises ``InputError`` for errors that are not about one family.
    """
    raw = read_raw(Path(path))
    scenario, issues, aside = set_aside(assemble(raw), raw.header_file)
    return canonical(scenario), issues, aside


def read_raw(path: Path) -> RawScenario:
    """Read a folder or a document as raw rows."""
    if path.is_dir():
        return read_folder(path)
    if path.is_file() and path.suffix == ".json":
        return read_document(path)
    issue = Issue(
        code="NO_SCENARIO",
        table="scenario",
        value=str(path),
        problem="no scenario here",
        expected="a folder with scenario.yaml, or a .json document",
    )
    raise InputError([issue])
