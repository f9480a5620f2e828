"""The program ``cherha``: one command a job. It alone, with the demo, may reach into every room, and does so inside
the command, so that a kiosk machine needs no Flask and a server no Kivy."""

from __future__ import annotations

import getpass
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import structlog
import typer
from rich.console import Console

import config
from config.loader import BadSettings, load_centre
from config.settings import Centre
from config.words import Words, words_in

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Черга: електронна черга центру · Cherha")
user_app = typer.Typer(no_args_is_help=True, help="Operators, reception, heads, administrators.")
device_app = typer.Typer(no_args_is_help=True, help="Kiosks and walls.")
printer_app = typer.Typer(no_args_is_help=True, help="Printers.")
app.add_typer(user_app, name="user")
app.add_typer(device_app, name="device")
app.add_typer(printer_app, name="printer")

BAD_INPUT = 2
BAKHMUT = Path(config.__file__).parent / "centres" / "bakhmut.toml"
CentreFile = Annotated[Path, typer.Option("--centre", help="The centre file (TOML).")]
Data = Annotated[Path, typer.Option("--data", help="The folder with the one file.")]
ServerUrl = Annotated[str, typer.Option("--server", envvar="CHERHA_SERVER", help="http://HOST:PORT of the server.")]
Token = Annotated[str, typer.Option("--token", envvar="CHERHA_TOKEN", help="From «cherha device add».")]
Size = Annotated[str, typer.Option("--size", help="Screen in pixels, like 1080x1920.")]
At = Annotated[str, typer.Option("--at", help="Where the window begins, like 40,40; with --windowed.")]
Pictures = Annotated[Path | None, typer.Option("--pictures", help="Write PNG pictures into this folder and end.")]


ROOMS = ("config", "printers", "queue_server", "operator_console", "kiosk", "display_board")


def main() -> None:
    """Says what a person at the keyboard can mend; anything else is our mistake and keeps its traceback."""
    _log_plainly()
    try:
        app()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] in ROOMS:
            raise
        _say("not-installed", module=error.name)
    except OSError as error:
        if error.filename is None:  # not about a path
            raise
        _say("bad-path", path=str(error.filename), reason=error.strerror or str(error))
    sys.exit(BAD_INPUT)


