"""Every example in docs/api.md runs, in order, against a service with one worker."""

import os
import re
import subprocess
import sys

import pytest

from movplan_api.words import Role
from tests.api.conftest import ROOT
from tests.api.jobs.running import workers
from tests.api.serving import served, settings_in

TEXT = (ROOT / "docs/api.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("docs"))
    with served(settings) as running, workers(settings, 1):
        yield running


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "command", "most"),
    [
        ("bash", ["bash", "-euo", "pipefail", "-c"], 5),
        ("python", [sys.executable, "-W", "error", "-c"], 3),
    ],
)
def test_the_examples_run(service, tmp_path, language, command, most):
    found = blocks(language)
    assert len(found) >= most
    key = service.key(Role.ADMIN, workspace=language)
    done = subprocess.run(
        [*command, "\n".join(found)],
        cwd=tmp_path,
        env={**os.environ, "MOVPLAN_URL": service.url, "MOVPLAN_KEY": key},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stdout
