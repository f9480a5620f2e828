"""Wires to printers: network, USB, serial, device files, CUPS. Real sockets, real terminals, a real ``lp`` command."""

from __future__ import annotations

import os
import socket
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from printers import escpos
from printers.memory import MemoryPrinter
from printers.reader import PaperReader, RealTimeEar, WhenThrough
from printers.spool import Outcome, Spool
from printers.trouble import PrinterTrouble, Status, TroubleKind
from printers.wires import BadWire, open_wire


@pytest.fixture
def picture() -> Image.Image:
    """Not a slip, but everything a wire may meet: also the bytes of a question to the printer."""
    picture = Image.effect_noise((576, 700), 90).convert("1")
    picture.paste(Image.frombytes("1", (24, 1), escpos.ASK_PAPER, "raw", "1;I"), (0, 300))
    return picture


class PrinterAtTheEnd:
    """Reads a terminal's other end like a printer."""

    def __init__(self, end: int, *, answers: bool) -> None:
        self.slips: list[Image.Image] = []
        self._end = end
        self._answers = answers
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        ear, reader = RealTimeEar(), PaperReader()
        try:
            while data := os.read(self._end, 4096):
                reply = b"\x12" * len(ear.hear(data))
                for piece in reader.feed(data):
                    if isinstance(piece, WhenThrough):
                        reply += b"\x00"
                    else:
                        self.slips.append(piece)
                if self._answers:
                    os.write(self._end, reply)
        except OSError:
            return


@contextmanager
def a_terminal() -> Iterator[tuple[int, str]]:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    try:
        yield ours, os.ttyname(theirs)
    finally:
        os.close(theirs)
        os.close(ours)


