"""The pages a newcomer reads stay true: words, dependencies, the lock, the set-up."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from queue_server.messages import TicketState

ROOT = Path(__file__).parent.parent
# In a process of its own: the command line brings Flask and gevent, which other tests of this run must not inherit.
COMMANDS = """
import typer.main
from queue_server.cli import app
def walk(command, at):
    print(" ".join(at))
    for name, inside in getattr(command, "commands", {}).items():
        walk(inside, (*at, name))
walk(typer.main.get_command(app), ())
"""
ROOMS = ("config", "printers", "queue_server", "operator_console", "kiosk", "display_board")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def requirements() -> list[Requirement]:
    """What pyproject.toml asks for, in every role and for the tests."""
    project: dict[str, Any] = tomllib.loads(page("pyproject.toml"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return [found for found in map(Requirement, lines) if found.name != project["name"]]


def test_every_dependency_has_its_reason_and_no_reason_is_left_over(requirements: list[Requirement]) -> None:
    reasons = re.findall(r"^\| ([a-z0-9._-]+) \| \S", page("DECISIONS.md").split("## Why each dependency?")[1], re.M)
    assert sorted(set(reasons) - {"package"}) == sorted({found.name for found in requirements})


def test_the_lock_has_every_dependency_in_a_version_that_is_allowed(requirements: list[Requirement]) -> None:
    locked = [Requirement(line) for line in page("requirements.lock").splitlines() if "==" in line]
    versions = {canonicalize_name(found.name): str(found.specifier).removeprefix("==") for found in locked}
    for found in requirements:
        assert versions[canonicalize_name(found.name)] in found.specifier, found.name


def test_the_lock_names_no_place_to_download_from() -> None:
    assert not re.search(r"://|--(find-links|index-url|extra-index-url)", page("requirements.lock"))


def test_the_readme_names_every_state_of_a_ticket() -> None:
    sentence = page("README.md").split("A ticket is ")[1].split(".")[0]
    assert re.findall(r"`([a-z_]+)`", sentence) == [state.value for state in TicketState]


def test_the_readme_begins_with_the_two_commands() -> None:
    assert re.findall(r"^make \w+", page("README.md"), re.M)[:2] == ["make demo", "make test"]


def test_every_command_the_readme_shows_exists() -> None:
    shown = set(re.findall(r"`cherha ([a-z]+(?: [a-z]+)?)", page("README.md")))
    known = subprocess.run(
        [sys.executable, "-c", COMMANDS], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    ).stdout.split("\n")
    assert len(shown) >= 8
    assert shown - set(known) == set()


def test_every_file_the_readme_names_exists() -> None:
    table = page("README.md").split("### Where a thing belongs")[1].split("###")[0]
    for name in re.findall(r"`([a-z_]+/[a-z_./]+(?:\.py|\.toml|/))`", table):
        assert (ROOT / name).exists(), name


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "manager", "common", "base", "misc"}
    assert [str(file) for room in ROOMS for file in (ROOT / room).rglob("*.py") if file.stem in empty] == []


def test_every_module_of_the_server_is_under_the_import_law() -> None:
    """A new module would else be open to kiosk and wall, and free to open windows, until somebody remembers."""
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    by_name = {contract["name"]: contract for contract in contracts}
    hidden = by_name["kiosk and wall reach the server only through its client"]["forbidden_modules"]
    windowless = by_name["the server knows kiosk and wall only in its composition root"]["source_modules"]
    modules = {f"queue_server.{path.stem}" for path in (ROOT / "queue_server").iterdir() if path.stem[0] not in "_."}
    assert modules - set(hidden) == {"queue_server.client", "queue_server.messages"}
    root = {f"queue_server.{name}" for name in ("cli", "demo", "demo_console", "demo_faces")}
    assert modules - set(windowless) == root


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("en", r"\b(clients?|customers?|counters?|invited?)\b"), ("uk", "клієнт|замовник|віконц|стійк")],
)
def test_no_text_calls_a_visitor_a_customer_or_a_desk_a_counter(language: str, foreign: str) -> None:
    texts = [line.partition(" = ")[2] for line in page(f"config/locale/{language}.ftl").splitlines()]
    assert [text for text in texts if re.search(foreign, text, re.IGNORECASE)] == []


def test_every_page_the_readme_points_to_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page("README.md")):
        assert (ROOT / target).exists(), target


def set_up(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(ROOT / ".ci" / script), *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_another_python_gets_one_clear_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(0o755)
    answer = set_up("find-python", PYTHON=str(old))
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr == (
        "cherha set-up: Cherha needs Python 3.11, 3.12 or 3.13, and this machine has: 3.9. "
        "Install one of them, or name it: make PYTHON=/path/to/python ...\n"
    )


def test_a_user_without_rights_gets_the_exact_line_to_type(tmp_path: Path) -> None:
    """A machine that has nothing: no libraries, not root, a sudo that wants a password."""
    for name, body in {
        "ldconfig": "", "id": "echo 1000", "sudo": "exit 1", "apt-get": "echo apt was called >&2; exit 1",
    }.items():  # fmt: skip
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    answer = set_up("system-packages", "board", PATH=f"{tmp_path}:/usr/bin:/bin")
    assert answer.returncode == 1
    assert answer.stdout == ""
    wanted = "libgl1 libegl1 libgles2 libmtdev1 libxi6 libxcursor1 libxrandr2 libxss1 libespeak-ng1"
    assert answer.stderr.splitlines() == [
        f"cherha set-up: missing system packages: {wanted}",
        "cherha set-up: please type this line, then try again:",
        f"    sudo apt-get update && sudo apt-get install --yes --no-install-recommends {wanted}",
    ]
