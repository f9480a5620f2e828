"""Slips over real TCP into the virtual printer, with everything that goes wrong on the way."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from printers import escpos
from printers.reader import WhenThrough
from printers.render import render
from printers.slip import Slip, compose
from printers.spool import Spool
from printers.trouble import PrinterTrouble, Status, TroubleKind
from printers.virtual import VirtualPrinter
from printers.wires import open_wire


def slip_of(seq: int) -> Slip:
    return compose(
        language="uk",
        centre_name="Центр «Прозорий офіс»",
        city="Бахмут",
        letter="Ш",
        seq=seq,
        service_number=2,
        service_short_name="Народження дитини",
        sensitive=False,
        group_name="Допомоги сім’ям з дітьми",
        provider_name="Управління праці та соціального захисту населення",
        issued_at=datetime(2026, 3, 12, 12, 5, tzinfo=UTC),
        ahead=seq,
        zone_name="Зал очікування",
        floor=1,
        return_window_min=60,
        qr=f"https://q.example.ua/t/{seq}",
    )


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    with VirtualPrinter("127.0.0.1", 0, tmp_path / "slips") as printer:
        yield printer


@pytest.fixture
def spool(printer: VirtualPrinter) -> Spool:
    return Spool(open_wire(printer.address, 2), 80)


def printed(printer: VirtualPrinter) -> list[bytes]:
    files = sorted(printer._to.glob("slip-*.png"))
    assert [file.name for file in files] == [f"slip-{n:04d}.png" for n in range(1, len(files) + 1)]
    return [pixels_in(file) for file in files]


def pixels_in(file: Path) -> bytes:
    with Image.open(file) as picture:
        assert picture.mode == "1"
        return picture.tobytes()


def pixels(slip: Slip, paper: int = 80) -> bytes:
    return render(slip, paper).tobytes()


def send_raw(printer: VirtualPrinter, *pieces: bytes) -> None:
    with socket.create_connection((printer.host, printer.port), 2) as line:
        for piece in pieces:
            line.sendall(piece)


def wait_for(condition: object, seconds: float = 3) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("paper", [80, 58])
def test_the_printed_slip_is_the_drawn_slip_pixel_for_pixel(printer: VirtualPrinter, paper: int) -> None:
    result = Spool(open_wire(printer.address, 2), paper).print(slip_of(17))
    assert result.confirmed
    assert not result.paper_low
    assert printed(printer) == [pixels(slip_of(17), paper)]


def test_a_confirmed_slip_takes_no_longer_than_the_printer(spool: Spool) -> None:
    spool.print(slip_of(1))
    start = time.monotonic()
    assert spool.print(slip_of(2)).confirmed
    assert time.monotonic() - start < 0.5


def test_a_printer_that_does_not_know_every_question_is_given_the_time_a_slip_takes(tmp_path: Path) -> None:
    class Plain(VirtualPrinter):
        def _act(self, piece: Image.Image | WhenThrough, connection: socket.socket) -> None:
            if not isinstance(piece, WhenThrough):
                super()._act(piece, connection)

    with Plain("127.0.0.1", 0, tmp_path) as printer:
        start = time.monotonic()
        assert Spool(open_wire(printer.address, 2), 80).print_picture(Image.new("1", (576, 64), 0)).confirmed
        assert 1.0 < time.monotonic() - start < 2.5


def test_without_paper_nothing_is_sent_and_with_paper_again_it_goes_on(printer: VirtualPrinter, spool: Spool) -> None:
    printer.paper_out()
    with pytest.raises(PrinterTrouble, match="before the slip") as caught:
        spool.print(slip_of(1))
    assert caught.value.kind is TroubleKind.PAPER_OUT
    printer.paper_in()
    assert spool.print(slip_of(2)).confirmed
    assert printed(printer) == [pixels(slip_of(2))]


def test_an_open_cover_is_told_from_missing_paper(printer: VirtualPrinter, spool: Spool) -> None:
    printer.paper_out()
    printer.cover_open()
    with pytest.raises(PrinterTrouble) as caught:
        spool.print(slip_of(1))
    assert caught.value.kind is TroubleKind.COVER_OPEN


def test_paper_that_runs_out_under_way_is_noticed(tmp_path: Path) -> None:
    class LastCentimetre(VirtualPrinter):
        def _answer(self, question: int) -> int:
            answer = super()._answer(question)
            if question == 4:  # the last question before the job
                self.paper_out()
            return answer

    with LastCentimetre("127.0.0.1", 0, tmp_path) as printer:
        start = time.monotonic()
        with pytest.raises(PrinterTrouble, match="after the slip") as caught:
            Spool(open_wire(printer.address, 2), 80).print(slip_of(1))
        assert caught.value.kind is TroubleKind.PAPER_OUT
        assert time.monotonic() - start < 1.5
        assert printed(printer) == []


def test_paper_that_ends_inside_a_slip_spoils_that_slip_only(printer: VirtualPrinter, spool: Spool) -> None:
    data = escpos.job(render(slip_of(1), 80))
    with socket.create_connection((printer.host, printer.port), 2) as line:
        line.sendall(data[: 4 + 8 + 56 * 72])
        time.sleep(0.1)
        printer.paper_out()
        line.sendall(data[4 + 8 + 56 * 72 : -3000])
        time.sleep(0.1)
        printer.paper_in()
        line.sendall(data[-3000:])
        line.sendall(escpos.job(render(slip_of(2), 80)))
        wait_for(lambda: printed(printer))
    assert printed(printer) == [pixels(slip_of(2))]


def test_low_paper_is_a_warning_and_no_trouble(printer: VirtualPrinter, spool: Spool) -> None:
    printer.paper_low()
    assert spool.print(slip_of(1)).paper_low
    assert spool.status() == Status(paper_low=True)


def test_a_printer_that_is_switched_off_is_away(printer: VirtualPrinter, spool: Spool) -> None:
    spool.print(slip_of(1))
    printer.close()
    with pytest.raises(PrinterTrouble) as caught:
        spool.print(slip_of(2))
    assert caught.value.kind is TroubleKind.PRINTER_AWAY


def test_two_kiosks_at_one_printer_do_not_mix_their_slips(printer: VirtualPrinter) -> None:
    # Two addresses of one printer: nothing in this program keeps them apart.
    spools = [Spool(open_wire(f"network:{host}:{printer.port}", 5), 80) for host in ("127.0.0.1", "localhost")]
    results = []

    def work(spool: Spool, numbers: range) -> None:
        results.extend(spool.print(slip_of(number)).confirmed for number in numbers)

    threads = [threading.Thread(target=work, args=(spools[k % 2], range(10 * k, 10 * k + 3))) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 12
    wanted = sorted(pixels(slip_of(number)) for k in range(4) for number in range(10 * k, 10 * k + 3))
    assert sorted(printed(printer)) == wanted


def test_half_a_job_prints_nothing_and_harms_nobody(printer: VirtualPrinter, spool: Spool) -> None:
    data = escpos.job(render(slip_of(1), 80))
    for end in (1, 3, 9, 5000, len(data) - 1):
        send_raw(printer, data[:end])
    assert spool.print(slip_of(2)).confirmed
    assert printed(printer) == [pixels(slip_of(2))]


def test_a_question_is_answered_in_the_middle_of_a_picture(printer: VirtualPrinter) -> None:
    data = escpos.job(render(slip_of(1), 80))
    with socket.create_connection((printer.host, printer.port), 2) as line:
        line.sendall(data[:500] + escpos.ASK_PAPER[:2])
        time.sleep(0.05)
        line.sendall(escpos.ASK_PAPER[2:])
        assert line.recv(1) == b"\x12"


def test_a_picture_that_looks_like_questions_is_printed_and_confirmed(printer: VirtualPrinter, spool: Spool) -> None:
    picture = Image.frombytes("1", (576, 480), escpos.ASK_PAPER * 11520, "raw", "1;I")
    printer.paper_low()
    assert spool.print_picture(picture).confirmed
    assert printed(printer) == [picture.tobytes()]


def test_garbage_is_stepped_over(printer: VirtualPrinter, spool: Spool) -> None:
    chance = random.Random(7)
    for _ in range(20):
        send_raw(printer, chance.randbytes(3000))
    assert spool.print(slip_of(3)).confirmed
    assert printed(printer)[-1] == pixels(slip_of(3))


def test_a_huge_declared_picture_takes_no_memory(printer: VirtualPrinter, spool: Spool) -> None:
    tracemalloc.start()
    send_raw(printer, b"\x1b@\x1dv0\x00\xff\xff\xff\xff", *[bytes(65536)] * 64)
    send_raw(printer, b"\x1b@", *[b"\x1dv0\x00\x48\x00\xff\xff" + bytes(0x48 * 0xFFFF)] * 2, b"\x1dV\x01")
    wait_for(lambda: printed(printer))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # The second pieces alone are 9 MB on the sender's side, in this same process.
    assert peak < 16_000_000
    [slip] = printer._to.glob("slip-*.png")
    with Image.open(slip) as picture:
        assert picture.size == (576, 8192)


def test_a_slip_file_is_whole_from_its_first_moment_and_never_replaced(tmp_path: Path) -> None:
    seen: list[Path] = []
    for round_ in range(2):
        with VirtualPrinter("127.0.0.1", 0, tmp_path, on_slip=seen.append) as printer:
            assert Spool(open_wire(printer.address, 2), 80).print(slip_of(round_)).confirmed
    assert [path.name for path in seen] == ["slip-0001.png", "slip-0002.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["slip-0001.png", "slip-0002.png"]


def test_a_directory_that_takes_no_files_is_a_printer_error(printer: VirtualPrinter, spool: Spool) -> None:
    printer._to.rmdir()
    with pytest.raises(PrinterTrouble) as caught:
        spool.print(slip_of(1))
    assert caught.value.kind is TroubleKind.PRINTER_ERROR


PROGRAM = (
    "import sys; from pathlib import Path; from printers.virtual import run; run('127.0.0.1', 0, Path(sys.argv[1]))"
)


def test_as_a_program_it_obeys_the_keyboard_and_a_signal(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdin
    assert program.stdout
    try:
        port = int(program.stdout.readline().split(":")[2].split(",")[0])
        spool = Spool(open_wire(f"network:127.0.0.1:{port}", 2), 80)
        for typed, kind in [
            ("paper out", TroubleKind.PAPER_OUT),
            ("paper in", None),
            ("cover  OPEN", TroubleKind.COVER_OPEN),
            ("cover close", None),
        ]:
            program.stdin.write(typed + "\n")
            program.stdin.flush()
            assert program.stdout.readline() == f"{typed}: done\n"
            status = spool.status()
            assert status
            assert status.trouble is kind
        program.stdin.close()  # nobody at the keyboard any more
        program.send_signal(signal.SIGUSR1)
        wait_for(lambda: (status := spool.status()) and status.trouble is TroubleKind.PAPER_OUT)
        program.send_signal(signal.SIGUSR1)
        wait_for(lambda: (status := spool.status()) and status.trouble is None)
        assert spool.print(slip_of(5)).confirmed
        assert "slip-0001.png" in program.stdout.readline()
        program.send_signal(signal.SIGINT)
        assert program.wait(5) == 0
    finally:
        program.kill()
        program.wait()
        program.stdout.close()


GREEN = """
from gevent import monkey; monkey.patch_all()
import sys, gevent
from pathlib import Path
from PIL import Image
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from printers.wires import open_wire
picture = Image.new("1", (576, 300), 1); picture.paste(0, (100, 100, 200, 200))
with VirtualPrinter("127.0.0.1", 0, Path(sys.argv[1])) as printer:
    spools = [Spool(open_wire(f"network:{host}:{printer.port}", 2), 80) for host in ("127.0.0.1", "localhost")]
    jobs = [gevent.spawn(spool.print_picture, picture) for spool in spools * 2]
    ticks = 0
    while not all(job.ready() for job in jobs):
        gevent.sleep(0.005); ticks += 1
    assert all(job.get().confirmed for job in jobs) and ticks
assert all(Image.open(f).tobytes() == picture.tobytes() for f in Path(sys.argv[1]).iterdir())
print(len(list(Path(sys.argv[1]).iterdir())))
"""


def test_printer_and_spool_work_inside_the_server_with_green_threads(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", GREEN, str(tmp_path)], capture_output=True, text=True, timeout=30)
    assert done.stdout.strip() == "4", done.stderr
