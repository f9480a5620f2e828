"""The console in a real Chromium, driven by the keyboard, against a toy hall that speaks the real messages."""

from __future__ import annotations

import itertools
import json
import queue
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response, abort, jsonify, request, session
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from config.settings import Rules
from operator_console.blueprint import ConsolePages, ConsoleRefused, SignedIn, create_console
from queue_server import messages as m

pytestmark = pytest.mark.browser

OLENA = m.PersonName(surname="Коваленко", given_name="Олена", patronymic="Іванівна")
IRYNA = m.PersonName(surname="Мельник-Воскресенська", given_name="Ірина", patronymic="Олександрівна")
PEOPLE = {"kovalenko": OLENA, "melnyk": IRYNA}
LONG_NAME = (
    "Подання клопотання про направлення до реабілітаційної установи та надання путівки особам з інвалідністю, "
    "дітям з інвалідністю внаслідок дитячого церебрального паралічу, учасникам антитерористичної операції, "
    "які отримали поранення, контузію або інше ушкодження здоров’я під час захисту незалежності, суверенітету "
    "та територіальної цілісності України і постраждалим учасникам Революції Гідності, а також членам їхніх сімей; "
) * 2 + "видача довідки про взяття на облік, безпосередньо пов’язаної із забезпеченням прав та свобод заявника у місті"
SERVICES = [
    (1, "DITY", "Вагітність і пологи (незастраховані)", "Надання державної допомоги у зв’язку з вагітністю"),
    (2, "DITY", "Народження дитини", LONG_NAME),
    (14, "SUBSYDII", "Житлова субсидія", "Призначення житлової субсидії"),
    (30, "REABILITACIYA", "Путівка до реабілітаційної установи", "Видача путівки"),
    (41, "PENSIYI", "Пенсія за віком", "Призначення пенсії за віком"),
]
GROUPS = [("DITY", "А", "UPSZN"), ("SUBSYDII", "Л", "UPSZN"), ("REABILITACIYA", "Ф", "UPSZN"), ("PENSIYI", "Я", "PFU")]


