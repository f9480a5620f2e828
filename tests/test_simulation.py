"""Whole days of the reference hall, played by the product's own rules: bounds, promises, closing, reproducibility."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import fmean, pstdev
from typing import Any

import pytest
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.messages import TicketState
from queue_server.rules import calling
from queue_server.rules import events as ev
from queue_server.simulation import hall as reference
from queue_server.simulation import runs
from queue_server.simulation.arrivals import paces, people
from queue_server.simulation.measures import Tally, percentile
from queue_server.simulation.play import Play
from queue_server.simulation.policies import BEYOND_THE_DAY_MIN, POLICIES, ours
from queue_server.simulation.runs import Scenario, play_days, simulate, simulate_all
from queue_server.simulation.watch import Watch


@pytest.fixture(scope="module")
def busy() -> Tally:
    """Eight days on which as much is asked for as the desks can do."""
    return play_days(Scenario("ours", 1.0, 8, 1), 0, 8)


@pytest.fixture(scope="module")
def overloaded() -> Tally:
    """Four days on which a third more is asked for."""
    return play_days(Scenario("ours", 1.35, 4, 1), 0, 4)


@pytest.fixture(scope="module")
def policies() -> dict[str, dict[str, Any]]:
    """The same two days by each policy."""
    return {policy: simulate(Scenario(policy, 0.9, 2, 1)) for policy in POLICIES}


# --- what the rules promise ---


def test_an_ordinary_visitor_beyond_the_cap_is_passed_over_at_most_five_times(busy: Tally, overloaded: Tally) -> None:
    assert len(busy.overtaken) > 1000
    assert max(busy.waits["W"]) > 60  # or the bound would say nothing
    assert busy.overtaking.most <= 5
    assert overloaded.overtaking.most <= 5


def test_nobody_is_called_to_two_desks_at_once(busy: Tally, overloaded: Tally) -> None:
    assert busy.visits < busy.tickets  # there are visitors with two tickets
    assert busy.two_desks == overloaded.two_desks == 0


def test_whoever_holds_a_ticket_is_received_before_the_day_ends(busy: Tally, overloaded: Tally) -> None:
    assert busy.unserved == overloaded.unserved == 0


def test_the_upper_end_of_the_promised_wait_holds_for_three_quarters_and_more(busy: Tally) -> None:
    figures = busy.figures()
    assert figures["classes"]["W"]["wait_mean_min"] >= 15
    assert 0.75 <= figures["promise_covered"] <= 0.85
    assert figures["promise_covered_shown"] > figures["promise_covered"]


def test_an_overloaded_day_ends_within_twenty_minutes_of_closing(overloaded: Tally) -> None:
    assert overloaded.refused > 100
    assert percentile(overloaded.ends, 0.5) <= 20  # type: ignore[operator]


def test_without_the_capacity_stop_the_same_day_would_end_hours_later() -> None:
    endless = reference.reference_hall(reference.reference_hall().rules.model_copy(update={"capacity_factor": 0}))
    tally = Tally()
    tally.add(Play(endless, ours(endless), people(1, 0, 1.35), paces(1, 0, 1.35)).run())
    assert tally.refused == 0
    assert tally.ends[0] > 90


# --- the watch that measures it ---


def test_the_watch_sees_a_rule_that_forgot_its_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_guards(hall: Any, desk: Any, now: datetime, centre: Any) -> Any:
        rules = centre.rules.model_copy(update={"wait_cap_min": BEYOND_THE_DAY_MIN})
        return next_for(hall, desk, now, centre.model_copy(update={"rules": rules}))

    next_for = calling.next_for
    monkeypatch.setattr(calling, "next_for", without_guards)
    assert play_days(Scenario("ours", 1.35, 2, 1), 0, 2).overtaking.most > 5


def test_the_watch_sees_a_visitor_who_is_called_to_two_desks(monkeypatch: pytest.MonkeyPatch) -> None:
    def whoever_came_first(hall: Any, desk: Any, now: datetime, centre: Any) -> Any:
        waiting = [t for t in hall.tickets.values() if t.state is TicketState.WAITING and t.group in desk.groups]
        return (min(waiting, key=lambda t: t.place), ev.Choice("ordinary")) if waiting else None

    monkeypatch.setattr(calling, "next_for", whoever_came_first)
    assert play_days(Scenario("ours", 0.9, 1, 1), 0, 1).two_desks


@dataclass
class Log:
    """Rows for a watch alone; nine o'clock and so many minutes."""

    watch: Watch = field(default_factory=lambda: Watch(reference.reference_hall()))
    tickets: int = 0

    def row(self, minute: float, event: ev.Event) -> None:
        at = datetime(2026, 3, 16, 9, tzinfo=UTC) + timedelta(minutes=minute)
        self.watch.see(ev.Row(0, at, reference.DAY, "system", event))

    def take(self, minute: float, group: str, *, priority: bool = False, visit: int = 0) -> int:
        self.tickets += 1
        mode: ev.Mode | None = "out_of_turn" if priority else None
        issued = ev.TicketIssued(self.tickets, visit or self.tickets, 1, group, "А", self.tickets, 0, priority=mode)
        self.row(minute, issued)
        return self.tickets

    def serve(self, minute: float, ticket: int, desk: int) -> None:
        self.row(minute, ev.TicketCalled(ticket, desk, ev.Choice("ordinary")))
        end = datetime(2026, 3, 16, 9, tzinfo=UTC) + timedelta(minutes=minute + 0.5)
        self.row(minute + 0.5, ev.ServiceFinished(ticket, desk, "accepted", end))


@pytest.fixture
def log() -> Log:
    log = Log()
    for desk, groups in reference.DESKS.items():
        log.row(0, ev.DeskOpened(desk, desk, groups, ()))
    return log


def test_the_watch_counts_only_while_somebody_has_waited_beyond_the_cap(log: Log) -> None:
    log.take(0, "aid")
    for minute in range(50, 60):
        log.serve(minute, log.take(minute, "aid", priority=True), desk=1)
    assert log.watch.found.most == 0
    for minute in range(61, 65):
        log.serve(minute, log.take(minute, "aid", priority=True), desk=1)
    assert (log.watch.found.group, log.watch.found.desk, log.watch.found.oldest) == (4, 4, 4)


def test_the_watch_tells_the_run_of_a_queue_from_the_run_of_a_desk(log: Log) -> None:
    log.take(0, "aid")
    for minute, desk in ((61, 1), (62, 2), (63, 5)):
        log.serve(minute, log.take(minute, "aid", priority=True), desk)
    assert (log.watch.found.group, log.watch.found.desk, log.watch.found.oldest) == (3, 1, 1)


def test_the_watch_counts_ordinary_calls_past_the_oldest_at_a_desk(log: Log) -> None:
    log.take(0, "aid")
    for minute in range(61, 67):
        log.serve(minute, log.take(minute, "documents"), desk=5)
    assert (log.watch.found.group, log.watch.found.desk, log.watch.found.oldest) == (0, 0, 6)


def test_the_watch_does_not_count_past_somebody_who_is_at_a_desk(log: Log) -> None:
    log.take(0, "documents", visit=99)
    at_desk = log.take(0, "aid", visit=99)
    log.row(61, ev.TicketCalled(at_desk, 1, ev.Choice("ordinary")))
    for minute in range(62, 70):
        log.serve(minute, log.take(minute, "documents", priority=True), desk=3)
    assert log.watch.found.most == 0


def test_the_watch_sees_two_tickets_of_one_visit_at_desks(log: Log) -> None:
    one, other = log.take(0, "aid", visit=99), log.take(0, "documents", visit=99)
    log.row(1, ev.TicketCalled(one, 1, ev.Choice("ordinary")))
    assert log.watch.two_desks == 0
    log.row(2, ev.TicketCalled(other, 3, ev.Choice("ordinary")))
    assert log.watch.two_desks == 1


# --- the people ---


