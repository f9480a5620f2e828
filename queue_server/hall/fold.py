"""The fold: what each row of the log changes in the hall. Nothing else changes it, and nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.settings import PAPER_RESERVE_LETTER
from queue_server.hall.bookings import GONE
from queue_server.hall.paces import Paces
from queue_server.hall.places import Places
from queue_server.messages import AppointmentState, TicketState
from queue_server.records import (
    Appointment,
    Day,
    DeskSession,
    Machine,
    PaperTicket,
    ProviderDay,
    ProviderState,
    Suspension,
    Ticket,
    Visit,
)
from queue_server.rules import events as ev
from queue_server.rules.moves import IN_HAND


@dataclass(slots=True)
class Hall(Places):
    """The hall of one centre on one day. Only ``apply`` changes it."""

    def apply(self, row: ev.Row) -> None:
        """Folds one row. The order of rows is the log's; the row's time is the only clock."""
        self.seq = row.seq
        event, at = row.event, row.at
        if self.walking:
            self._let_arrive(at)
        match event:
            case ev.DayOpened():
                self._open_day(event, at)
            case ev.DayClosed():
                assert self.day is not None
                self.day.closed_at = at
                self._touch(self.day)
            case ev.SettingsChanged():
                self.fingerprint = event.fingerprint
            case ev.ReceptionOpened() | ev.TicketingStopped() | ev.TicketingResumed():
                self._provider_moves(event, at)
            case ev.ReceptionEnding() | ev.ReceptionClosed():
                self._provider_moves(event, at)
            case ev.ReceptionSuspended():
                assert self.day is not None
                suspension = Suspension(row.seq, self.day.day, event.kind, at)
                self.suspensions.append(suspension)
                for queue in self.queues.values():
                    queue.busy_since = None
                self._touch(suspension)
            case ev.ReceptionRestored():
                self._restore(event, at)
            case ev.DeskOpened() | ev.DeskClosed() | ev.DeskPaused() | ev.DeskResumed():
                self._desk_moves(row, event)
            case ev.VisitOpened():
                assert self.day is not None
                visit = Visit(event.visit, self.day.day, at, event.channel, event.language, event.patience)
                self.visits[visit.id] = visit
                self.last_visit = max(self.last_visit, visit.id)
                self._touch(visit)
            case ev.CallAnnounced():
                # Several walls may speak: a call that one of them has said is said.
                if (call := self.calls.get(event.call)) and call.announced != "done":
                    call.announced = event.fate
                    self._touch(call)
            case ev.SlipReported():
                self.slips[event.ticket] = event.outcome
            case ev.DeviceReported():
                self.machines[event.device] = Machine(event.ok, event.trouble, at)
            case ev.AccountChanged():
                pass
            case ev.TicketRefused():
                self.full.add(event.group)
            case ev.PaperTicketKept():
                self.paper.add((event.day, event.number))
                self._touch(PaperTicket(row.seq, event.day, event.service, event.group, event.number, event.at))
            case ev.SlotHeld():
                self.bookings.hold(event.group, event.slot, event.form, event.until)
            case ev.AppointmentBooked():
                self._book(event)
            case ev.AppointmentMoved():
                self._free(event.appointment, AppointmentState.MOVED)
            case ev.AppointmentCancelled():
                by_centre = event.by == "centre"
                gone = AppointmentState.CANCELLED_BY_CENTRE if by_centre else AppointmentState.CANCELLED_BY_VISITOR
                self._free(event.appointment, gone)
            case ev.TicketIssued():
                self._issue(row, event)
            case ev.TicketExpected():
                self._expect(row, event)
            case _:
                ticket = self.tickets[event.ticket]
                self._move(row, event, ticket)
                ticket.last = row
                if (desk := getattr(event, "desk", None)) in self.desks:
                    self.desks[desk].last, self.desks[desk].last_ticket = row.seq, ticket.id
                self._touch(ticket)
                self._touch(ticket.leg)
                self._tell_appointment(ticket)

    def _book(self, event: ev.AppointmentBooked) -> None:
        self.bookings.let_go(event.form)
        appointment = Appointment(
            id=event.appointment,
            day=event.day,
            service=event.service,
            group=event.group,
            letter=event.letter,
            number=event.number,
            slot=event.slot,
            end=event.end,
            channel=event.channel,
            language=event.language,
            instead_of=event.instead_of,
        )
        self.bookings.take(appointment)
        self._touch(appointment)

    def _free(self, number: int, state: AppointmentState) -> None:
        appointment = self.bookings.appointments[number]
        self.bookings.free(appointment, state)
        self._touch(appointment)

    def _tell_appointment(self, ticket: Ticket) -> None:
        """How far the visit came that was agreed."""
        appointment = self.bookings.appointments.get(ticket.appointment or 0)
        if appointment is None or appointment.state in GONE:
            return
        match ticket.state:
            case TicketState.WAITING | TicketState.CALLED | TicketState.ON_HOLD:
                late = ticket.kind == "walk_in"
                appointment.state = AppointmentState.LATE if late else AppointmentState.CHECKED_IN
            case TicketState.SERVING:
                appointment.state = AppointmentState.IN_SERVICE
            case TicketState.SERVED:
                appointment.state = AppointmentState.SERVED
            case TicketState.NO_SHOW | TicketState.EXPIRED:
                appointment.state = AppointmentState.NO_SHOW
            case TicketState.EXPECTED:
                appointment.state = AppointmentState.BOOKED
            case TicketState.CANCELLED:
                pass  # the appointment's own row says by whom
        self._touch(appointment)

    def _move(self, row: ev.Row, event: ev.Event, ticket: Ticket) -> None:
        at = row.at
        match event:
            case ev.TicketCalled():
                self._call(row, event, ticket)
            case ev.TicketRecalled():
                self._note_call(row, ticket, event.desk, "ordinary")
            case ev.CallWithdrawn():
                self._end_call(ticket, "withdrawn")
                self._leave_desk(ticket, at)
                self._take_up(ticket)
            case ev.ServiceStarted():
                self._end_call(ticket, "arrived")
                self.desks[event.desk].since = at
                ticket.state = TicketState.SERVING
                ticket.started_at = ticket.leg.started_at = at
                ticket.leg.answered_call_at = ticket.called_at
            case ev.ServiceFinished():
                session = self.desks[event.desk]
                session.served += 1
                self.served[session.user] = self.served.get(session.user, 0) + 1
                assert ticket.started_at is not None
                spent = at - ticket.started_at - self.suspended_for(ticket.started_at, at)
                self.paces.note(ticket.service, spent.total_seconds())
                visit = self.visits[ticket.visit]
                ticket.before_end = visit.free_from, visit.left_by
                self._leave_desk(ticket, at, event.siblings_from)
                self._end(ticket, TicketState.SERVED, event.outcome, at)
                ticket.desk = event.desk
            case ev.ServiceReopened():
                self._reopen(ticket, event.desk, at)
            case ev.TicketTakenAlong():
                self._take_along(row, event, ticket)
            case ev.TicketMissed():
                self._miss(ticket, event, at)
            case ev.TicketReinstated():
                self.queue(ticket.group).missed.remove(ticket.id)
                ticket.returns += 1
                ticket.not_before_calls = event.after_calls
                self._to_waiting(ticket)
            case ev.TicketCheckedIn():
                self._check_in(event, ticket, at)
            case ev.TicketTransferred():
                self._leave_desk(ticket, at, event.siblings_from)
                self._end_leg(ticket, "transferred", at)
                ticket.service, ticket.group = event.service, event.group
                self._pin(ticket, event.pinned)
                self._begin_leg(ticket, at)
                self._to_waiting(ticket)
            case ev.TicketHeld():
                self._leave_desk(ticket, at, event.siblings_from)
                self._end_leg(ticket, "held", at)
                self._pin(ticket, event.desk)
                ticket.held = True
                self._put_on_hold(ticket, event.until)
            case ev.TicketSnoozed():
                self._forget_place(ticket)
                ticket.snoozes += 1
                self._put_on_hold(ticket, event.until)
            case ev.TicketReturned():
                self._forget_place(ticket)
                if event.how == "time":
                    self._pin(ticket, None)
                ticket.held, ticket.returned = False, event.how == "came"
                self._begin_leg(ticket, at)
                self._to_waiting(ticket)
            case ev.TicketResumed():
                self._forget_place(ticket)
                self._to_waiting(ticket)
            case ev.TicketReleased():
                self._release(ticket, at)
            case ev.ClaimMade():
                self._change_line(ticket, lambda: self._claim(ticket, event))
            case ev.ClaimVerified():
                ticket.claim = "verified"
            case ev.ClaimRejected():
                self._reject(ticket, event, at)
            case ev.MoveUndone():
                self._undo(ticket, event, at)
            case ev.TicketCancelled():
                ticket.before_cancel = ticket.state
                self._forget_place(ticket)
                self._end(ticket, TicketState.CANCELLED, "cancelled", at)
            case ev.TicketExpired():
                self._forget_place(ticket)
                self._end(ticket, TicketState.EXPIRED, "expired", at)

    def _open_day(self, event: ev.DayOpened, at: datetime) -> None:
        self.day = Day(event.day, at)
        self._touch(self.day)
        self.paces = Paces({pace.service: pace for pace in event.paces})
        of_the_day = (
            *(self.tickets, self.visits, self.calls, self.queues, self.desks, self.last_number, self.numbers),
            *(self.slips, self.desk_runs, self.served, self.pins, self.providers, self.suspensions, self.full),
            *(self.timers, self.expected, self.walking),
        )
        self.bookings.forget_before(event.day)
        for things in of_the_day:
            things.clear()  # dicts, lists and sets alike

    def _provider_moves(
        self,
        event: ev.ReceptionOpened | ev.TicketingStopped | ev.TicketingResumed | ev.ReceptionEnding | ev.ReceptionClosed,
        at: datetime,
    ) -> None:
        assert self.day is not None
        provider = self.providers.setdefault(event.provider, ProviderDay(self.day.day, event.provider))
        match event:
            case ev.ReceptionOpened():
                provider.state, provider.opened_at = ProviderState.OPEN, at
            case ev.TicketingStopped():
                provider.state, provider.stopped_at = ProviderState.TICKETING_STOPPED, at
                provider.stopped_by = event.why
            case ev.TicketingResumed():
                provider.state, provider.stopped_at = ProviderState.OPEN, None
                provider.stopped_by = ""
            case ev.ReceptionEnding():
                provider.state = ProviderState.CLOSING
            case ev.ReceptionClosed():
                provider.state, provider.closed_at = ProviderState.CLOSED, at
        self._touch(provider)

    def _restore(self, event: ev.ReceptionRestored, at: datetime) -> None:
        suspension = self.suspensions[-1]
        suspension.until = at
        suspension.calls_from, suspension.patient_until = event.calls_from, event.patient_until
        self._touch(suspension)
        lasted = at - suspension.since
        timers = list(self.timers)
        self.timers.clear()
        for until, number in timers:  # nobody who was in the shelter is late with the copies
            ticket = self.tickets[number]
            ticket.hold_until = until + lasted
            self.timers.add((ticket.hold_until, number))
            self._touch(ticket)

    def _desk_moves(self, row: ev.Row, event: ev.DeskOpened | ev.DeskClosed | ev.DeskPaused | ev.DeskResumed) -> None:
        match event:
            case ev.DeskOpened():
                session = DeskSession(row.seq, event.desk, event.user, event.primary, event.secondary, row.at, row.at)
                # Who was passed over at this desk does not wait anew because the operator changes.
                session.run = self.desk_runs.get(event.desk, 0)
                self.desks[event.desk] = session
            case ev.DeskClosed():
                session = self.desks.pop(event.desk)
                session.closed_at = row.at
                self.desk_runs[event.desk] = session.run
                self._drop_pins(event.desk)
            case ev.DeskPaused() | ev.DeskResumed():
                session = self.desks[event.desk]
                session.paused = event.reason if isinstance(event, ev.DeskPaused) else None
                session.since = row.at
        session.last = row.seq
        self._touch(session)

    def _issue(self, row: ev.Row, event: ev.TicketIssued) -> None:
        ticket = self._new_ticket(event, row)
        ticket.ahead, ticket.promise, ticket.entered_late = event.ahead, event.promise, event.entered_late
        ticket.priority, ticket.claim = event.priority, "claimed" if event.priority else "none"
        ticket.queue_key = event.key or row.at
        ticket.kind = event.kind
        if event.letter != PAPER_RESERVE_LETTER and event.kind == "walk_in":
            # Appointments have a range of their own; a number that is entered late may be a higher one than the last.
            self.last_number[event.letter] = max(event.number, self.last_number.get(event.letter, 0))
        if not event.override:
            self.full.discard(event.group)
        self._begin_leg(ticket, row.at)
        self._to_waiting(ticket)
        self._touch(ticket)

    def _expect(self, row: ev.Row, event: ev.TicketExpected) -> None:
        ticket = self._new_ticket(event, row)
        ticket.kind, ticket.slot = "appointment", event.slot
        ticket.queue_key, ticket.state = event.slot, TicketState.EXPECTED
        if event.appointment is not None:
            ticket.appointment = event.appointment
            appointment = self.bookings.appointments[event.appointment]
            self.bookings.become_ticket(appointment, ticket.id)
            self._touch(appointment)
        self._begin_leg(ticket, event.slot)
        self._await(ticket)
        self._touch(ticket)

    def _new_ticket(self, event: ev.TicketIssued | ev.TicketExpected, row: ev.Row) -> Ticket:
        assert self.day is not None
        visit = self.visits[event.visit]
        ticket = Ticket(
            id=event.ticket,
            visit=event.visit,
            day=self.day.day,
            service=event.service,
            group=event.group,
            letter=event.letter,
            number=event.number,
            kind="walk_in",
            priority=None,
            issued_at=row.at,
            queue_key=row.at,
            ahead=0,
            language=visit.language,
            last=row,
        )
        self.tickets[ticket.id] = ticket
        self.numbers[event.letter, event.number] = ticket.id
        self.last_ticket = max(self.last_ticket, ticket.id)
        visit.tickets.append(ticket.id)
        return ticket

    def _check_in(self, event: ev.TicketCheckedIn, ticket: Ticket, at: datetime) -> None:
        self._forget_place(ticket)
        if event.late:
            ticket.kind, ticket.queue_key = "walk_in", at
        ticket.leg.queued_at = max(ticket.queue_key, at)
        self._to_waiting(ticket)

    def _call(self, row: ev.Row, event: ev.TicketCalled, ticket: Ticket) -> None:
        queue, session = self.queue(ticket.group), self.desks[event.desk]
        ticket.implicit = ticket.state is TicketState.EXPECTED
        ordinary, busy_since = ticket.line == "W", queue.busy_since
        self._forget_place(ticket)
        if ticket.implicit:
            ticket.leg.queued_at = row.at
        ticket.not_before_calls = 0
        for other in list(queue.held_back):
            held = self.tickets[other]
            held.not_before_calls -= 1
            self._touch(held)
            if not held.not_before_calls:
                queue.held_back.discard(other)
                self._stand(held)
        if ordinary:
            queue.note_ordinary_call(row.at, busy_since)
        queue.run_appointments = event.choice.run_appointments
        queue.run_priority = event.choice.run_priority
        session.run = event.choice.run_desk
        self._occupy(ticket, session, row.at)
        ticket.state = TicketState.CALLED
        ticket.first_called_at = row.at
        ticket.leg.first_called_at = ticket.leg.first_called_at or row.at
        ticket.leg.desk, ticket.leg.user = event.desk, session.user
        self._note_call(row, ticket, event.desk, event.choice.tier)

    def _miss(self, ticket: Ticket, event: ev.TicketMissed, at: datetime) -> None:
        if event.desk is None:
            self._forget_place(ticket)
        else:
            self._end_call(ticket, "no_answer")
            self._leave_desk(ticket, at)
        ticket.state = TicketState.NO_SHOW
        ticket.before_miss = ticket.returned, ticket.missed_at
        ticket.missed_at = at
        ticket.returned = False
        self.queue(ticket.group).missed.append(ticket.id)

    def _reopen(self, ticket: Ticket, desk: int, at: datetime) -> None:
        session = self.desks[desk]
        if ticket.leg.user is not None:
            self.served[ticket.leg.user] -= 1
        if ticket.leg.user == session.user and ticket.ended_at and ticket.ended_at >= session.opened_at:
            session.served -= 1
        ticket.leg.desk, ticket.leg.user = desk, session.user  # whoever ends it answers for it
        assert ticket.started_at is not None
        assert ticket.ended_at is not None
        spent = ticket.ended_at - ticket.started_at - self.suspended_for(ticket.started_at, ticket.ended_at)
        self.paces.take_back(ticket.service, spent.total_seconds())
        self._revive(ticket)
        ticket.state = TicketState.SERVING
        visit = self.visits[ticket.visit]
        visit.free_from, visit.left_by = ticket.before_end
        self._occupy(ticket, session, at)

    def _release(self, ticket: Ticket, at: datetime) -> None:
        interrupted = ticket.state is TicketState.SERVING
        if not interrupted:
            self._end_call(ticket, "withdrawn")
        self._leave_desk(ticket, at)
        if not interrupted:
            self._take_up(ticket)
            return
        self._end_leg(ticket, "interrupted", at)
        self._pin(ticket, None)
        ticket.returned = True
        self._begin_leg(ticket, at)
        self._to_waiting(ticket)

    def _take_along(self, row: ev.Row, event: ev.TicketTakenAlong, ticket: Ticket) -> None:
        assert ticket.desk is not None
        left, session = self.desks[ticket.desk], self.desks[event.desk]
        session.ticket, session.since = ticket.id, left.since
        left.ticket = None
        ticket.desk = ticket.leg.desk = event.desk
        if ticket.state is TicketState.CALLED:  # the visitor is on the way, and must hear where to now
            self._note_call(row, ticket, event.desk, "ordinary")

    def _claim(self, ticket: Ticket, event: ev.ClaimMade) -> None:
        ticket.priority, ticket.claim = event.priority, "claimed"

    def _reject(self, ticket: Ticket, event: ev.ClaimRejected, at: datetime) -> None:
        self.visits[ticket.visit].may_claim = False

        def reject() -> None:
            ticket.claim = "rejected"

        if ticket.state not in IN_HAND:
            self._change_line(ticket, reject)
            return
        served = ticket.state is TicketState.SERVING
        if not served:
            self._end_call(ticket, "withdrawn")
        self._leave_desk(ticket, at, event.siblings_from)
        reject()
        ticket.returned = False
        if served:
            self._end_leg(ticket, "claim_rejected", at)
            self._begin_leg(ticket, at)
        self._to_waiting(ticket)

    def _undo(self, ticket: Ticket, event: ev.MoveUndone, at: datetime) -> None:
        match event.verb:
            case "start":
                assert event.desk is not None
                self._end_call(ticket, None)
                self.desks[event.desk].since = at
                ticket.state = TicketState.CALLED
                ticket.started_at = ticket.leg.started_at = ticket.leg.answered_call_at = None
            case "no-show":
                assert event.desk is not None
                self.queue(ticket.group).missed.remove(ticket.id)
                self._end_call(ticket, None)
                ticket.state = TicketState.CALLED
                ticket.returned, ticket.missed_at = ticket.before_miss
                self._occupy(ticket, self.desks[event.desk], at)
            case "finish":
                assert event.desk is not None
                self._reopen(ticket, event.desk, at)
            case "cancel":
                self._revive(ticket)
                self._resume_where_cancelled(ticket)

    def _resume_where_cancelled(self, ticket: Ticket) -> None:
        match ticket.before_cancel:
            case TicketState.EXPECTED:
                self._await(ticket)
            case TicketState.ON_HOLD:
                assert ticket.hold_until is not None
                self._put_on_hold(ticket, ticket.hold_until)
            case TicketState.NO_SHOW:
                ticket.state = TicketState.NO_SHOW
                self.queue(ticket.group).missed.append(ticket.id)
            case _:
                self._to_waiting(ticket)
