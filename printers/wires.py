"""By which wire bytes reach a printer: network, USB, serial, CUPS, a file or memory. Knows no slips.

The libraries are imported when a wire is opened, so that a machine needs only those of its own printer.
"""

from __future__ import annotations

import os
import re
import select
import socket
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from printers.memory import MemoryPrinter
from printers.talk import TalkingWire, Wire
from printers.trouble import PrinterTrouble, Status, TroubleKind


class BadWire(ValueError):
    """The address of a printer that cannot be understood; says what was expected."""


def open_wire(url: str, timeout_s: float = 3.0) -> Wire:
    """The wire of an address; nothing is touched before its first use. ``BadWire`` where it makes no sense.

    ``network:HOST[:PORT]`` · ``usb:VENDOR:PRODUCT`` (hexadecimal) · ``serial:/dev/ttyUSB0[?baud=115200]`` ·
    ``cups:QUEUE`` · ``file:PATH`` (a device such as ``/dev/usb/lp0`` can answer) · ``memory:``
    """
    kind, _, rest = url.partition(":")
    match kind:
        case "network" if found := re.fullmatch(r"([^\s:/?\[\]]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?", rest):
            if (port := int(found[2] or 9100)) in range(1, 65536):
                return NetworkWire(url, timeout_s, found[1].strip("[]"), port)
        case "usb" if found := re.fullmatch(r"(?:0x)?([0-9a-fA-F]{1,4}):(?:0x)?([0-9a-fA-F]{1,4})", rest):
            return UsbWire(url, timeout_s, int(found[1], 16), int(found[2], 16))
        case "serial" if found := re.fullmatch(r"([^?\s]+)(?:\?(.*))?", rest):
            options = parse_qs(found[2] or "")
            baud = options.pop("baud", ["115200"])[-1]
            if not options and baud.isdecimal() and int(baud) > 0:
                return SerialWire(url, timeout_s, found[1], int(baud))
        case "cups" if re.fullmatch(r"[^\s/#'\"-][^\s/#'\"]*", rest):
            return CupsWire(url, timeout_s, rest)
        case "file" if rest:
            return FileWire(url, timeout_s, Path(rest))
        case "memory":
            return MemoryPrinter()
    raise BadWire(
        f"{url!r} is not the address of a printer: network:HOST:PORT, usb:VENDOR:PRODUCT, serial:DEVICE?baud=N, "
        "cups:QUEUE, file:PATH or memory:"
    )


class NetworkWire(TalkingWire):
    """A printer with its own address. Connected for one job at a time, since most take a single connection."""

    def __init__(self, address: str, timeout_s: float, host: str, port: int) -> None:
        super().__init__(address, timeout_s)
        self._host, self._port = host, port
        self._connector: Any = None

    def _open(self) -> None:
        from escpos.printer import Network

        # The connector's own open knows IPv4 only and leaves the socket of a failed attempt to the collector.
        line = socket.create_connection((self._host, self._port), self.timeout_s)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connector = Network(self._host, self._port, timeout=self.timeout_s)
        self._connector.device = line

    def _close(self) -> None:
        self._connector.close()

    def _write(self, data: bytes) -> None:
        self._connector.device.settimeout(self.timeout_s)
        self._connector._raw(data)

    def _read(self, wait_s: float) -> bytes:
        device = self._connector.device
        device.settimeout(max(wait_s, 0.001))  # none at all would be a socket that never waits, also to write
        try:
            data = bytes(device.recv(64))
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError("the printer closed the connection")
        return data


class UsbWire(TalkingWire):
    """A USB printer. Stays open: opening resets the device, and some eject paper then."""

    stays_open = True

    def __init__(self, address: str, timeout_s: float, vendor: int, product: int) -> None:
        super().__init__(address, timeout_s)
        self._vendor, self._product = vendor, product
        self._connector: Any = None

    def _open(self) -> None:
        from escpos.exceptions import Error
        from escpos.printer import Usb

        self._connector = Usb(self._vendor, self._product, timeout=int(self.timeout_s * 1000))
        try:
            self._connector.open()
        except Error as error:
            raise PrinterTrouble(TroubleKind.PRINTER_AWAY, f"{self.address}: {error}") from error
        self._find_endpoints()

    def _find_endpoints(self) -> None:
        """The library's endpoints are those of some Epson printers; the device itself knows which it has."""
        import usb.util as usb  # type: ignore[import-untyped]

        for interface in self._connector.device.get_active_configuration():
            bulk = [e for e in interface if usb.endpoint_type(e.bmAttributes) == usb.ENDPOINT_TYPE_BULK]
            ways = {usb.endpoint_direction(e.bEndpointAddress): e.bEndpointAddress for e in reversed(bulk)}
            if usb.ENDPOINT_OUT in ways:
                self._connector.out_ep = ways[usb.ENDPOINT_OUT]
                self._connector.in_ep = ways.get(usb.ENDPOINT_IN)
                return

    def _close(self) -> None:
        self._connector.close()

    def _write(self, data: bytes) -> None:
        self._connector._raw(data)

    def _read(self, wait_s: float) -> bytes:
        from usb.core import USBTimeoutError  # type: ignore[import-untyped]

        if self._connector.in_ep is None:
            return b""
        try:
            return bytes(self._connector.device.read(self._connector.in_ep, 64, max(1, int(wait_s * 1000))))
        except USBTimeoutError:
            return b""