class ToyHall:
    """Enough of a queue to drive the page: no fairness, no file; every command and its key are remembered."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.ids = itertools.count(1)
        self.tickets: dict[int, dict[str, Any]] = {}
        self.desks: dict[int, dict[str, Any]] = {
            n: {"operator": None, "state": "closed", "pause": None, "served": 0} for n in (1, 2, 3, 4, 5, 6, 7, 12)
        }
        self.groups = {n: ["DITY", "SUBSYDII"] if n < 6 else ["REABILITACIYA"] for n in self.desks}
        self.log: list[dict[str, Any]] = []
        self.commands: list[tuple[str, str]] = []
        self.answers: dict[str, tuple[Any, int]] = {}
        self.followers: list[queue.SimpleQueue[dict[str, Any] | None]] = []
        self.connections: list[tuple[str, str]] = []
        self.slow_s = 0.0
        self.sign_ins = 0
        self.rules = Rules()

    # --- what is told ---

    def tell(self, kind: str, desk: int | None = None, ticket: int | None = None) -> None:
        frame = m.StaffFrame(
            seq=len(self.log) + 1,
            at=datetime.now(UTC),
            kind=m.FrameKind(kind),
            desk=desk,
            ticket=m.TicketView(**self.tickets[ticket]) if ticket else None,
            desk_summary=m.DeskSummary(**self.summary(desk)) if desk else None,
        )
        self.log.append(json.loads(frame.model_dump_json()))
        for follower in self.followers:
            follower.put(self.log[-1])

    def drop_followers(self) -> None:
        for follower in self.followers:
            follower.put(None)

    # --- what is asked ---

    def summary(self, n: int) -> dict[str, Any]:
        desk = self.desks[n]
        groups = self.groups[n]
        return {
            "number": n, "zone": "Z1", "groups": groups, "state": desk["state"], "operator_login": desk["operator"],
        }  # fmt: skip

    def listed(self) -> list[dict[str, Any]]:
        names = {login: person.model_dump() for login, person in PEOPLE.items()}
        return [self.summary(n) | {"operator": names.get(desk["operator"])} for n, desk in self.desks.items()]

    def of_state(self, n: int, state: str) -> list[dict[str, Any]]:
        mine = [t for t in self.tickets.values() if t["state"] == state and t["group"] in self.groups[n]]
        return sorted(mine, key=lambda t: (t["queue_key"], t["id"]))

    def agreed(self, n: int) -> list[dict[str, Any]]:
        both = self.of_state(n, "expected") + self.of_state(n, "waiting")
        return sorted((t for t in both if t.get("slot")), key=lambda t: (t["slot"], t["id"]))

    def in_hand(self, n: int) -> dict[str, Any] | None:
        return next((t for t in self.tickets.values() if t["state"] in ("called", "serving") and t["desk"] == n), None)

    def view(self, n: int) -> dict[str, Any]:
        desk, ticket = self.desks[n], self.in_hand(n)
        others = [
            t for t in self.tickets.values()
            if ticket and t["visit"] == ticket["visit"] and t is not ticket and t["state"] == "waiting"
        ]  # fmt: skip
        view = m.DeskView(
            seq=len(self.log),
            now=datetime.now(UTC),
            number=n,
            zone="Z1",
            state=desk["state"],
            operator=PEOPLE.get(desk["operator"]),
            operator_login=desk["operator"],
            pause_reason=desk["pause"],
            groups=self.groups[n] if desk["operator"] else [],
            ticket=m.TicketView(**ticket) if ticket else None,
            others_of_visit=[m.TicketView(**t) for t in others],
            waiting=len(self.of_state(n, "waiting")) if desk["operator"] else 0,
            queue=[m.TicketView(**t) for t in self.of_state(n, "waiting")[:50] if desk["operator"]],
            missed=[m.TicketView(**t) for t in self.of_state(n, "no_show") if desk["operator"]],
            held=[m.TicketView(**t) for t in self.of_state(n, "on_hold") if t["desk"] == n],
            appointments=[m.TicketView(**t) for t in self.agreed(n) if desk["operator"]],
            served_today=desk["served"],
        )
        return json.loads(view.model_dump_json())

    # --- what is done ---

    def issue(self, service: int, minutes_ago: float, seq: int, visit: int | None = None, **more: Any) -> int:
        with self.lock:
            id_ = next(self.ids)
            group = next(g for n, g, *_ in SERVICES if n == service)
            letter = next(x for g, x, _ in GROUPS if g == group)
            at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
            self.tickets[id_] = {
                "id": id_, "visit": visit or 1000 + id_, "number": f"{letter}\u00a0{seq}", "letter": letter, "seq": seq,
                "service": service, "group": group, "state": "waiting", "issued_at": at, "queue_key": at,
                "ahead_at_issue": 0, "desk": None, "calls": 0, "returns": 0, **more,
            }  # fmt: skip
            self.tell("issued", ticket=id_)
            return id_

    def agree(self, service: int, minutes: float, seq: int, **more: Any) -> int:
        """Somebody comes at the whole minute that is nearest to so many minutes from now."""
        with self.lock:
            slot = (datetime.now(UTC) + timedelta(minutes=minutes + 0.5)).replace(second=0, microsecond=0)
            id_ = self.issue(service, 0, seq, kind="appointment", state="expected", slot=slot)
            self.tickets[id_] |= {"queue_key": slot, **more}
            self.tell("expected", ticket=id_)
            return id_

    def check_in(self, id_: int) -> None:
        with self.lock:
            self.tickets[id_]["state"] = "waiting"
            self.tell("checked_in", ticket=id_)

    def sit(self, n: int, login: str) -> None:
        with self.lock:
            self.desks[n] |= {"operator": login, "state": "ready"}
            self.tell("desk", n)

    def command(self, n: int, verb: str, body: dict[str, Any], login: str) -> tuple[Any, int]:
        desk, ticket, now = self.desks[n], self.in_hand(n), datetime.now(UTC)
        match verb:
            case "open":
                if any(d["operator"] == login for d in self.desks.values()):
                    return self.refuse("Ви вже працюєте за іншим місцем. Спочатку звільніть його.")
                desk |= {"operator": login, "state": "ready"}
                self.tell("desk", n)
            case "close":
                desk |= {"operator": None, "state": "closed"}
                self.tell("desk", n)
            case "pause":
                desk |= {"state": "paused", "pause": body["reason"]}
                self.tell("desk", n)
            case "resume":
                desk |= {"state": "ready", "pause": None}
                self.tell("desk", n)
            case "call-next":
                if ticket:
                    return self.refuse("Спочатку завершіть обслуговування.")
                waiting = self.of_state(n, "waiting")
                if not waiting:
                    return {"ticket": None, "reason": "queue_empty"}, 200
                ticket = waiting[0]
                ticket |= {"state": "called", "desk": n, "calls": 1, "called_at": now, "first_called_at": now}
                desk["state"] = "calling"
                self.tell("called", n, ticket["id"])
                return {"ticket": json.loads(m.TicketView(**ticket).model_dump_json()), "reason": None}, 200
            case "call-by-record":
                ticket = self.tickets[body["ticket"]]
                ticket |= {"state": "called", "desk": n, "calls": 1, "called_at": now, "first_called_at": now}
                desk["state"] = "calling"
                self.tell("called", n, ticket["id"])
                return {"ticket": json.loads(m.TicketView(**ticket).model_dump_json()), "reason": None}, 200
            case _ if ticket is None:
                return self.refuse("Зараз нікого не викликано.")
            case "recall":
                ticket |= {"calls": ticket["calls"] + 1, "called_at": now}
                self.tell("recalled", n, ticket["id"])
            case "start":
                ticket |= {"state": "serving", "started_at": now}
                desk["state"] = "serving"
                self.tell("started", n, ticket["id"])
            case _:
                to = {"finish": "served", "no-show": "no_show", "withdraw": "waiting", "transfer": "waiting"}[verb]
                told = {"finish": "finished", "no-show": "missed", "withdraw": "withdrawn", "transfer": "transferred"}
                ticket |= {"state": to, "ended_at": now}
                if verb in ("withdraw", "transfer"):
                    ticket |= {"desk": body.get("desk"), "calls": 0}
                if body.get("service"):
                    group = next(g for number, g, *_ in SERVICES if number == body["service"])
                    ticket |= {"service": body["service"], "group": group}
                desk["state"] = "ready"
                desk["served"] += verb == "finish"
                self.tell(told[verb], n, ticket["id"])
        return self.view(n), 200

    def refuse(self, detail: str) -> tuple[Any, int]:
        return m.Problem(title="Conflict", status=409, code="refused", detail=detail).model_dump(), 409


def catalogue() -> dict[str, Any]:
    def both(text: str) -> dict[str, str]:
        return {"uk": text}

    centre = m.CentreView(
        seq=0, now=datetime.now(UTC), code="bakhmut", name=both("Центр «Прозорий офіс»"), city=both("Бахмут"),
        timezone="Europe/Kyiv", languages=["uk", "en"], hotline=None, return_window_min=60,
        zones=[m.ZoneView(code="Z1", name=both("Зал"), floor=1)],
        providers=[
            m.ProviderView(code="UPSZN", name=both("Управління"), short_name=both("УПСЗН"), open=True),
            m.ProviderView(code="PFU", name=both("Пенсійний фонд"), short_name=both("ПФУ"), open=False),
        ],
        groups=[
            m.GroupView(code=c, provider=p, letter=x, name=both(c), zone="Z1", waiting=0) for c, x, p in GROUPS
        ],
        services=[
            m.ServiceView(number=n, group=g, name=both(name), short_name=both(short), sensitive=False)
            for n, g, short, name in SERVICES
        ],
    )  # fmt: skip
    return json.loads(centre.model_dump_json())


def create_toy_app(hall: ToyHall) -> Flask:
    app = Flask(__name__)
    app.secret_key = "a toy"
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # as the server does

    def signed_in() -> SignedIn | None:
        login = session.get("login")
        if login not in PEOPLE:
            return None
        person = PEOPLE[login]
        return SignedIn(login, person.surname, person.given_name, person.patronymic, ("operator",))

    def sign_in(login: str, pin: str) -> None:
        hall.sign_ins += 1
        if pin != "2580":
            raise ConsoleRefused("Забагато спроб. Вхід закрито на 15 хв, до 14:20.", 429)
        session["login"] = login

    def desk(n: int) -> dict[str, Any] | None:
        return hall.view(n) if n in hall.desks else None

    app.register_blueprint(
        create_console(
            ConsolePages(
                signed_in, sign_in, lambda: session.clear(), hall.listed, desk, catalogue,
                lambda: "toy-csrf", lambda: hall.rules,
            )
        )
    )  # fmt: skip

    @app.before_request
    def _known_only() -> None:
        if request.path.startswith("/api/") and "login" not in session:
            abort(401)

    @app.get("/api/v1/desks/<int:n>")
    def api_desk(n: int) -> Response:
        with hall.lock:
            return jsonify(hall.view(n))

    def once(act: Any, name: str) -> Any:
        if request.headers.get("X-CSRF-Token") != "toy-csrf":
            return jsonify(m.Problem(title="No", status=403, code="csrf", detail="Немає прав").model_dump()), 403
        time.sleep(hall.slow_s)
        with hall.lock:
            key = request.headers["Idempotency-Key"]
            hall.commands.append((name, key))
            if key not in hall.answers:
                hall.answers[key] = act()
            body, status = hall.answers[key]
            return jsonify(body), status

    @app.post("/api/v1/desks/<int:n>/<verb>")
    def api_command(n: int, verb: str) -> Any:
        return once(lambda: hall.command(n, verb, request.get_json(), session["login"]), verb)

    @app.post("/api/v1/tickets/<int:id_>/reinstate")
    def api_reinstate(id_: int) -> Any:
        def act() -> tuple[Any, int]:
            hall.tickets[id_] |= {"state": "waiting", "desk": None, "returns": 1, "calls": 0}
            hall.tell("reinstated", ticket=id_)
            return json.loads(m.TicketView(**hall.tickets[id_]).model_dump_json()), 200

        return once(act, "reinstate")

    @app.post("/api/v1/tickets/<int:id_>/return")
    def api_return(id_: int) -> Any:
        def act() -> tuple[Any, int]:
            hall.tickets[id_] |= {"state": "waiting", "held": False, "returned": True}
            hall.tell("returned", ticket=id_)
            return json.loads(m.TicketView(**hall.tickets[id_]).model_dump_json()), 200

        return once(act, "return")

    @app.get("/api/v1/staff/events")
    def api_events() -> Response:
        own: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        last = request.headers.get("Last-Event-ID", "")
        hall.connections.append((last, request.args.get("after", "")))
        with hall.lock:
            known = int(last or request.args.get("after") or len(hall.log))
            for frame in hall.log[known:]:
                own.put(frame)
            hall.followers.append(own)

        def lines() -> Iterator[str]:
            yield "retry: 300\n\n"
            while True:
                try:
                    frame = own.get(timeout=1)
                except queue.Empty:
                    beat = {"now": datetime.now(UTC).isoformat(), "seq": len(hall.log)}
                    yield f"event: heartbeat\ndata: {json.dumps(beat)}\n\n"
                    continue
                if frame is None:
                    return
                if frame.get("reset"):
                    yield "event: reset\ndata: {}\n\n"
                    continue
                yield f"id: {frame['seq']}\nevent: {frame['kind']}\ndata: {json.dumps(frame)}\n\n"

        return Response(lines(), mimetype="text/event-stream")

    return app


class Running:
    """The toy hall behind a real port, which can go away and come back."""

    def __init__(self) -> None:
        self.hall = ToyHall()
        self.app = create_toy_app(self.hall)
        self.port = 0
        self.server: BaseWSGIServer | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.server.daemon_threads = True  # type: ignore[attr-defined]
        self.port = self.server.port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        assert self.server
        self.server.shutdown()
        self.hall.drop_followers()
        self.hall.followers.clear()
        self.server.socket.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=args)
        yield browser
        browser.close()


@pytest.fixture
def running() -> Iterator[Running]:
    centre = Running()
    for minutes, seq in ((24, 17), (21, 18), (15, 19)):
        centre.hall.issue(2, minutes, seq)
    yield centre
    centre.stop()


@pytest.fixture
def page(chromium: Browser, running: Running) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="uk-UA")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if "Content Security Policy" in line.text else None)
    page.set_default_timeout(5000)
    yield page
    context.close()
    assert troubles == []


def sign_in(page: Page, running: Running) -> None:
    page.goto(running.url)
    expect(page.locator("#login")).to_be_focused()
    page.keyboard.type("kovalenko")
    page.keyboard.press("Tab")
    page.keyboard.type("2580")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desks")


def take_desk(page: Page, running: Running, n: int = 3) -> None:
    sign_in(page, running)
    page.locator(f"[data-number='{n}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/{n}")
    expect(page.locator("#link")).to_have_text("Зв’язок є")


def verbs(running: Running) -> list[str]:
    return [verb for verb, _ in running.hall.commands]


def press(page: Page, key: str) -> None:
    """A hand is slower than an answer: the frame may be seen a moment before it."""
    expect(page.locator("#steps")).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press(key)


def settle(page: Page) -> None:
    """A hand's own pause between two presses of the same place."""
    expect(page.locator("#steps")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(750)


def test_a_whole_shift_needs_no_mouse(page: Page, running: Running) -> None:
    running.hall.rules = Rules(recall_min_s=5, no_show_min_s=15, no_show_calls=1)
    take_desk(page, running)
    expect(page.locator("#state")).to_have_text("Готово до виклику")
    expect(page.locator("#step-0")).to_be_focused()

    press(page, "F2")
    expect(page.locator("#plate")).to_have_text("А17Немає виклику")
    expect(page.locator("#calls-live")).to_have_text("Викликано А\u00a017")
    expect(page.locator("#service")).to_have_text("Народження дитини")
    expect(page.locator("#waited")).to_have_text("24\u00a0хв")
    press(page, "F4")
    expect(page.locator("#state")).to_have_text("Обслуговується")
    press(page, "F9")
    expect(page.locator("#message")).to_have_text("Обслуговування А\u00a017 завершено")
    expect(page.locator("#served")).to_have_text("1")

    # Enter on the first place walks through the same steps.
    settle(page)
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Викликано")
    settle(page)
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Обслуговується")

    page.locator("#do-transfer").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#transfer-find")).to_be_focused()
    page.keyboard.type("субсид")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text("Талон А\u00a018 передано")
    assert [t["service"] for t in running.hall.tickets.values() if t["seq"] == 18] == [14]

    press(page, "F2")  # the transferred one waits longest
    expect(page.locator("#plate u")).to_have_text("18")
    first_called = running.hall.in_hand(3)
    assert first_called is not None
    first_called["first_called_at"] -= timedelta(seconds=20)
    page.reload()
    page.locator("#do-no-show").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#count-missed")).to_have_text("1")
    page.locator("#tab-queue").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_have_text("Талон А\u00a018 повернуто в чергу")

    page.locator("#do-pause").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Перерва · Обід")
    settle(page)
    page.locator("#step-0").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Готово до виклику")
    page.locator("#do-close").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desks")
    assert verbs(running) == [
        "open", "call-next", "start", "finish", "call-next", "start", "transfer", "call-next", "no-show", "reinstate",
        "pause", "resume", "close",
    ]  # fmt: skip
    assert len({key for _, key in running.hall.commands}) == len(running.hall.commands)


def test_a_double_click_is_one_command(page: Page, running: Running) -> None:
    take_desk(page, running)
    settle(page)
    page.locator("#step-0").dblclick()
    expect(page.locator("#state")).to_have_text("Викликано")
    page.wait_for_timeout(300)
    assert verbs(running) == ["open", "call-next"]


def test_a_double_click_on_the_sign_in_is_one_attempt(page: Page, running: Running) -> None:
    page.goto(running.url)
    page.fill("#login", "kovalenko")
    page.fill("#pin", "1111")
    page.get_by_role("button", name="Увійти").dblclick()
    expect(page.get_by_role("alert")).to_contain_text("Забагато спроб")
    assert running.hall.sign_ins == 1


def test_the_visits_other_tickets_are_said_while_serving_and_at_the_end(page: Page, running: Running) -> None:
    running.hall.issue(30, 3, 7, visit=running.hall.tickets[1]["visit"])  # a queue of other desks
    take_desk(page, running)
    press(page, "F2")
    expect(page.locator("#message")).to_have_text("Відвідувач має ще талони: Ф\u00a07")
    press(page, "F4")
    expect(page.locator("#state")).to_have_text("Обслуговується")
    expect(page.locator("#message")).to_have_text("Відвідувач має ще талони: Ф\u00a07")
    press(page, "F9")
    expect(page.locator("#message")).to_have_text(
        "Обслуговування А\u00a017 завершено. Відвідувач має ще талони: Ф\u00a07"
    )


def test_a_slow_answer_is_not_asked_for_twice(page: Page, running: Running) -> None:
    take_desk(page, running)
    running.hall.slow_s = 2.0  # «Надсилаємо…» stands from 0.5 s until the answer; a look a second must meet it
    page.keyboard.press("F2")
    page.keyboard.press("F2")
    expect(page.locator("#message")).to_have_text("Надсилаємо…")
    page.keyboard.press("F2")
    expect(page.locator("#state")).to_have_text("Викликано")
    running.hall.slow_s = 0
    assert verbs(running) == ["open", "call-next"]


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(page: Page, running: Running) -> None:
    take_desk(page, running)
    lost: list[str] = []

    def lose_the_first(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append("answer")
        route.fetch()  # the server did it, its answer is lost on the way
        route.abort()

    page.route("**/call-next", lose_the_first)
    press(page, "F2")
    expect(page.locator("#plate u")).to_have_text("17")
    page.wait_for_timeout(1000)
    expect(page.locator("#state")).to_have_text("Викликано")
    calls = [key for verb, key in running.hall.commands if verb == "call-next"]
    assert len(calls) == 2
    assert len(set(calls)) == 1


def test_a_step_that_is_off_says_why_and_sends_nothing(page: Page, running: Running) -> None:
    take_desk(page, running)
    press(page, "F9")
    expect(page.locator("#message")).to_have_text("Немає чого завершувати: зараз нікого не викликано")
    press(page, "F2")
    expect(page.locator("#state")).to_have_text("Викликано")
    press(page, "F8")
    expect(page.locator("#message")).to_contain_text("Повторити можна через 00:")
    page.locator("#do-no-show").click(force=True)
    expect(page.locator("#message")).to_contain_text("Потрібно викликів: 2, зроблено: 1")
    page.locator("#do-pause").click(force=True)
    expect(page.locator("#message")).to_have_text("Спочатку вкажіть, чи підійшов відвідувач А\u00a017")
    assert page.locator("#do-pause").get_attribute("aria-disabled") == "true"
    assert verbs(running) == ["open", "call-next"]


def test_the_accent_stands_on_the_next_step_alone_and_the_others_keep_their_places(
    page: Page, running: Running
) -> None:
    take_desk(page, running)

    def row() -> list[str | None]:
        return [b.get_attribute("data-action") for b in page.locator("#steps .button").all()]

    assert row() == ["next", "finish", "start", "recall"]
    press(page, "F2")
    expect(page.locator("#step-0")).to_contain_text("Підійшов")
    assert row() == ["start", "next", "finish", "recall"]
    press(page, "F4")
    expect(page.locator("#step-0")).to_contain_text("Завершити")
    assert row() == ["finish", "next", "start", "recall"]
    assert page.locator(".actions .primary").count() == 1


def test_a_refusal_is_shown_as_the_servers_own_sentence(page: Page, running: Running) -> None:
    running.hall.sit(5, "kovalenko")
    sign_in_at = running.url + "/sign-in"
    page.goto(sign_in_at)
    page.fill("#login", "kovalenko")
    page.fill("#pin", "2580")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/5")  # one's own open desk comes first
    page.goto(running.url + "/desks")
    page.locator("[data-number='3']").click()
    expect(page.locator("#message")).to_have_text("Ви вже працюєте за іншим місцем. Спочатку звільніть його.")


def test_the_queue_is_live_and_a_reload_changes_nothing(page: Page, running: Running) -> None:
    take_desk(page, running)
    expect(page.locator("#queue tr")).to_have_count(3)
    running.hall.issue(14, 0, 6, language="en")
    expect(page.locator("#queue tr")).to_have_count(4)
    expect(page.locator("#queue tr").last).to_have_text("Л6мова: англійськащойно")
    running.hall.issue(30, 0, 1)  # another desk's queue
    press(page, "F2")
    expect(page.locator("#count-queue")).to_have_text("3")
    press(page, "F4")
    expect(page.locator("#state")).to_have_text("Обслуговується")

    def seen() -> str:
        return page.evaluate("document.querySelector('main').innerText.replace(/\\d\\d:\\d\\d/g, '')")

    page.evaluate("document.getElementById('message').replaceChildren()")
    before = seen()
    page.reload()
    expect(page.locator("#state")).to_have_text("Обслуговується")
    expect(page.locator("#queue tr")).to_have_count(3)
    assert seen() == before


def test_the_browser_folds_to_what_the_server_would_say(page: Page, running: Running) -> None:
    take_desk(page, running)
    hall = running.hall
    other = hall.issue(2, 10, 20)
    running.hall.issue(14, 3, 7, visit=hall.tickets[1]["visit"])
    press(page, "F2")
    expect(page.locator("#message")).to_have_text("Відвідувач має ще талони: Л\u00a07")
    with hall.lock:  # another desk takes one, a third is missed there
        hall.tickets[other] |= {"state": "serving", "desk": 4}
        hall.tell("started", 4, other)
        hall.tickets[2] |= {"state": "no_show", "desk": 4}
        hall.tell("missed", 4, 2)
        frames, final = hall.log[3:], hall.view(3)
    folded = page.evaluate(
        """async ([frames, start]) => {
            const { takeFrame } = await import('/console/static/fold.js');
            return frames.reduce(takeFrame, start);
        }""",
        [frames, hall_at(frames, final)],
    )
    parts = ("queue", "waiting", "missed", "held", "appointments", "ticket", "state", "others_of_visit", "served_today")
    for part in (*parts, "seq"):
        assert folded[part] == final[part], part


def test_of_a_long_queue_every_waiting_ticket_is_counted_and_the_head_is_right(page: Page, running: Running) -> None:
    for number in range(70):
        running.hall.issue(2, 14 - number / 10, 30 + number)
    take_desk(page, running)
    expect(page.locator("#count-queue")).to_have_text("73")
    expect(page.locator("#queue-more")).to_contain_text("64")  # nine rows are shown at this height
    with running.hall.lock:  # others take the whole head of the queue
        for id_ in sorted(running.hall.tickets)[:60]:
            running.hall.tickets[id_] |= {"state": "serving", "desk": 4}
            running.hall.tell("started", 4, id_)
    expect(page.locator("#count-queue")).to_have_text("13")
    expect(page.locator("#queue .number").first).to_have_text("А87")


def hall_at(frames: list[dict[str, Any]], final: dict[str, Any]) -> dict[str, Any]:
    """The desk as it was before these frames: three tickets waiting, nobody there."""
    first = [
        {**t, "state": "waiting", "desk": None, "calls": 0, "called_at": None, "first_called_at": None}
        for t in (final["ticket"], *final["missed"], *final["queue"])
        if t["seq"] in (17, 18, 19)
    ]
    return final | {
        "seq": frames[0]["seq"] - 1, "state": "closed", "ticket": None, "queue": first, "missed": [],
        "others_of_visit": [],
    }  # fmt: skip


def test_a_lost_line_is_said_and_what_was_missed_arrives_after_it(page: Page, running: Running) -> None:
    take_desk(page, running)
    running.stop()
    expect(page.locator("#link")).to_contain_text("Немає зв’язку з ")
    running.hall.issue(14, 0, 8)
    press(page, "F2")
    expect(page.locator("#message")).to_have_text("Надсилаємо…")
    running.start()
    expect(page.locator("#link")).to_have_text("Зв’язок є", timeout=10000)
    expect(page.locator("#plate u")).to_have_text("17", timeout=10000)
    expect(page.locator("#queue")).to_contain_text("8")
    assert verbs(running).count("call-next") == 1


def test_the_browser_resumes_after_the_last_frame_it_saw(page: Page, running: Running) -> None:
    take_desk(page, running)
    running.hall.issue(14, 0, 8)
    expect(page.locator("#queue tr")).to_have_count(4)
    seen = str(len(running.hall.log))
    running.hall.drop_followers()
    expect(page.locator("#link")).to_contain_text("Немає зв’язку")
    expect(page.locator("#link")).to_have_text("Зв’язок є")
    assert running.hall.connections[-1][0] == seen


def test_a_network_that_is_gone_is_said_at_once(page: Page, running: Running) -> None:
    take_desk(page, running)
    page.context.set_offline(True)
    expect(page.locator("#link")).to_contain_text("Немає зв’язку")
    press(page, "F2")
    expect(page.locator("#message")).to_contain_text("Команду не підтверджено", timeout=15000)
    page.context.set_offline(False)
    expect(page.locator("#link")).to_have_text("Зв’язок є", timeout=10000)
    assert verbs(running) == ["open"]


def test_after_a_reset_the_desk_is_read_again(page: Page, running: Running) -> None:
    take_desk(page, running)
    with running.hall.lock:  # the log went on, but the frames were too many to send
        running.hall.tickets[1]["state"] = "cancelled"
        running.hall.log.append({"seq": len(running.hall.log) + 1})
        for follower in running.hall.followers:
            follower.put({"reset": True})
    expect(page.locator("#queue tr")).to_have_count(2)


def test_a_session_that_ran_out_leads_to_the_sign_in_and_back(page: Page, running: Running) -> None:
    take_desk(page, running)
    page.context.clear_cookies()
    press(page, "F2")
    page.wait_for_url("**/sign-in?next=/desk/3")
    page.fill("#login", "kovalenko")
    page.fill("#pin", "2580")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/3")


def test_another_operators_desk_may_only_be_looked_at(page: Page, running: Running) -> None:
    running.hall.sit(4, "melnyk")
    sign_in(page, running)
    expect(page.locator("[data-number='4']")).to_contain_text("Мельник-Воскресенська Ірина Олександрівна")
    page.locator("[data-number='4']").click()
    expect(page.locator("#link")).to_have_text("Зв’язок є")
    press(page, "F2")
    expect(page.locator("#message")).to_contain_text("За цим місцем працює Мельник-Воскресенська Ірина")
    assert page.locator(".actions .primary").count() == 0
    assert verbs(running) == []


def test_the_list_of_desks_is_live(page: Page, running: Running) -> None:
    sign_in(page, running)
    expect(page.locator("#link")).to_have_text("Зв’язок є")
    running.hall.sit(4, "melnyk")
    expect(page.locator("[data-number='4']")).to_contain_text("Мельник-Воскресенська")


def busy_desk(page: Page, running: Running) -> None:
    for number in range(60):
        running.hall.issue(2 if number % 3 else 14, 14 - number / 5, 20 + number)
    missed = running.hall.issue(2, 80, 9)
    running.hall.tickets[missed] |= {"state": "no_show", "calls": 2, "ended_at": datetime.now(UTC)}
    running.hall.issue(14, 2, 99, visit=running.hall.tickets[1]["visit"])
    running.hall.tickets[1]["seq"] = 1017
    until = datetime.now(UTC) + timedelta(minutes=20)
    running.hall.issue(2, 50, 8, state="on_hold", held=True, desk=3, hold_until=until)
    for place in range(8):
        here = {"state": "waiting"} if place < 2 else {}
        running.hall.agree(2 if place % 2 else 14, 10 * place, 501 + place, **here)
    take_desk(page, running)
    press(page, "F2")
    expect(page.locator("#plate u")).to_have_text("1017")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1366, 640), (1280, 720), (1120, 700), (1920, 1080)])
