"""Programs that are measured: started in a process of their own, waited for, stopped."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self


class Program:
    """``python -m benchmarks.<module> FOLDER``, which prints its address when it serves."""

    def __init__(self, module: str, folder: Path) -> None:
        self.folder = folder
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.{module}", folder], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        self.started_in = time.perf_counter() - began
        if not self.url:
            raise RuntimeError(f"{module} did not start")

    @property
    def door(self) -> tuple[str, str]:
        """(address, administrator’s key), from the folder."""
        return self.url, json.loads((self.folder / "server.json").read_text())["token"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait()


def with_history(folder: Path, tickets: int) -> Path:
    """A data folder with so many tickets of days gone by."""
    folder.mkdir(parents=True)
    if tickets:
        subprocess.run([sys.executable, "-m", "benchmarks.history", folder, str(tickets)], check=True)
    return folder