@pytest.mark.parametrize(
    "url",
    ["", "paper", "network:", "network:host:99999", "network:a:b:c", "usb:printer", "usb:04b8", "serial:",
     "serial:/dev/ttyS0?speed=9600", "serial:/dev/ttyS0?baud=fast", "cups:", "cups:-o evil", "file:", "ftp:x"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_refused_with_what_was_expected(url: str) -> None:
    with pytest.raises(BadWire, match="network:HOST:PORT"):
        open_wire(url)


@pytest.mark.parametrize(
    "url",
    ["network:10.0.0.7:9100", "network:printer.local", "network:[fe80::1]:9100",
     "usb:04b8:0e15", "usb:0x4b8:0xe15", "serial:/dev/ttyUSB0",
     "serial:COM3?baud=38400", "cups:Zebra_80", "file:/dev/usb/lp0", "memory:"],
)  # fmt: skip
def test_opening_a_wire_touches_nothing(url: str) -> None:
    assert open_wire(url).address.partition(":")[0] == url.partition(":")[0]


def test_a_job_resets_prints_the_whole_picture_in_small_pieces_and_cuts(picture: Image.Image) -> None:
    data = escpos.job(picture)
    assert data.startswith(b"\x1b@")
    assert data.endswith(b"\x1dV\x01")
    starts = [at for at in range(len(data)) if data.startswith(b"\x1dv0\x00\x48\x00", at)]
    assert max(b - a for a, b in pairwise(starts)) <= 4096 + 8
    [slip] = PaperReader().feed(data)
    assert isinstance(slip, Image.Image)
    assert slip.tobytes() == picture.tobytes()


def test_a_slip_that_met_an_empty_roll_for_a_moment_is_not_printed_in_part(picture: Image.Image) -> None:
    data = escpos.job(picture)
    reader = PaperReader()
    assert not reader.feed(data[:1000])
    reader.dry = True
    assert not reader.feed(data[1000:1100])
    reader.dry = False
    assert not reader.feed(data[1100:])
    assert len(reader.feed(data)) == 1


def test_a_printer_that_refuses_is_away_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    spool = Spool(open_wire(f"network:127.0.0.1:{port}", 2), 80)
    start = time.monotonic()
    with pytest.raises(PrinterTrouble) as caught:
        spool.status()
    assert caught.value.kind is TroubleKind.PRINTER_AWAY
    assert time.monotonic() - start < 1


def test_a_printer_with_an_unknown_name_is_away() -> None:
    with pytest.raises(PrinterTrouble) as caught:
        Spool(open_wire("network:no-such-printer.invalid:9100", 1), 80).status()
    assert caught.value.kind is TroubleKind.PRINTER_AWAY


def test_a_silent_printer_gives_an_unknown_outcome_in_time_and_is_not_waited_for_twice(picture: Image.Image) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        spool = Spool(open_wire(f"network:127.0.0.1:{listener.getsockname()[1]}", 0.6), 80)
        start = time.monotonic()
        assert spool.print_picture(picture).outcome is Outcome.UNKNOWN
        first = time.monotonic() - start
        assert 0.6 <= first < 1.2
        assert not spool.print_picture(picture).confirmed
        assert time.monotonic() - start - first < first


def test_a_printer_that_stops_taking_bytes_is_away_in_time() -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        wire = open_wire(f"network:127.0.0.1:{listener.getsockname()[1]}", 0.3)
        start = time.monotonic()
        with pytest.raises(PrinterTrouble) as caught, wire:
            wire.send(bytes(16_000_000))
        assert caught.value.kind is TroubleKind.PRINTER_AWAY
        assert time.monotonic() - start < 2


def test_a_printer_that_hangs_up_in_the_middle_is_away(picture: Image.Image) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connection.recv(1)
                connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        with pytest.raises(PrinterTrouble) as caught:
            Spool(open_wire(f"network:127.0.0.1:{listener.getsockname()[1]}", 1), 80).print_picture(picture)
        assert caught.value.kind is TroubleKind.PRINTER_AWAY


@pytest.mark.parametrize("kind", ["file", "serial"])
def test_a_slip_goes_over_a_line_and_its_end_is_confirmed(kind: str, picture: Image.Image) -> None:
    with a_terminal() as (end, name):
        printer = PrinterAtTheEnd(end, answers=True)
        spool = Spool(open_wire(f"{kind}:{name}", 2), 80)
        assert spool.print_picture(picture).confirmed
        assert spool.print_picture(picture).confirmed
        assert [slip.tobytes() for slip in printer.slips] == [picture.tobytes()] * 2
        spool.close()


def test_a_line_whose_printer_takes_nothing_does_not_hold_the_kiosk(picture: Image.Image) -> None:
    with a_terminal() as (_, name):
        start = time.monotonic()
        with pytest.raises(PrinterTrouble) as caught:
            Spool(open_wire(f"file:{name}", 0.3), 80).print_picture(picture)
        assert caught.value.kind is TroubleKind.PRINTER_AWAY
        assert time.monotonic() - start < 2.5


def test_an_unplugged_device_is_away_and_no_file_is_made_in_its_place() -> None:
    for url in ("file:/dev/usb/no-such-printer", "serial:/dev/no-such-line"):
        with pytest.raises(PrinterTrouble) as caught:
            Spool(open_wire(url, 1), 80).status()
        assert caught.value.kind is TroubleKind.PRINTER_AWAY
    assert not Path("/dev/usb/no-such-printer").exists()


def test_a_plain_file_collects_slips_and_confirms_nothing(tmp_path: Path, picture: Image.Image) -> None:
    spool = Spool(open_wire(f"file:{tmp_path / 'slips.bin'}"), 80)
    assert [spool.print_picture(picture).outcome for _ in range(2)] == [Outcome.UNKNOWN] * 2
    assert len(PaperReader().feed((tmp_path / "slips.bin").read_bytes())) == 2


def test_a_device_with_nothing_to_say_is_waited_for_without_spinning(picture: Image.Image) -> None:
    busy = time.process_time()
    assert Spool(open_wire("file:/dev/null", 0.5), 80).status() is None
    assert time.process_time() - busy < 0.2


def test_usb_printers_that_are_not_there_are_away(monkeypatch: pytest.MonkeyPatch) -> None:
    import usb.backend.libusb0
    import usb.backend.libusb1
    import usb.backend.openusb

    for _ in range(2):  # without such a device, then without libusb
        with pytest.raises(PrinterTrouble) as caught:
            Spool(open_wire("usb:dead:beef", 1), 80).status()
        assert caught.value.kind is TroubleKind.PRINTER_AWAY
        for backend in (usb.backend.libusb0, usb.backend.libusb1, usb.backend.openusb):
            monkeypatch.setattr(backend, "get_backend", lambda *_, **__: None)


def test_a_usb_printer_is_spoken_to_on_the_endpoints_it_has(
    monkeypatch: pytest.MonkeyPatch, picture: Image.Image
) -> None:
    import usb.core

    class Printer:
        """Just enough of a device of pyusb, with endpoints the library would not guess."""

        backend = SimpleNamespace(__module__="usb.backend.none")

        def __init__(self) -> None:
            self.reader, self.ear, self.replies = PaperReader(), RealTimeEar(), b""
            self.slips: list[Image.Image] = []

        def get_active_configuration(self) -> list[list[SimpleNamespace]]:
            ways = ((0x83, 3), (0x81, 2), (0x02, 2))  # an interrupt endpoint is no way to read
            return [[SimpleNamespace(bEndpointAddress=address, bmAttributes=kind) for address, kind in ways]]

        def set_configuration(self) -> None: ...
        def reset(self) -> None: ...

        def write(self, endpoint: int, data: bytes, timeout_ms: int) -> None:
            assert (endpoint, timeout_ms) == (0x02, 500)
            self.replies += b"\x12" * len(self.ear.hear(data))
            for piece in self.reader.feed(data):
                if isinstance(piece, WhenThrough):
                    self.replies += b"\x00"
                else:
                    self.slips.append(piece)

        def read(self, endpoint: int, size: int, timeout_ms: int) -> bytes:
            assert endpoint == 0x81
            if not self.replies:
                raise usb.core.USBTimeoutError("timeout")
            reply, self.replies = self.replies[:1], self.replies[1:]
            return reply

    printer = Printer()
    monkeypatch.setattr(usb.core, "find", lambda **_: printer)
    monkeypatch.setattr(usb.util, "dispose_resources", lambda _: None)
    spool = Spool(open_wire("usb:0416:5011", 0.5), 80)
    assert spool.print_picture(picture).confirmed
    assert spool.status() == Status()
    spool.close()
    assert [slip.tobytes() for slip in printer.slips] == [picture.tobytes()]


def test_cups_gets_the_bytes_and_a_refused_job_is_trouble(
    tmp_path: Path, picture: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\nif [ "$2" != Hall ]; then echo "no such queue" >&2; exit 1; fi\ncat > {tmp_path}/job\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert Spool(open_wire("cups:Hall"), 80).print_picture(picture).outcome is Outcome.UNKNOWN
    assert (tmp_path / "job").read_bytes() == escpos.job(picture)
    with pytest.raises(PrinterTrouble, match="no such queue"):
        Spool(open_wire("cups:Office"), 80).print_picture(picture)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PrinterTrouble) as caught:
        Spool(open_wire("cups:Hall"), 80).print_picture(picture)
    assert caught.value.kind is TroubleKind.PRINTER_AWAY


def test_the_printer_in_memory_keeps_slips_and_plays_every_trouble(picture: Image.Image) -> None:
    printer = MemoryPrinter()
    spool = Spool(printer, 80)
    assert spool.print_picture(picture).confirmed
    assert printer.slips[0].tobytes() == picture.tobytes()
    printer.state = Status(paper_low=True)
    assert spool.print_picture(picture).paper_low
    for state, kind in [
        (Status(online=False, paper=False), TroubleKind.PAPER_OUT),
        (Status(online=False, paper=False, cover_open=True), TroubleKind.COVER_OPEN),
        (Status(online=False), TroubleKind.PRINTER_ERROR),
        (Status(error=True), TroubleKind.PRINTER_ERROR),
    ]:
        printer.state = state
        with pytest.raises(PrinterTrouble) as caught:
            spool.print_picture(picture)
        assert caught.value.kind is kind
    printer.state = None
    assert spool.print_picture(picture).outcome is Outcome.UNKNOWN
    printer.state, printer.state_after = Status(), Status(paper=False)
    with pytest.raises(PrinterTrouble, match="after the slip"):
        spool.print_picture(picture)
    printer.away = True
    with pytest.raises(PrinterTrouble, match="printer_away"):
        spool.print_picture(picture)
    assert len(printer.slips) == 3


def test_a_driver_that_fails_in_its_own_way_is_still_a_printer_trouble(picture: Image.Image) -> None:
    class Odd(MemoryPrinter):
        def send(self, data: bytes) -> None:
            raise KeyError("driver")

    with pytest.raises(PrinterTrouble) as caught:
        Spool(Odd(), 80).print_picture(picture)
    assert caught.value.kind is TroubleKind.PRINTER_ERROR


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ((0x12, 0x12, None, None), None),
        ((0x12, 0x1E, None, None), None),
        ((0x1A, 0x72, 0x32, 0x12), TroubleKind.PAPER_OUT),
        ((0x1A, 0x12, 0x32, None), TroubleKind.PAPER_OUT),
        ((0x1A, 0x72, 0x36, 0x12), TroubleKind.COVER_OPEN),
        ((0x1A, 0x12, 0x52, 0x1A), TroubleKind.PRINTER_ERROR),
        ((0x1A, 0x12, None, None), TroubleKind.PRINTER_ERROR),
    ],
)
def test_the_bits_of_an_answer_name_the_trouble(
    answers: tuple[int, int, int | None, int | None], kind: TroubleKind | None
) -> None:
    assert escpos.status_from(*answers).trouble is kind