class SerialWire(TalkingWire):
    """A printer on a serial line, real or over USB. Opening it moves control lines, so it stays open."""

    stays_open = True
    _BITS_A_BYTE = 10

    def __init__(self, address: str, timeout_s: float, device: str, baud: int) -> None:
        super().__init__(address, timeout_s)
        self._device, self._baud = device, baud
        self._connector: Any = None

    def _open(self) -> None:
        from escpos.exceptions import Error
        from escpos.printer import Serial

        self._connector = Serial(self._device, baudrate=self._baud, timeout=self.timeout_s)
        try:
            self._connector.open()
        except Error as error:
            raise PrinterTrouble(TroubleKind.PRINTER_AWAY, f"{self.address}: {error}") from error
        line_s = self._SEND_BYTES * self._BITS_A_BYTE / self._baud
        self._connector.device.write_timeout = self.timeout_s + line_s

    def _close(self) -> None:
        # Not the connector's close: it waits for the line to drain, for ever where the printer holds it.
        device, self._connector.device = self._connector.device, False
        device.reset_output_buffer()
        device.close()

    def _write(self, data: bytes) -> None:
        self._connector._raw(data)

    def _read(self, wait_s: float) -> bytes:
        self._connector.device.timeout = wait_s
        return bytes(self._connector.device.read(1))


class FileWire(TalkingWire):
    """A device file, a pipe or a plain file, which slips are added to; only a device can answer.

    Not the library's connector: it opens for ever-waiting writes, and a printer without paper would hold the kiosk.
    """

    def __init__(self, address: str, timeout_s: float, path: Path) -> None:
        super().__init__(address, timeout_s)
        self._path = path
        self._file = -1
        self._is_device = False

    def _open(self) -> None:
        try:
            self._is_device = stat.S_ISCHR(self._path.stat().st_mode)
        except FileNotFoundError:
            if self._path.is_relative_to("/dev"):  # an unplugged printer is no reason to make a file in its place
                raise
            self._is_device = False
        way = os.O_RDWR if self._is_device else os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._file = os.open(self._path, way | os.O_NONBLOCK | os.O_NOCTTY, 0o644)

    def _close(self) -> None:
        os.close(self._file)

    def _write(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._file, data) :]
            except BlockingIOError:
                if not select.select([], [self._file], [], self.timeout_s)[1]:
                    raise TimeoutError("the printer takes no data") from None

    def _read(self, wait_s: float) -> bytes:
        if not select.select([self._file], [], [], wait_s)[0]:
            return b""
        data = b""
        with suppress(BlockingIOError):
            data = os.read(self._file, 64)
        if not data:  # readable and empty: a device such as /dev/null, which has nothing to say
            time.sleep(wait_s)
        return data

    def status(self) -> Status | None:
        return super().status() if self._is_device else None

    def settle(self, seconds: float) -> Status | None:
        return super().settle(seconds) if self._is_device else None


class CupsWire(TalkingWire):
    """A queue of the CUPS print system, by its ``lp`` command; what becomes of a job there it does not tell.

    Not the library's connector: it takes no notice of a job that ``lp`` refused.
    """

    def __init__(self, address: str, timeout_s: float, queue: str) -> None:
        super().__init__(address, timeout_s)
        self._queue = queue

    def send(self, data: bytes) -> None:
        command = ["lp", "-d", self._queue, "-t", "slip", "-o", "raw"]
        with self._failures_named():
            try:
                # The queue's name was checked and no shell reads it.
                done = subprocess.run(command, input=data, capture_output=True, timeout=self.timeout_s, check=False)  # noqa: S603
            except subprocess.TimeoutExpired as error:
                raise TimeoutError("lp does not come back") from error
            if done.returncode:
                raise OSError(done.stderr.decode(errors="replace").strip() or f"lp ended with {done.returncode}")

    def status(self) -> Status | None:
        return None

    def settle(self, seconds: float) -> Status | None:  # noqa: ARG002 - part of every wire
        return None

    def _open(self) -> None: ...
    def _close(self) -> None: ...
    def _write(self, data: bytes) -> None: ...
    def _read(self, wait_s: float) -> bytes:  # noqa: ARG002 - part of every wire
        return b""