def _log_plainly() -> None:
    """JSON lines on stderr; tracebacks without the values of variables, which may be somebody's."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _words() -> Words:
    return words_in(os.environ.get("CHERHA_LANGUAGE", "uk"))


def _say(key: str, **values: str | int) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(_words()(f"cli-{key}", **values), markup=False)


def _stop(key: str, **values: str | int) -> typer.Exit:
    _say(key, **values)
    return typer.Exit(BAD_INPUT)


def _centre(file: Path) -> Centre:
    """The centre of this file, or every mistake in it and exit 2."""
    try:
        return load_centre(file, _words().language)
    except BadSettings as bad:
        for mistake in bad.mistakes:
            typer.echo(str(mistake), err=True)
        raise typer.Exit(BAD_INPUT) from bad


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """A data folder of another program, or of a newer one of ours, is said to be so."""
    from sqlite3 import DatabaseError

    from queue_server.schema import NewerFile

    try:
        yield
    except NewerFile as error:
        raise _stop("newer-file", folder=str(folder)) from error
    except DatabaseError as error:
        raise _stop("bad-file", folder=str(folder), reason=str(error)) from error


# --- server ---


@app.command()
def serve(
    centre: CentreFile,
    data: Data,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8080,
    why: Annotated[str, typer.Option(help="Why the centre file was changed; goes to the log.")] = "",
    who: Annotated[str, typer.Option(help="Who changed it, if not the one who is logged in here.")] = "",
) -> None:
    """Runs the server of one centre until it is stopped."""
    settings = _centre(centre)
    from gevent import monkey

    monkey.patch_all()
    from queue_server.app import Serving
    from queue_server.clock import SystemClock
    from queue_server.ledger import FolderInUse
    from queue_server.machine_room import first_admin, open_door
    from queue_server.site import Site, StillInUse

    try:
        with _readable(data):
            site = Site(settings, data, SystemClock(), why=why, who=who or _login_here())
    except FolderInUse as error:
        raise _stop("folder-in-use", folder=str(data)) from error
    except StillInUse as error:
        raise _stop("still-in-use", file=str(centre), things=", ".join(error.things)) from error
    try:
        serving = Serving(site, host, port)
    except OSError as error:
        site.close()
        raise _stop("address-in-use", address=f"{host}:{port}") from error
    serving.heed_signals()
    password = first_admin(site)  # only now: a start that fails would have taken it to the grave
    _say("serving", url=serving.url, centre=settings.name["uk"])
    if password:
        _say("first-admin", password=password)
    with open_door(site, data, serving.url):
        serving.until_stopped()
    serving.stop()


def _login_here() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without users; what is raised depends on Python and system
        return ""


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A centre file.")]) -> None:
    """Reads a centre file and prints every mistake at once."""
    settings = _centre(file)
    _say("checked", file=str(file), services=len(settings.services), desks=len(settings.desks))


@app.command()
def verify(data: Data) -> None:
    """Folds the log anew, checks its hash chain and laws, and compares it with the tables. Exit 1 on a difference."""
    from queue_server.verify import verify as verified

    try:
        with _readable(data):
            verdict = verified(data)
    except FileNotFoundError as error:
        raise _stop("no-file", folder=str(data)) from error
    for law, count in verdict.laws.items():
        typer.echo(f"{count:>8}  {law}")
    for mistake in verdict.mistakes:
        typer.echo(mistake, err=True)
    _say("verified", rows=verdict.rows, records=verdict.records, mistakes=len(verdict.mistakes))
    if verdict.mistakes:
        raise typer.Exit(1)


@app.command()
def audit(
    data: Data,
    day: Annotated[str, typer.Option(help="Only this service day, like 2026-03-16.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on one line.")] = False,
) -> None:
    """Replays the log through the rules and lists every call that departs from them. Exit 1 if one has no reason."""
    from datetime import date

    from queue_server import audit_words
    from queue_server.audit import audit_file

    words = _words()
    try:
        only = date.fromisoformat(day) if day else None
    except ValueError as error:
        typer.echo(words("order-audit-bad-day", day=day), err=True)
        raise typer.Exit(BAD_INPUT) from error
    try:
        with _readable(data):
            found = audit_file(data, only)
    except FileNotFoundError as error:
        raise _stop("no-file", folder=str(data)) from error
    if only and not found.days and not found.unfoldable:
        typer.echo(words("order-audit-no-day", day=day), err=True)
        raise typer.Exit(BAD_INPUT)
    typer.echo(audit_words.as_json(found) if as_json else audit_words.as_text(found, words))
    if not found.passed:
        raise typer.Exit(1)


# --- people and devices ---


@user_app.command("add")
def user_add(
    login: Annotated[str, typer.Argument(help="Latin letters and digits.")],
    data: Data,
    pin: Annotated[str, typer.Option(prompt="PIN", hide_input=True, confirmation_prompt=True)],
    role: Annotated[list[str], typer.Option(help="operator, reception, provider_head, centre_head, coordinator …")],
    surname: Annotated[str, typer.Option()],
    given_name: Annotated[str, typer.Option()],
    patronymic: Annotated[str, typer.Option()] = "",
    provider: Annotated[str | None, typer.Option(help="Code of the provider, for operators and its head.")] = None,
    primary: Annotated[list[str] | None, typer.Option(help="Code of a group the operator serves first.")] = None,
    secondary: Annotated[list[str] | None, typer.Option(help="Code of a group served when needed.")] = None,
) -> None:
    """Adds a user, or changes the one with this login. Operators of the centre file need only «user pin»."""
    from pydantic import ValidationError

    from queue_server import machine_room
    from queue_server import messages as m

    try:
        user = m.UserToSave(
            login=login,
            name=m.PersonName(surname=surname, given_name=given_name, patronymic=patronymic),
            roles=[m.Role(name) for name in role],
            provider=provider,
            primary=primary or [],
            secondary=secondary or [],
            pin=pin,
        )
    except (ValidationError, ValueError) as error:
        fields = [str(e["loc"][0]) for e in error.errors()] if isinstance(error, ValidationError) else ["role"]
        if "pin" in fields:
            _say("bad-pin")
        raise _stop("bad-user", fields=", ".join(fields)) from error
    _in_machine_room(lambda: machine_room.save_user(data, user), data)
    _say("user-saved", login=login)


@user_app.command("pin")
def user_pin(
    login: Annotated[str, typer.Argument()],
    data: Data,
    pin: Annotated[str, typer.Option(prompt="PIN", hide_input=True, confirmation_prompt=True)],
) -> None:
    """Sets a PIN; the login is unlocked."""
    from pydantic import ValidationError

    from queue_server import machine_room
    from queue_server import messages as m

    try:
        m.NewPin(pin=pin)
    except ValidationError as error:
        raise _stop("bad-pin") from error
    _in_machine_room(lambda: machine_room.set_pin(data, login, pin), data)
    _say("pin-set", login=login)


@device_app.command("add")
def device_add(
    name: Annotated[str, typer.Argument(help="What people call it, like kiosk-1.")],
    data: Data,
    kind: Annotated[str, typer.Option(help="kiosk or board")],
) -> None:
    """Prints the token of a new kiosk or wall, this once. A known name gets a new token."""
    from queue_server import machine_room
    from queue_server import messages as m

    if kind not in (m.DeviceKind.KIOSK, m.DeviceKind.BOARD) or not 1 <= len(name) <= 40:
        raise _stop("bad-device", kind=kind)
    device = m.NewDevice(kind=m.DeviceKind(kind), name=name)
    typer.echo(_in_machine_room(lambda: machine_room.add_device(data, device), data))


def _in_machine_room(job: Any, data: Path) -> Any:
    from queue_server.client import OutOfReach
    from queue_server.client import Refused as ServerRefused
    from queue_server.ledger import FolderInUse
    from queue_server.machine_room import NoCentre
    from queue_server.rules.refusal import Refused

    try:
        with _readable(data):
            return job()
    except NoCentre as error:
        raise _stop("no-file", folder=str(data)) from error
    except (FolderInUse, OutOfReach) as error:
        raise _stop("folder-in-use", folder=str(data)) from error
    except ServerRefused as refused:
        typer.echo(refused.problem.detail, err=True)
        raise typer.Exit(BAD_INPUT) from refused
    except Refused as refused:
        typer.echo(_words()(f"problem-{refused.code}", **refused.values), err=True)
        raise typer.Exit(BAD_INPUT) from refused


# --- machines of the hall ---


@app.command()
def kiosk(
    server: ServerUrl,
    token: Token = "",
    printer: Annotated[str, typer.Option(help="Wire of the printer; otherwise the centre file's.")] = "",
    paper: Annotated[int, typer.Option(help="80 or 58 (mm); otherwise the centre file's.")] = 0,
    size: Size = "",
    diagonal: Annotated[float, typer.Option(help="Inches of the screen.")] = 0,
    windowed: Annotated[bool, typer.Option("--windowed", help="A window instead of the full screen.")] = False,
    at: At = "",
    pictures: Pictures = None,
) -> None:
    """The touchscreen terminal of the hall."""
    from kiosk import app as kiosk_app
    from kiosk import pictures as kiosk_pictures

    if paper not in (0, 58, 80):
        raise _stop("bad-paper", paper=paper)
    told = _machine_settings(server, token, "kiosk")
    settings = told.kiosk.model_copy(update={"screen": _screen(told.kiosk.screen, size, diagonal)})
    wire = told.printer.model_copy(update={**_given("wire", printer), **_given("paper_mm", paper)})
    _need_wire(wire.wire)
    if pictures:
        kiosk_pictures.take(server, token, settings, pictures)
    else:
        _need_screen()
        kiosk_app.run(server, token, settings, wire, fullscreen=not windowed, at=_place(at))


@app.command()
def board(
    server: ServerUrl,
    token: Token = "",
    size: Size = "",
    diagonal: Annotated[float, typer.Option(help="Inches of the screen.")] = 0,
    distance: Annotated[float, typer.Option(help="Metres to the farthest seat.")] = 0,
    sounds_to: Annotated[Path | None, typer.Option(help="No loudspeaker: announcements as files here.")] = None,
    windowed: Annotated[bool, typer.Option("--windowed", help="A window instead of the full screen.")] = False,
    at: At = "",
    pictures: Pictures = None,
) -> None:
    """The wall of the waiting hall, and its voice."""
    from display_board import app as board_app

    told = _machine_settings(server, token, "board")
    screen = _screen(told.board.screen, size, diagonal)
    settings = told.board.model_copy(update={"screen": screen, **_given("viewing_distance_m", distance)})
    pixels = (screen.width_px, screen.height_px)
    if pictures:
        board_app.pictures(pictures, pixels, server_url=server, token=token, board=settings)
    else:
        _need_screen()
        board_app.run(
            server,
            token,
            board=settings,
            voice=told.voice,
            stale_after_s=told.announcement_stale_s,
            fullscreen=not windowed,
            size=pixels,
            at=_place(at),
            sounds_to=sounds_to,
        )


@printer_app.command("virtual")
def printer_virtual(
    to: Annotated[Path, typer.Option("--to", help="Folder for the slips, one PNG each.")],
    port: Annotated[int, typer.Option(min=0, max=65535)] = 9100,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
) -> None:
    """A printer without paper: answers like a real one; type «paper out», «paper in», «cover open», «cover close»."""
    from printers import virtual

    try:
        virtual.run(host, port, to)
    except OSError as error:
        if error.filename is not None:
            raise
        raise _stop("address-in-use", address=f"{host}:{port}") from error


@app.command()
def demo(
    centre: Annotated[Path | None, typer.Option("--centre", help="Another centre than Bakhmut.")] = None,
    visitors: Annotated[int, typer.Option(min=1, max=2000)] = 120,
    seed: Annotated[int, typer.Option()] = 1,
    speed: Annotated[str, typer.Option(help="How many times faster than the clock, or max.")] = "60",
    headless: Annotated[bool, typer.Option("--headless", help="No windows, though there is a screen.")] = False,
    to: Annotated[Path, typer.Option("--to", help="Folder for slips, pictures and the day's file.")] = Path(
        "demo-output"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on one line.")] = False,
) -> None:
    """A whole day of a whole centre on this machine, on a clock of its own; checks every law at the end."""
    settings = _centre(centre or BAKHMUT)
    if speed != "max" and not (speed.replace(".", "", 1).isdecimal() and float(speed) > 0):
        raise _stop("bad-speed", speed=speed)
    from gevent import monkey

    monkey.patch_all()
    from queue_server.demo import MARK, Demo, Wishes

    if to.exists() and any(to.iterdir()) and not (to / MARK).exists():
        raise _stop("not-a-demo-folder", folder=str(to))

    wishes = Wishes(visitors, seed, None if speed == "max" else float(speed), headless, to, as_json)
    raise typer.Exit(Demo(settings, wishes, _words()).run())


@app.command()
def simulate(
    days: Annotated[int, typer.Option(min=1, max=100_000)] = 20,
    load: Annotated[
        list[float] | None, typer.Option(min=0.05, max=3, help="Offered work / (desks × opening time); repeatable.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed, the same visitors.")] = 1,
    policy: Annotated[str, typer.Option(help="ours, fifo, strict or all")] = "ours",
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON for each load and policy.")] = False,
    workers: Annotated[int, typer.Option(min=0, max=256, help="Processes; 0: one for each processor.")] = 0,
) -> None:
    """Plays whole days of the reference hall by the product's own rules, and by two others, and tells the figures."""
    import json

    from queue_server.simulation import table
    from queue_server.simulation.policies import POLICIES
    from queue_server.simulation.runs import Scenario, simulate_all

    if policy not in (*POLICIES, "all"):
        raise _stop("bad-policy", policy=policy)
    names = list(POLICIES) if policy == "all" else [policy]
    scenarios = [Scenario(name, each, days, seed) for each in load or [0.9] for name in names]
    found: list[dict[str, Any]] = []
    results = simulate_all(scenarios, workers or os.cpu_count() or 1)
    with Console(stderr=True).status("") as status:
        for scenario in scenarios:
            told = {"policy": _words()(f"simulate-{scenario.policy}"), "load": f"{scenario.load:.0%}"}
            status.update(_words()("simulate-running", **told))
            found.append(next(results))
            if as_json:
                typer.echo(json.dumps(found[-1]))
    if not as_json:
        Console().print(*table.tables(found, _words()), sep="\n")


