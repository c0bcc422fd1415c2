"""Imports point down, and the code keeps its house rules."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "api").rglob("*.py"))
PRINTS = ROOT / "src/movplan/cli"


def test_layers_and_doorways_are_kept():
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_says_what_it_is_and_prints_nothing(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "a module says what it is"
    if PRINTS in path.parents:
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    assert "print" not in names, "only the command line prints"


def test_the_help_needs_no_solver():
    code = (
        "import sys, movplan.cli\n"
        "heavy = {'ortools', 'highspy', 'pandas', 'scipy'} & set(sys.modules)\n"
        "print(*sorted(heavy))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []
