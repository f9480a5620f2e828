"""Many machines and people at once against one real server process: nothing is given twice, nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
import random
import sqlite3
import threading
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import Centre
from queue_server.client import API, QueueClient, new_key
from queue_server.ledger import FILE
from queue_server.messages import DeviceKind, NewDevice

pytestmark = pytest.mark.load

CLIENT_PROCESSES = 4
PATIENCE_S = 60.0
Answer = dict[str, Any]


def race(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """What the jobs return. Each runs in a thread of its own, the threads in several processes, all let go at once."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(jobs))

    def one(job: Callable[[], Any]) -> Any:
        gate.wait(PATIENCE_S)
        return job()

    def run(mine: Sequence[Callable[[], Any]], pipe: Connection) -> None:
        try:
            with ThreadPoolExecutor(len(mine)) as threads:
                pipe.send((list(threads.map(one, mine)), ""))
        except BaseException:  # noqa: BLE001 (told to the test, which fails with it)
            gate.abort()
            pipe.send(([], traceback.format_exc()))

    ends = []
    for first in range(CLIENT_PROCESSES):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=run, args=(jobs[first::CLIENT_PROCESSES], there))
        process.start()
        there.close()
        ends.append((process, here))
    told = [pipe.recv() for _, pipe in ends]
    for process, _ in ends:
        process.join()
    broken = [trace for _, trace in told if trace]
    assert not broken, "\n".join(broken)
    results: list[Any] = [None] * len(jobs)
    for first, (answers, _) in enumerate(told):
        results[first::CLIENT_PROCESSES] = answers
    return results


class Wire:
    """One machine's line to the server, without retries: what was not answered stays not answered."""

    def __init__(self, url: str, token: str) -> None:
        self._http = httpx.Client(base_url=url + API, headers={"Authorization": f"Bearer {token}"}, trust_env=False)
        self._http.timeout = httpx.Timeout(PATIENCE_S)

    def post(self, path: str, body: Answer, key: str) -> httpx.Response:
        return self._http.post(path, json=body, headers={"Idempotency-Key": key})


def at_once(wires: Sequence[Wire], path: str, body: Answer, keys: Sequence[str]) -> list[httpx.Response]:
    """The same request over several lines in the same moment."""
    with ThreadPoolExecutor(len(wires)) as threads:
        return list(threads.map(lambda wire, key: wire.post(path, body, key), wires, keys))


@dataclass
class People:
    """The staff and machines of one running server, added through its own doors."""

    server: Any
    centre: Centre
    admin: QueueClient = field(init=False)

    def __post_init__(self) -> None:
        door = json.loads((self.server.data / "server.json").read_text())
        self.admin = QueueClient(door["url"], door["token"])

    def kiosk(self, name: str) -> str:
        """Its token."""
        return self.admin.add_device(NewDevice(kind=DeviceKind.KIOSK, name=name)).token

    def operators(self, count: int = 8) -> list[tuple[int, str]]:
        """(desk, token) of operators who sit at desks they fit, open for calls."""
        seats = []
        free = list(self.centre.operators)
        for desk in self.centre.desks[:count]:
            who = next(o for o in free if set(o.primary) == set(desk.groups))
            free.remove(who)
            self.admin.set_pin(who.login, "1234")
            client = QueueClient(self.server.url)
            token = client.sign_in(who.login, "1234").token
            client.desk_command(desk.number, "open")
            seats.append((desk.number, token))
        return seats


@pytest.fixture
def people(server: Any, bakhmut: Centre) -> People:
    return People(server, bakhmut)


def planned_visits(tickets: int, centre: Centre, seed: int) -> list[list[int]]:
    """Services of visits that make exactly so many tickets, a fifth of the visits with two."""
    chance, numbers, plan, left = random.Random(seed), [s.number for s in centre.services], [], tickets
    while left:
        size = min(left, 2 if chance.random() < 0.2 else 1)
        plan.append(chance.sample(numbers, size))
        left -= size
    return plan


def body_of(services: Sequence[int]) -> Answer:
    return {"tickets": [{"service": number} for number in services]}


def walk_in_numbers(count: int) -> list[int]:
    """1 … 499, then on from 1001: 501 … 999 belong to appointments."""
    return [n if n <= 499 else n + 501 for n in range(1, count + 1)]


def table(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def told_by_log(folder: Path, *kinds: str) -> Iterator[tuple[str, Answer]]:
    """(kind, event) of these kinds in the order of the log."""
    for kind, data in table(folder, "SELECT type, data FROM log ORDER BY seq"):
        if kind in kinds:
            yield kind, json.loads(data)


def numbers_by_letter(tickets: Sequence[Answer]) -> dict[str, list[int]]:
    """In the order in which the tickets were made."""
    found = defaultdict(list)
    for ticket in sorted(tickets, key=lambda t: t["id"]):
        found[ticket["letter"]].append(ticket["seq"])
    return found


def test_thirty_two_kiosks_issue_two_thousand_tickets_and_no_number_repeats_or_is_skipped(
    server: Any, people: People, bakhmut: Centre
) -> None:
    plan = planned_visits(2000, bakhmut, seed=1)
    tokens = [people.kiosk(f"k{n}") for n in range(32)]

    def kiosk(token: str, visits: Sequence[list[int]], seed: int) -> list[list[tuple[int, bytes]]]:
        """For each visit every answer to its key: usually one, sometimes two (at once, or one after the other)."""
        chance, wires, answers = random.Random(seed), (Wire(server.url, token), Wire(server.url, token)), []
        for services in visits:
            key, body, luck = new_key(), body_of(services), chance.random()
            if luck < 0.05:
                got = at_once(wires, "/visits", body, [key, key])
            else:
                got = [wires[0].post("/visits", body, key) for _ in range(2 if luck < 0.10 else 1)]
            answers.append([(response.status_code, response.content) for response in got])
        return answers

    def job(n: int) -> Callable[[], Any]:
        return lambda: kiosk(tokens[n], plan[n::32], seed=n)

    per_visit = [answers for kiosk_answers in race([job(n) for n in range(32)]) for answers in kiosk_answers]

    assert {status for answers in per_visit for status, _ in answers} == {201}
    repeated = [answers for answers in per_visit if len(answers) == 2]
    assert len(repeated) > 100
    assert all(first == second for first, second in repeated)

    tickets = [issued["ticket"] for answers in per_visit for issued in json.loads(answers[0][1])["tickets"]]
    assert len(tickets) == 2000
    by_letter = numbers_by_letter(tickets)
    assert set(by_letter) == {group.letter for group in bakhmut.groups if group.code != "none"}
    assert {letter: walk_in_numbers(len(numbers)) for letter, numbers in by_letter.items()} == by_letter
    assert max(by_letter["А"]) > 1001, "the race must cross the appointments’ range"

    acknowledged = sorted((t["id"], t["visit"], t["letter"], t["seq"], t["service"]) for t in tickets)
    assert table(server.data, "SELECT id, visit, letter, number, service FROM ticket ORDER BY id") == acknowledged
    logged = [
        (e["ticket"], e["visit"], e["letter"], e["number"], e["service"])
        for _, e in told_by_log(server.data, "TicketIssued")
    ]
    assert logged == acknowledged
    assert len(list(told_by_log(server.data, "VisitOpened"))) == len(plan)
    server.stop()
    server.cherha("verify")


def nobody_is_in_two_places(folder: Path) -> None:
    """Walks the log: a visitor is called or served at one desk at a time, a desk has one visitor at a time."""
    visit_of = {e["ticket"]: e["visit"] for _, e in told_by_log(folder, "TicketIssued")}
    in_hand: dict[int, int] = {}
    at_desk: dict[int, int] = {}
    for kind, event in told_by_log(folder, "TicketCalled", "ServiceFinished"):
        visit, desk = visit_of[event["ticket"]], event["desk"]
        if kind == "TicketCalled":
            assert visit not in in_hand, f"visit {visit} is called to {desk} while at {in_hand[visit]}"
            assert desk not in at_desk
            in_hand[visit], at_desk[desk] = desk, visit
        else:
            assert in_hand.pop(visit) == desk
            del at_desk[desk]


def test_eight_operators_pull_five_hundred_tickets_and_each_is_called_and_served_exactly_once(
    server: Any, people: People, bakhmut: Centre
) -> None:
    kiosk, chance = Wire(server.url, people.kiosk("k1")), random.Random(2)
    in_group = defaultdict(list)
    for service in bakhmut.services:
        in_group[service.group].append(service.number)
    groups, left = cycle(sorted(in_group)), 500
    while left:  # every third visit has two or three services, in groups of different desks
        size = min(left, chance.choice((1, 1, 2, 3)))
        services = [chance.choice(in_group[next(groups)]) for _ in range(size)]
        assert kiosk.post("/visits", body_of(services), new_key()).status_code == 201
        left -= size
    seats = people.operators()

    def operator(desk: int, token: str) -> list[tuple[int, int]]:
        """(ticket, desk) of every press that was answered with a ticket."""
        chance, wires, calls = random.Random(desk), (Wire(server.url, token), Wire(server.url, token)), []
        while True:
            path, key, luck = f"/desks/{desk}/call-next", new_key(), chance.random()
            if luck < 0.3:  # the same press, sent twice in the same moment
                first, second = at_once(wires, path, {}, [key, key])
                assert first.content == second.content
            elif luck < 0.5:  # an impatient second press: it must not call a second visitor
                presses = at_once(wires, path, {}, [key, new_key()])
                # The one that came first may have found nobody yet: a sibling was still at another desk.
                first, second = sorted(presses, key=lambda r: (r.status_code, r.json().get("ticket") is None))
                if second.status_code != 200:
                    assert first.json()["ticket"] is not None
                    assert (second.status_code, second.json()["code"]) == (409, "call_in_hand")
                else:
                    assert second.json()["ticket"] is None
            else:
                first = wires[0].post(path, {}, key)
            assert first.status_code == 200, first.text
            ticket = first.json()["ticket"]
            if ticket is None:
                if first.json()["reason"] == "queue_empty":
                    return calls
                threading.Event().wait(0.01)  # the only ones left are at another desk
                continue
            calls.append((ticket["id"], desk))
            assert wires[0].post(f"/desks/{desk}/start", {}, new_key()).status_code == 200
            finished = at_once(wires, f"/desks/{desk}/finish", {}, [new_key()] * 2 if luck < 0.1 else [new_key()])
            assert {r.status_code for r in finished} == {200}

    calls = [call for desk_calls in race([lambda s=seat: operator(*s) for seat in seats]) for call in desk_calls]

    assert sorted(ticket for ticket, _ in calls) == list(range(1, 501))
    per_desk = Counter(desk for _, desk in calls)
    assert len(per_desk) == 8
    assert min(per_desk.values()) > 10, "a desk that had nothing to do raced nobody"
    for kind in ("TicketCalled", "ServiceStarted", "ServiceFinished"):
        logged = [(e["ticket"], e["desk"]) for _, e in told_by_log(server.data, kind)]
        assert sorted(logged) == sorted(calls), kind
    assert table(server.data, "SELECT state, count(*) FROM ticket GROUP BY state") == [("served", 500)]
    nobody_is_in_two_places(server.data)
    server.stop()
    server.cherha("verify")


@dataclass
class Machine:
    """A kiosk or an operator’s hand that goes on until the line breaks, and remembers what was not answered."""

    token: str
    requests: Iterator[tuple[str, Answer]]
    answered: list[tuple[str, str, bytes]] = field(default_factory=list)  # path, key, answer
    unanswered: tuple[str, Answer, str] | None = None

    def go_on(self, url: str, noted: Callable[[], None]) -> None:
        wire = Wire(url, self.token)
        while True:
            path, body = next(self.requests)
            self.unanswered = (path, body, new_key())
            try:
                response = wire.post(*self.unanswered)
            except httpx.TransportError:
                return
            assert response.status_code < 300, response.text
            self.answered.append((path, self.unanswered[2], response.content))
            self.unanswered = None
            noted()

    def ask_again(self, url: str) -> bool:
        """The request that was not answered, twice with its old key. False when there is none."""
        if self.unanswered is None:
            return False
        path, _, key = self.unanswered
        first, second = at_once([Wire(url, self.token)] * 2, path, self.unanswered[1], [key, key])
        assert first.status_code < 300, first.text
        if "visits" in path or path.endswith("call-next"):  # a desk’s other answers tell the time they were given
            assert first.content == second.content
        self.answered.append((path, key, first.content))
        self.unanswered = None
        return True


def test_a_server_killed_in_the_middle_forgets_nothing_it_acknowledged_and_repeats_nothing(
    server: Any, people: People, bakhmut: Centre
) -> None:
    plan = iter(planned_visits(20_000, bakhmut, seed=3))
    lock = threading.Lock()

    def visits() -> Iterator[tuple[str, Answer]]:
        while True:
            with lock:
                services = next(plan)
            yield "/visits", body_of(services)

    def presses(desk: int) -> Iterator[tuple[str, Answer]]:
        while True:
            for verb in ("call-next", "start", "finish"):
                yield f"/desks/{desk}/{verb}", {}

    before = Wire(server.url, people.kiosk("k0"))
    opened = [
        before.post("/visits", body_of(next(plan)), new_key()) for _ in range(400)
    ]  # so that nobody finds it empty
    kiosks = [Machine(people.kiosk(f"k{n}"), visits()) for n in range(1, 9)]
    operators = [Machine(token, presses(desk)) for desk, token in people.operators(4)]
    cut_short = 0

    for acknowledged_before_kill in (30, 150, 300):
        enough, count = threading.Semaphore(0), acknowledged_before_kill
        with ThreadPoolExecutor(12) as threads:
            going = [threads.submit(machine.go_on, server.url, enough.release) for machine in kiosks + operators]
            for _ in range(count):
                assert enough.acquire(timeout=PATIENCE_S)
            server.kill()
            for job in going:
                job.result(PATIENCE_S)
        server.start()
        acknowledged_is_there(server.data, [r.content for r in opened], kiosks, operators)
        cut_short += sum(machine.ask_again(server.url) for machine in kiosks + operators)

    assert cut_short > 0, "the kill must interrupt somebody"
    issued = acknowledged_is_there(server.data, [r.content for r in opened], kiosks, operators)
    by_letter = numbers_by_letter(issued)
    assert {letter: walk_in_numbers(len(numbers)) for letter, numbers in by_letter.items()} == by_letter
    sent = len(opened) + sum(len(kiosk.answered) for kiosk in kiosks)
    assert len(list(told_by_log(server.data, "VisitOpened"))) == sent, "one key, one visit"
    pressed = sum(path.endswith("call-next") for machine in operators for path, _, _ in machine.answered)
    assert len(list(told_by_log(server.data, "TicketCalled"))) == pressed, "one call for one press"
    nobody_is_in_two_places(server.data)
    server.stop()
    server.cherha("verify")


def acknowledged_is_there(
    folder: Path, opened: Sequence[bytes], kiosks: Sequence[Machine], operators: Sequence[Machine]
) -> list[Answer]:
    """Every ticket and call that somebody was told of is in the log and in the tables; the tickets."""
    answers = [*opened, *(content for kiosk in kiosks for _, _, content in kiosk.answered)]
    tickets = [issued["ticket"] for answer in answers for issued in json.loads(answer)["tickets"]]
    told = {(t["id"], t["visit"], t["letter"], t["seq"]) for t in tickets}
    assert len(told) == len(tickets), "nobody is told of another one’s ticket"
    logged = {(e["ticket"], e["visit"], e["letter"], e["number"]) for _, e in told_by_log(folder, "TicketIssued")}
    assert told <= logged
    assert told <= set(table(folder, "SELECT id, visit, letter, number FROM ticket"))
    called = {
        (json.loads(content)["ticket"]["id"], int(path.split("/")[2]))
        for machine in operators
        for path, _, content in machine.answered
        if path.endswith("call-next")
    }
    assert called <= {(e["ticket"], e["desk"]) for _, e in told_by_log(folder, "TicketCalled")}
    assert called <= set(table(folder, "SELECT ticket, desk FROM call"))
    return tickets
