"""Measures every promise and prints one table, with the machine it was measured on. ``--quick``: a smaller history."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.clients import Bare, Kiosk, Staff, crowd, until_all_know
from benchmarks.processes import Program, with_history

ROUNDS, A_ROUND = 8, 40
FEW_WAIT, MANY_WAIT = 10, 5000
FOLLOWERS, CALLS = 300, 40
CROWD_S = 4.0


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of many answers, told in milliseconds."""

    seconds: list[float]

    def at(self, share: float) -> float:
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)] * 1000

    def __str__(self) -> str:
        return f"{self.at(0.5):.1f} / {self.at(0.95):.1f} ms"


class Report:
    def __init__(self) -> None:
        self.table = Table("promise", "measured", "compared with", "ratio", title="p50 / p95 unless said otherwise")
        for column in self.table.columns[1:]:
            column.justify = "right"

    def line(self, promise: str, measured: object, floor: object = "", ratio: float | None = None) -> None:
        self.table.add_row(promise, str(measured), str(floor), f"{ratio:.2f}×" if ratio is not None else "")

    def times(self, promise: str, measured: Times, floor: Times, name: str) -> None:
        self.line(promise, measured, f"{name}: {floor}", measured.at(0.5) / floor.at(0.5))


def one_client(report: Report, servers: dict[int, Program], bare: Program) -> None:
    """Turn about, so that a busy moment of the machine hits all alike."""
    floor = Bare(bare.url)
    staff = {tickets: Staff(server.door) for tickets, server in servers.items()}
    hands = {tickets: (people.kiosk(), people.operator()) for tickets, people in staff.items()}
    inserted: list[float] = []
    issued: dict[int, list[float]] = {tickets: [] for tickets in servers}
    called: dict[int, list[float]] = {tickets: [] for tickets in servers}
    for round_ in range(ROUNDS + 1):
        if round_ == 1:  # the first round warms everything up
            inserted.clear()
            for times in (*issued.values(), *called.values()):
                times.clear()
        inserted += [floor.insert() for _ in range(A_ROUND)]
        for tickets, (kiosk, operator) in hands.items():
            issued[tickets] += [kiosk.issue() for _ in range(A_ROUND)]
            called[tickets] += [operator.call() for _ in range(A_ROUND)]
    bare_times, empty = Times(inserted), min(servers)
    for name, measured in (("issue", issued), ("call next", called)):
        report.times(f"{name}, one client", Times(measured[empty]), bare_times, "a bare INSERT")
    for name, measured in (("issue", issued), ("call next", called)):
        for tickets in sorted(servers)[1:]:
            report.times(
                f"{name} after {tickets:,} tickets", Times(measured[tickets]), Times(measured[empty]), "after none"
            )
    for tickets in sorted(servers)[1:]:
        ratio = servers[tickets].started_in / servers[empty].started_in
        report.line(
            f"server’s start after {tickets:,} tickets",
            f"{servers[tickets].started_in:.1f} s",
            f"after none: {servers[empty].started_in:.1f} s",
            ratio,
        )


def full_hall(report: Report, quiet: Program, full: Program) -> None:
    """The same commands with ten waiting and with five thousand."""
    hands = []
    for server, waiting in ((quiet, FEW_WAIT), (full, MANY_WAIT)):
        people = Staff(server.door)
        hands.append((people.kiosk(), people.operator()))
        for _ in range(waiting):
            hands[-1][0].issue()
    times: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    for _ in range(ROUNDS * A_ROUND // 2):
        for (kiosk, operator), (issued, called) in zip(hands, times, strict=True):
            issued.append(kiosk.issue())
            called.append(operator.call())
    for n, name in enumerate(("issue", "call next")):
        report.times(f"{name}, {MANY_WAIT:,} wait", Times(times[1][n]), Times(times[0][n]), f"{FEW_WAIT} wait")


def many_clients(report: Report, server: Program, bare: Program) -> None:
    people = Staff(server.door)
    tokens = [people.kiosk_token(f"kiosk {n}") for n in range(32)]
    for clients in (8, 32):
        rate, took = crowd(clients, CROWD_S, lambda n: Kiosk(server.url, tokens[n]).issue)
        bare_rate, _ = crowd(clients, CROWD_S, lambda _: Bare(bare.url).insert)
        report.line(
            f"tickets a second, {clients} clients",
            f"{rate:.0f}/s",
            f"a bare INSERT: {bare_rate:.0f}/s",
            rate / bare_rate,
        )
        report.line(f"issue, {clients} clients", Times(took))


def everybody_knows(report: Report, server: Program) -> None:
    people = Staff(server.door)
    kiosk, operator = people.kiosk(), people.operator()
    for _ in range(2 * CALLS):
        kiosk.issue()
    alone = Times(until_all_know(server.url, 1, CALLS, operator.call))
    all_of_them = Times(until_all_know(server.url, FOLLOWERS, CALLS, operator.call))
    report.times(f"press to the last of {FOLLOWERS} followers", all_of_them, alone, "one follower")


def paper(report: Report) -> None:
    try:
        from printers.escpos import job
        from printers.render import render
        from printers.slip import compose
    except ImportError:  # a machine without the paper extra
        return
    took = []
    for number in range(30):
        began = time.perf_counter()
        slip = compose(
            language="uk",
            centre_name="Центр надання соціальних послуг «Прозора приймальня»",
            city="Бахмут",
            letter="А",
            seq=number + 1,
            service_number=22,
            service_short_name="Субсидія: призначення",
            sensitive=False,
            group_name="Субсидії",
            provider_name="Управління праці та соціального захисту населення",
            issued_at=datetime.now(UTC),
            ahead=7,
            zone_name="Зала очікування",
            floor=1,
            return_window_min=60,
            qr="https://cherha.example/my/17-abcdefghijklmnopqrstuvwx",
        )
        job(render(slip, 80))
        took.append(time.perf_counter() - began)
    report.line("slip from words to the printer’s bytes", Times(took))


def machine() -> str:
    cpu = next(
        (line.partition(": ")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    load = " ".join(f"{n:.1f}" for n in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{cpu} × {os.cpu_count()}, {platform.platform()}, {versions}; a flush {_flush_ms():.2f} ms; load {load}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _flush_ms() -> float:
    """Median of a durable 4 KB write here: on a disk of one’s own it is the floor of every figure."""
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            began = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return Times(took).at(0.5)


def main() -> None:
    histories = (0, 1_000, 10_000) if "--quick" in sys.argv else (0, 10_000, 100_000)
    console, report = Console(width=130), Report()
    console.print(machine())
    with tempfile.TemporaryDirectory(prefix="cherha-bench-") as scratch, ExitStack() as stack:

        def bare(name: str) -> Program:
            return stack.enter_context(Program("bare_server", with_history(Path(scratch) / name, 0)))

        def centre(name: str, tickets: int = 0) -> Program:
            return stack.enter_context(Program("centre_server", with_history(Path(scratch) / name, tickets)))

        began = time.perf_counter()
        folders = {tickets: with_history(Path(scratch) / f"after {tickets}", tickets) for tickets in histories}
        console.print(f"{sum(histories):,} tickets of history made in {time.perf_counter() - began:.0f} s")
        servers = {n: stack.enter_context(Program("centre_server", folder)) for n, folder in folders.items()}
        floor = bare("bare")
        one_client(report, servers, floor)
        full_hall(report, centre("quiet"), centre("full"))
        many_clients(report, centre("many"), floor)
        everybody_knows(report, centre("followers"))
        paper(report)
    console.print(report.table)
    console.print(machine())


if __name__ == "__main__":
    main()