def _need_wire(wire: str) -> None:
    from printers.wires import BadWire, open_wire

    try:
        open_wire(wire)
    except BadWire as error:
        raise _stop("bad-wire", wire=wire) from error


def _need_screen() -> None:
    """Without a screen SDL would draw into nothing, and nobody would know why the hall sees no kiosk."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))
    if sys.platform == "linux" and not named and not any(Path("/dev/dri").glob("card*")):
        raise _stop("no-screen")


def _is_address(server: str) -> bool:
    try:
        parts = urlsplit(server)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        return False


def _machine_settings(server: str, token: str, kind: str) -> Any:
    """What the centre file says of this machine. A server that is away is waited for, unless it has answered before:
    then the machine starts as it was last told, and says on its own screen that the server is away."""
    from queue_server.client import OutOfReach, QueueClient, Refused
    from queue_server.messages import MachineSettings

    if not _is_address(server):
        raise _stop("bad-server", url=server)
    kept = _kept_settings(server, token)
    said = False
    while True:
        try:
            with QueueClient(server, token, attempts=1) as client:
                told = client.machine_settings()
        except Refused as refused:
            raise _stop("token-unknown" if token else "token-needed", kind=kind, url=server) from refused
        except OutOfReach:
            if kept.exists():
                return MachineSettings.model_validate_json(kept.read_bytes())
            if not said:
                _say("waiting-for-server", url=server)
                said = True
            time.sleep(2)
        else:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(told.model_dump_json(), encoding="utf-8")
            return told


def _kept_settings(server: str, token: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    which = hashlib.sha256(f"{server} {token}".encode()).hexdigest()[:16]
    return Path(base) / "cherha" / f"machine-{which}.json"


def _screen(known: Any, size: str, diagonal: float) -> Any:
    if size and len(parts := size.lower().split("x")) == 2 and all(part.isdecimal() for part in parts):
        known = known.model_copy(update={"width_px": int(parts[0]), "height_px": int(parts[1])})
    elif size:
        raise _stop("bad-size", size=size)
    return known.model_copy(update=_given("diagonal_in", diagonal))


def _place(at: str) -> tuple[int, int] | None:
    left, _, top = at.partition(",")
    if at and not (left.isdecimal() and top.isdecimal()):
        raise _stop("bad-place", place=at)
    return (int(left), int(top)) if at else None


def _given(key: str, value: Any) -> dict[str, Any]:
    return {key: value} if value else {}


if __name__ == "__main__":
    main()