def test_the_visitors_of_a_day_are_those_that_the_reference_hall_describes() -> None:
    load, days = 0.9, 60
    everybody = [person for day in range(days) for person in people(7, day, load)]
    booked = [person for person in everybody if person.slot is not None]
    comers = [person for person in everybody if person.at is not None]
    stayers = [person for person in comers if not person.leaves]
    work = sum(minutes for person in stayers for _, minutes in person.services)
    assert work / (days * len(reference.DESKS) * reference.OPEN_MIN) == pytest.approx(load, rel=0.03)
    assert sum(p.services[0][1] for p in booked) / work == pytest.approx(0.25, abs=0.02)
    assert fmean(person.at is None for person in booked) == pytest.approx(0.12, abs=0.02)
    early = [person.slot - person.at for person in booked if person.slot and person.at]
    assert fmean(early) == pytest.approx(8, abs=0.5)
    assert pstdev(early) == pytest.approx(7, abs=0.5)
    assert fmean(len(person.services) == 2 for person in comers) == pytest.approx(0.15, abs=0.01)
    assert fmean(person.priority for person in comers) == pytest.approx(0.15, abs=0.01)
    walk_ins = [person for person in comers if person.slot is None]
    assert fmean(person.leaves for person in walk_ins) == pytest.approx(0.05, abs=0.01)
    for kind in reference.KINDS:
        lengths = [minutes for p in comers for service, minutes in p.services if service == kind.service]
        assert fmean(lengths) == pytest.approx(kind.mean_min, rel=0.03)
        assert pstdev(lengths) / fmean(lengths) == pytest.approx(0.7, abs=0.04)
    hours = [sum(8 + hour == int((p.at or 0) // 60) for p in walk_ins) / len(walk_ins) for hour in range(9)]
    told = [weight / sum(reference.HOUR_WEIGHTS) for weight in reference.HOUR_WEIGHTS]
    assert hours == [pytest.approx(share, abs=0.02) for share in told]


def test_no_time_is_booked_oftener_than_half_of_the_desks_can_receive() -> None:
    slots = [(p.services[0][0], p.slot) for p in people(1, 0, 2.0) if p.slot is not None]
    assert len(slots) == len(set(slots))
    assert all(slot % 15 == 0 for _, slot in slots)


# --- one seed, one truth ---


def test_the_same_seed_gives_the_same_days_however_they_are_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario("ours", 0.9, 2, 5)
    once = simulate(scenario)
    monkeypatch.setattr(runs, "CHUNK_DAYS", 1)
    assert next(simulate_all([scenario], workers=2)) == once
    assert simulate(Scenario("ours", 0.9, 2, 6)) != once


def test_every_policy_meets_the_same_visitors(policies: dict[str, dict[str, Any]]) -> None:
    assert len({found["visitors"] for found in policies.values()}) == 1
    assert len({found["classes"]["A"]["n"] for found in policies.values()}) == 1


def test_by_arrival_alone_the_booked_wait_and_the_ordinary_are_hardly_overtaken(
    policies: dict[str, dict[str, Any]],
) -> None:
    mine, fifo = policies["ours"], policies["fifo"]
    assert mine["appointment_delay_p90_min"] < 10 < fifo["appointment_delay_p90_min"]
    assert fifo["overtaken_p90"] < mine["overtaken_p90"]
    assert fifo["classes"]["W"]["wait_mean_min"] < mine["classes"]["W"]["wait_mean_min"]
    assert fifo["classes"]["P"]["wait_mean_min"] > mine["classes"]["P"]["wait_mean_min"]


def test_percentiles_are_the_nearest_rank() -> None:
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile(list(range(1, 11)), 0.9) == 9
    assert percentile([], 0.9) is None


# --- the command ---


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["simulate", *words], env={"COLUMNS": "100", "CHERHA_LANGUAGE": "uk"})
    return found.exit_code, found.stdout


def test_the_command_prints_one_line_of_json_for_each_load_and_policy() -> None:
    code, out = run("--days", "1", "--load", "0.5", "--seed", "3", "--policy", "all", "--json", "--workers", "1")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(one["policy"], one["load"], one["days"], one["seed"]) for one in found] == [
        (policy, 0.5, 1, 3) for policy in POLICIES
    ]
    for one in found:
        assert {
            *("overtaking_max", "overtaking", "overtaken_p90", "two_desks", "promise_covered", "promises"),
            *("promise_width_median_min", "end_after_close_median_min", "end_after_close_p90_min"),
            *("appointment_delay_p90_min", "refused", "visits", "tickets", "estimators", "classes"),
        } <= one.keys()
        assert set(one["overtaking"]) == {"a", "b", "c"}
        assert set(one["estimators"]) == {"by_queue", "by_pace", "both", "last_served"}
        assert all({"mae_min", "bias_min"} <= each.keys() for each in one["estimators"].values())
        assert set(one["classes"]) == {"W", "A", "P"}
        for each in one["classes"].values():
            assert {"n", "wait_mean_min", "wait_median_min", "wait_p90_min"} <= each.keys()


def test_without_json_the_command_draws_a_table() -> None:
    code, out = run("--days", "1", "--load", "0.5", "--policy", "ours", "--workers", "1")
    assert code == 0
    assert "навантаження 50%" in out
    assert "наш порядок" in out
    assert "Викликано на два місця" in out


@pytest.mark.parametrize("words", [("--policy", "nobody"), ("--load", "0"), ("--days", "0")])
def test_what_cannot_be_simulated_is_refused(words: tuple[str, str]) -> None:
    assert run(*words)[0] == 2
