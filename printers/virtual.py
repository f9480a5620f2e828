"""A printer without paper on a real TCP port: every slip it cuts becomes a PNG. For demos, training and tests.

It answers, runs dry and is opened like a real one. Knows nothing of queues; it reads bytes as any printer does.
"""

from __future__ import annotations

import re
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import structlog
from PIL import Image

from printers.reader import PaperReader, RealTimeEar, WhenThrough

log = structlog.get_logger()

_QUIET_S = 300.0  # a connection without a byte for so long is dropped, as print servers do


class VirtualPrinter:
    """Listens from the start on ``port`` (0: any free one, see ``.port``), works inside ``with`` or after ``start``.

    Whole slips are written to ``to`` as ``slip-0001.png`` and so on, never a half one, never under a used name.
    ``on_slip`` is called with each new file.
    """

    def __init__(self, host: str, port: int, to: Path, on_slip: Callable[[Path], object] | None = None) -> None:
        self._to = to
        to.mkdir(parents=True, exist_ok=True)
        self._on_slip = on_slip
        self._listener = socket.create_server((host, port))
        self.host, self.port = self._listener.getsockname()[:2]
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._closed = False
        self.has_paper = True
        self.paper_is_low = False
        self.cover_is_open = False
        self._broken = False  # the directory cannot be written to

    @property
    def address(self) -> str:
        """What a centre file writes to print here."""
        return f"network:{self.host}:{self.port}"

    def paper_out(self) -> None:
        self.has_paper = False

    def paper_in(self) -> None:
        self.has_paper, self.paper_is_low = True, False

    def paper_low(self) -> None:
        self.has_paper, self.paper_is_low = True, True

    def cover_open(self) -> None:
        self.cover_is_open = True

    def cover_close(self) -> None:
        self.cover_is_open = False

    def ok(self) -> None:
        self.paper_in()
        self.cover_close()

    def obey(self, words: str) -> bool:
        """A typed command: «paper out», «paper in», «paper low», «cover open», «cover close», «ok»."""
        command = {
            "paper out": self.paper_out,
            "paper in": self.paper_in,
            "paper low": self.paper_low,
            "cover open": self.cover_open,
            "cover close": self.cover_close,
            "ok": self.ok,
        }.get(" ".join(words.lower().split()))
        if command:
            command()
        return command is not None

    @property
    def stands_still(self) -> bool:
        return not self.has_paper or self.cover_is_open or self._broken

    def start(self) -> Self:
        threading.Thread(target=self.serve, name=f"virtual printer {self.port}", daemon=True).start()
        return self

    def close(self) -> None:
        """Switched off: nobody gets in, and what was under way is lost."""
        self._closed = True
        with self._lock:
            ends = [self._listener, *self._connections]
        for end in ends:
            # A thread that waits in accept or recv is woken by shutdown, not by close.
            with suppress(OSError):  # nobody was connected
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def serve(self) -> None:
        """Take connections until closed."""
        while not self._closed:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._closed:
                    return
                raise
            threading.Thread(target=self._attend, args=(connection,), daemon=True).start()

    def _attend(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
        connection.settimeout(_QUIET_S)
        ear, reader = RealTimeEar(), PaperReader()
        try:
            with suppress(OSError), connection:  # a sender may go away whenever it likes
                while data := connection.recv(4096):
                    if answers := bytes(map(self._answer, ear.hear(data))):
                        connection.sendall(answers)
                    reader.dry = self.stands_still
                    for piece in reader.feed(data):
                        self._act(piece, connection)
        finally:
            with self._lock:
                self._connections.discard(connection)

    def _act(self, piece: Image.Image | WhenThrough, connection: socket.socket) -> None:
        if self.stands_still:  # stopped, so it does not get to questions that wait their turn either
            return
        if isinstance(piece, WhenThrough):
            connection.sendall(bytes([0x03 if self.paper_is_low else 0x00]))
        else:
            self._cut(piece)

    def _cut(self, slip: Image.Image) -> None:
        with self._lock:
            try:
                taken = [re.fullmatch(r"slip-(\d+)\.png", file.name) for file in self._to.iterdir()]
                number = 1 + max((int(found[1]) for found in taken if found), default=0)
                path = self._to / f"slip-{number:04d}.png"
                unfinished = self._to / f".{path.name}.part"
                slip.save(unfinished, format="PNG")
                unfinished.replace(path)
            except OSError:
                log.exception("slip_not_written", folder=str(self._to))
                self._broken = True
                return
        if self._on_slip:
            self._on_slip(path)

    def _answer(self, question: int) -> int:
        """The status byte for DLE EOT 1 to 4."""
        bits = 0b0001_0010
        match question:
            case 1:
                bits |= 0x08 * self.stands_still
            case 2:
                bits |= 0x04 * self.cover_is_open | 0x20 * (not self.has_paper) | 0x40 * self._broken
            case 3:
                bits |= 0x20 * self._broken
            case 4:
                bits |= 0x0C * (self.paper_is_low or not self.has_paper) | 0x60 * (not self.has_paper)
        return bits


def run(host: str, port: int, to: Path, say: Callable[[str], object] | None = None) -> None:
    """Be a printer until interrupted: commands are typed, SIGUSR1 takes the paper out and puts it back in.

    ``say`` gets each line for the person at the keyboard (default: standard output).
    """
    say = say or _say
    printer = VirtualPrinter(host, port, to, on_slip=lambda path: say(f"printed {path}"))

    def obey_keyboard() -> None:
        for line in sys.stdin:
            if line.strip():
                understood = printer.obey(line)
                say(f"{line.strip()}: done" if understood else "paper out|in|low, cover open|close, ok")

    def toggle_paper(_signal: int, _frame: FrameType | None) -> None:
        printer.paper_out() if printer.has_paper else printer.paper_in()

    if hasattr(signal, "SIGUSR1") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGUSR1, toggle_paper)
    if sys.stdin:
        threading.Thread(target=obey_keyboard, name="virtual printer's keyboard", daemon=True).start()
    say(f"virtual printer on {printer.address}, slips go to {to}; type: paper out|in|low, cover open|close, ok")
    try:
        printer.serve()
    except KeyboardInterrupt:
        say("switched off")
    finally:
        printer.close()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