def test_nothing_scrolls_and_nothing_is_cut(page: Page, running: Running, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    busy_desk(page, running)
    press(page, "F8")  # a message is on the line too
    cut = page.evaluate(
        """() => [...document.querySelectorAll('body, main *, header *, footer *')]
            .filter((e) => !e.closest('.unseen, svg') && e.getClientRects().length)
            .filter((e) => {
                const box = e.getBoundingClientRect();
                const hides = getComputedStyle(e).overflow !== 'visible' && e.scrollHeight > e.clientHeight;
                const tooWide = e.clientWidth && e.scrollWidth > e.clientWidth;
                return hides || tooWide || box.bottom > innerHeight + 0.5 || box.right > innerWidth + 0.5;
            })
            .map((e) => `${e.tagName}#${e.id}.${e.className} ${e.scrollWidth} in ${e.clientWidth}`)"""
    )
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    assert cut == []
    expect(page.locator("#queue-more")).to_contain_text("Далі в списку ще: ")


@pytest.mark.parametrize("width", [683, 341])
def test_a_zoom_of_200_and_400_percent_loses_nothing_sideways(page: Page, running: Running, width: int) -> None:
    page.set_viewport_size({"width": width, "height": width * 768 // 1366})
    busy_desk(page, running)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(running.url + "/desks")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_longest_official_name_is_read_whole(page: Page, running: Running) -> None:
    assert len(LONG_NAME) >= 804
    busy_desk(page, running)
    page.get_by_role("button", name="Повна назва").click()
    name = page.locator("#name-text")
    expect(name).to_have_text(LONG_NAME)
    box, dialog = name.bounding_box(), page.locator("#dialog-name").bounding_box()
    assert box
    assert dialog
    assert box["y"] + box["height"] < dialog["y"] + dialog["height"] <= 768
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Повна назва")).to_be_focused()


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page: Page, running: Running, light: Any) -> None:
    page.emulate_media(color_scheme=light)
    axe = Axe()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        violations = axe.run(page).response["violations"]
        found[name] = [f"{v['id']}: {node['html']}" for v in violations for node in v["nodes"]]

    page.goto(running.url)
    look("sign-in")
    page.fill("#login", "kovalenko")
    page.fill("#pin", "0000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Забагато спроб")
    look("sign-in refused")
    running.hall.sit(4, "melnyk")
    for place in range(6):
        running.hall.agree(2, 5 * place - 1, 501 + place, state="waiting" if place == 1 else "expected")
    until = datetime.now(UTC) + timedelta(minutes=20)
    running.hall.issue(2, 50, 8, state="on_hold", held=True, desk=3, hold_until=until)
    page.fill("#pin", "2580")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desks")
    look("desks")
    page.goto(running.url + "/desk/404")
    look("trouble")
    page.goto(running.url + "/desk/3")
    look("free desk")
    page.locator("#step-0").click()
    expect(page.locator("#state")).to_have_text("Готово до виклику")
    look("idle")
    page.locator("#do-pause").click()
    expect(page.locator("#pause-agreed")).to_be_visible()
    look("a pause and who comes by record")
    page.keyboard.press("Escape")
    page.locator("#agreed-more").click()
    look("all by record")
    page.keyboard.press("Escape")
    press(page, "F2")
    expect(page.locator("#state")).to_have_text("Викликано")
    look("calling")
    page.locator("#do-pause").click(force=True)
    look("a reason")
    page.locator("#full-name").click()
    look("full name")
    page.keyboard.press("Escape")
    page.keyboard.press("F1")
    look("keys")
    page.keyboard.press("Escape")
    press(page, "F4")
    expect(page.locator("#state")).to_have_text("Обслуговується")
    for button, name in (("#do-outcome", "outcome"), ("#do-transfer", "transfer")):
        page.locator(button).click()
        expect(page.locator(f"#dialog-{name}")).to_be_visible()
        look(name)
        page.keyboard.press("Escape")
    page.locator("#tab-missed").click()
    look("missed")
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_whole_desk_page_weighs_under_150_kilobytes(
    page: Page, running: Running, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A whole catalogue: 120 services, official names of the usual 119 characters, and fifty tickets in the queue.
    many = [(n, "DITY", "Назва послуги на тридцять п’ять зна", LONG_NAME[:119]) for n in range(101, 216)]
    monkeypatch.setattr(sys.modules[__name__], "SERVICES", SERVICES + many)
    for number in range(60):
        running.hall.issue(2, 14 - number / 10, 30 + number)
    for place in range(20):
        running.hall.agree(2, 10 * place, 501 + place)
    take_desk(page, running)
    fresh = chromium.new_context(storage_state=page.context.storage_state())  # a browser that has nothing yet
    try:
        first = fresh.new_page()
        answers: list[Any] = []
        first.on("response", lambda answer: answers.append(answer))
        first.goto(f"{running.url}/desk/3")
        expect(first.locator("#link")).to_have_text("Зв’язок є")
        first.wait_for_timeout(300)
        weights = {
            a.url: a.request.sizes()["responseBodySize"] for a in answers if not a.url.split("?")[0].endswith("/events")
        }
    finally:
        fresh.close()
    assert sum("woff2" in url for url in weights) == 2
    assert all(url.startswith(running.url) for url in weights)
    assert 90 * 1024 < sum(weights.values()) <= 150 * 1024, weights


def test_the_letters_are_inters_own(page: Page, running: Running) -> None:
    take_desk(page, running)
    press(page, "F2")
    expect(page.locator("#plate u")).to_have_text("17")
    loaded = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map((f) => f.family + ' ' + f.status))")
    assert loaded == ["Inter loaded", "Inter loaded"]


# --- by record, and on hold -----------------------------------------------------------------------------------------


def row_of(page: Page, seq: int) -> Any:
    return page.locator("#agreed-rows li").filter(has=page.get_by_text(str(seq), exact=True))


def test_who_comes_by_record_is_listed_by_time_and_state_and_may_be_called_when_it_is_time(
    page: Page, running: Running
) -> None:
    hall = running.hall
    late, here = hall.agree(2, -4, 501), hall.agree(14, -2, 502)
    hall.agree(2, 4, 503)
    take_desk(page, running)
    hall.check_in(here)
    later = hall.agree(2, 40, 504)
    rows = page.locator("#agreed-rows li")
    expect(rows).to_have_count(4)
    expect(page.locator("#count-agreed")).to_have_text("4")
    words = ("запізнюється", "прибуття підтверджено", "очікується", "очікується")
    for row, seq, stands in zip(rows.all(), (501, 502, 503, 504), words, strict=True):
        expect(row).to_contain_text(str(seq))
        expect(row).to_contain_text(stands)
    off = [row.locator("button").get_attribute("aria-disabled") for row in rows.all()]
    assert off == ["false", "false", "false", "true"]
    row_of(page, 504).locator("button").click(force=True)
    expect(page.locator("#message")).to_contain_text("Викликати А\u00a0504 за записом можна з ")
    page.get_by_role("button", name="Викликати за записом А\u00a0501").click()
    expect(page.locator("#plate u")).to_have_text("501")
    expect(page.locator("#step-0")).to_be_focused()
    expect(rows).to_have_count(3)
    assert verbs(running) == ["open", "call-by-record"]
    assert hall.tickets[late]["state"] == "called"
    settle(page)
    page.get_by_role("button", name="Викликати за записом Л\u00a0502").click(force=True)
    expect(page.locator("#message")).to_contain_text("Спочатку вкажіть, чи підійшов відвідувач А\u00a0501")
    with hall.lock:
        hall.tickets[later]["state"] = "cancelled"
        hall.tell("cancelled", ticket=later)
    expect(rows).to_have_count(2)


def test_without_appointments_and_holds_their_lists_are_not_there(page: Page, running: Running) -> None:
    take_desk(page, running)
    expect(page.locator("#agreed")).to_be_hidden()
    expect(page.locator("#held")).to_be_hidden()
    running.hall.agree(30, 5, 501)  # another desk's queue
    running.hall.issue(14, 0, 6)
    expect(page.locator("#queue tr")).to_have_count(4)
    expect(page.locator("#agreed")).to_be_hidden()


def test_a_long_case_and_a_pause_are_warned_of_the_agreed_time_they_endanger(page: Page, running: Running) -> None:
    hall = running.hall
    hall.agree(2, -3, 501)  # late and not here: nobody waits for this desk
    soon, then = hall.agree(2, 9, 502), hall.agree(14, 25, 503)
    hall.agree(2, 50, 504)
    take_desk(page, running)
    zone = ZoneInfo("Europe/Kyiv")
    first, second = (hall.tickets[id_]["slot"].astimezone(zone).strftime("%H:%M") for id_ in (soon, then))
    warning = page.locator("#agreed-soon")
    expect(warning).to_have_text("")
    page.locator("#do-pause").click()
    told = f"За записом у найближчі 30\u00a0хв: {first}\u00a0А\u00a0502, {second}\u00a0Л\u00a0503"
    expect(page.locator("#pause-agreed")).to_have_text(told)
    page.keyboard.press("Escape")
    press(page, "F2")
    press(page, "F4")
    expect(warning).to_have_text(f"Запис на {first}: А\u00a0502")
    with hall.lock:
        hall.tickets[soon]["state"] = "cancelled"
        hall.tell("cancelled", ticket=soon)
    expect(warning).to_have_text("")


def test_the_whole_day_of_appointments_is_a_press_away(page: Page, running: Running) -> None:
    for place in range(20):
        running.hall.agree(2, 2 + 10 * place, 501 + place)
    take_desk(page, running)
    expect(page.locator("#agreed-rows li")).to_have_count(4)
    page.get_by_role("button", name="Увесь список: 20").click()
    expect(page.locator("#agreed-all-rows li")).to_have_count(20)
    settle(page)
    page.locator("#agreed-all-rows button").first.click()
    expect(page.locator("#dialog-agreed")).to_be_hidden()
    expect(page.locator("#plate u")).to_have_text("501")


def test_who_was_put_on_hold_comes_back_with_one_press(page: Page, running: Running) -> None:
    hall = running.hall
    until = datetime.now(UTC) + timedelta(minutes=20)
    id_ = hall.issue(2, 50, 8, state="on_hold", held=True, desk=3, hold_until=until)
    take_desk(page, running)
    expect(page.locator("#held-rows li")).to_contain_text(f"до {until.astimezone(ZoneInfo('Europe/Kyiv')):%H:%M}")
    page.get_by_role("button", name="Повернувся А\u00a08").click()
    expect(page.locator("#message")).to_contain_text("А\u00a08 повертається до Вас")
    expect(page.locator("#held")).to_be_hidden()
    expect(page.locator("#queue .number").first).to_have_text("А8")
    assert hall.tickets[id_]["returned"]
    assert verbs(running) == ["open", "return"]


def test_another_operators_appointments_and_holds_may_only_be_looked_at(page: Page, running: Running) -> None:
    hall = running.hall
    hall.agree(2, 1, 501)
    hall.issue(2, 50, 8, state="on_hold", held=True, desk=4, hold_until=datetime.now(UTC) + timedelta(minutes=20))
    hall.sit(4, "melnyk")
    sign_in(page, running)
    page.goto(running.url + "/desk/4")
    for name in ("Викликати за записом А\u00a0501", "Повернувся А\u00a08"):
        page.get_by_role("button", name=name).click(force=True)
        expect(page.locator("#message")).to_contain_text("За цим місцем працює Мельник-Воскресенська Ірина")
    assert verbs(running) == []
