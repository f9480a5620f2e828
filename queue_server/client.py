"""The server as its clients see it: ask, tell, follow. Knows HTTP and the messages, never the rules.

Errors tell the caller what to do: ``Refused`` (say why), ``Unknown`` (no such thing), ``OutOfReach`` (show, try again).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
import stamina
from httpx_sse import ServerSentEvent, SSEError, connect_sse
from pydantic import BaseModel, ValidationError

from queue_server import messages as m

API = "/api/v1"
M = TypeVar("M", bound=BaseModel)


class Refused(Exception):
    """The server understood and said no; ``problem.detail`` is for the person, ``problem.code`` for the program."""

    def __init__(self, problem: m.Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class Unknown(Refused):
    """No such visit, ticket, service or desk."""


class OutOfReach(Exception):
    """The server did not answer, or answered that it cannot now. Nothing is known to have happened."""


def new_key() -> str:
    """An idempotency key: send the same one again when the answer did not arrive."""
    return uuid.uuid4().hex


class QueueClient:
    """One device's or one person's way to the server. Calls block; use a thread beside a window."""

    def __init__(
        self,
        url: str,
        token: str = "",
        *,
        language: str = "uk",
        timeout_s: float = 5.0,
        attempts: int = 3,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.language = language
        self._attempts = attempts
        self._http = httpx.Client(base_url=url, timeout=timeout_s, transport=transport, trust_env=False)
        self.sign_with(token)

    def sign_with(self, token: str) -> None:
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    # --- the two verbs ---

    def ask(self, path: str, answer: type[M], **params: Any) -> M:
        return self._send("GET", path, answer, params=params)

    def tell(self, path: str, answer: type[M], body: BaseModel | None = None, *, key: str | None = None) -> M:
        """A command. Retried with the same key, so that it happens once however often it is sent."""
        headers = {"Idempotency-Key": key or new_key()}
        content = body.model_dump_json() if body is not None else "{}"
        headers["Content-Type"] = "application/json"
        return self._send("POST", path, answer, headers=headers, content=content)

    def _send(self, method: str, path: str, answer: type[M], **request: Any) -> M:
        request["headers"] = {"Accept-Language": self.language, **request.get("headers", {})}
        try:
            for attempt in stamina.retry_context(
                on=_worth_retrying, attempts=self._attempts, wait_initial=0.1, wait_max=1.0, timeout=None
            ):
                with attempt:
                    response = self._http.request(method, API + path, **request)
                    if response.status_code >= 500:
                        raise OutOfReach(f"the server answered {response.status_code}")
        except (httpx.TransportError, OutOfReach) as error:
            raise OutOfReach(str(error)) from error
        if response.is_success:
            try:
                return answer.model_validate_json(response.content, extra="ignore")  # a newer server may say more
            except ValidationError as error:  # a newer or another server: not something a visitor can mend
                raise OutOfReach(f"an answer of another shape from {path}") from error
        raise _refusal(response)

    # --- the order of calls ---

    def explain(self, ticket: int) -> m.Explanation:
        """Why this number was called, or why not yet; for staff."""
        return self.ask(f"/tickets/{ticket}/explain", m.Explanation)

    def explain_mine(self, secret: str) -> m.MyExplanation:
        return self.ask(f"/my/{secret}/explain", m.MyExplanation)

    def calls(self, number: str = "", *, before: int | None = None, limit: int = 500) -> m.CallOrder:
        """Today's calls, newest first; ``number``: of «А 17», or of the whole queue of a letter."""
        asked = {"number": number, "limit": limit, **({"before": before} if before is not None else {})}
        return self.ask("/calls", m.CallOrder, **asked)

    # --- everybody ---

    def centre(self) -> m.CentreView:
        return self.ask("/centre", m.CentreView)

    def board(self) -> m.BoardView:
        return self.ask("/board", m.BoardView)

    def estimate(self, service: int) -> m.EstimateView:
        return self.ask("/estimate", m.EstimateView, service=service)

    def my_ticket(self, secret: str) -> m.MyTicket:
        return self.ask(f"/my/{secret}", m.MyTicket)

    def follow(
        self, after: int, *, staff: bool = False, read_timeout_s: float = 40.0
    ) -> Iterator[m.Frame | m.Heartbeat | None]:
        """Frames after row ``after``, for ever. Yields None when told ``reset``: read the snapshot and follow anew.

        Raises OutOfReach when the line breaks; the caller shows that and follows again after its last frame.
        """
        frame_type = m.StaffFrame if staff else m.Frame
        path = API + ("/staff/events" if staff else "/events")
        timeout = httpx.Timeout(5.0, read=read_timeout_s)
        try:
            with connect_sse(self._http, "GET", path, headers={"Last-Event-ID": str(after)}, timeout=timeout) as source:
                if source.response.status_code != 200:
                    source.response.read()
                    raise _refusal(source.response)
                for event in source.iter_sse():
                    yield _frame(event, frame_type)
        except (httpx.TransportError, SSEError) as error:
            raise OutOfReach(str(error)) from error
        raise OutOfReach("the server ended the stream")

    # --- kiosk ---

    def open_visit(self, visit: m.NewVisit, key: str) -> m.VisitView:
        return self.tell("/visits", m.VisitView, visit, key=key)

    def add_ticket(self, visit: int, ticket: m.NewTicket, key: str) -> m.IssuedTicket:
        return self.tell(f"/visits/{visit}/tickets", m.IssuedTicket, ticket, key=key)

    # --- appointments ---

    def slots(self, service: int, *, since: date | None = None, days: int = 7) -> m.SlotsView:
        asked: dict[str, str | int] = {"service": service, "days": days}
        if since is not None:
            asked["since"] = since.isoformat()
        return self.ask("/slots", m.SlotsView, **asked)

    def hold_slot(self, hold: m.HoldSlot) -> m.SlotHeld:
        return self.tell("/slot-holds", m.SlotHeld, hold)

    def book(self, appointment: m.NewAppointment, key: str) -> m.BookedAppointment:
        return self.tell("/appointments", m.BookedAppointment, appointment, key=key)

    def appointment(self, code: str) -> m.BookedAppointment:
        """By the six figures (kiosk, reception) or by the holder's own secret."""
        return self.ask(f"/appointments/{code}", m.BookedAppointment)

    def check_in(self, code: str, key: str) -> m.CheckedIn:
        return self.tell("/check-ins", m.CheckedIn, m.CheckIn(code=code), key=key)

    def report_print(self, report: m.PrintReport) -> m.Accepted:
        return self.tell("/print-reports", m.Accepted, report)

    # --- board ---

    def report_announcement(self, report: m.AnnouncementReport) -> m.Accepted:
        return self.tell("/announcements", m.Accepted, report, key=f"announcement-{report.call}")

    def machine_settings(self) -> m.MachineSettings:
        """What the centre file says of kiosks and walls."""
        return self.ask("/devices/me", m.MachineSettings)

    def report_status(self, status: m.DeviceStatus) -> m.Accepted:
        return self.tell("/devices/me/status", m.Accepted, status)

    # --- administrator ---

    def save_user(self, user: m.UserToSave) -> m.UserView:
        return self.tell("/users", m.UserView, user)

    def set_pin(self, login: str, pin: str) -> m.UserView:
        return self.tell(f"/users/{login}/pin", m.UserView, m.NewPin(pin=pin))

    def add_device(self, device: m.NewDevice) -> m.DeviceToken:
        return self.tell("/devices", m.DeviceToken, device)

    # --- staff ---

    def sign_in(self, login: str, pin: str) -> m.Session:
        session = self.tell("/sign-in", m.Session, m.SignIn(login=login, pin=pin))
        self.sign_with(session.token)
        return session

    def desk(self, number: int) -> m.DeskView:
        return self.ask(f"/desks/{number}", m.DeskView)

    def desk_command(self, number: int, verb: str, body: BaseModel | None = None, key: str | None = None) -> m.DeskView:
        """``open close pause resume recall start finish no-show withdraw transfer``: the desk afterwards."""
        return self.tell(f"/desks/{number}/{verb}", m.DeskView, body, key=key)

    def call_next(self, number: int, key: str | None = None) -> m.CallAnswer:
        return self.tell(f"/desks/{number}/call-next", m.CallAnswer, key=key)

    def cancel(self, ticket: int, reason: str, key: str | None = None) -> m.TicketView:
        return self.tell(f"/tickets/{ticket}/cancel", m.TicketView, m.Reason(reason=reason), key=key)

    def reinstate(self, ticket: int, key: str | None = None) -> m.TicketView:
        return self.tell(f"/tickets/{ticket}/reinstate", m.TicketView, key=key)


def _worth_retrying(error: Exception) -> bool:
    return isinstance(error, httpx.TransportError | OutOfReach)


def _refusal(response: httpx.Response) -> Exception:
    try:
        problem = m.Problem.model_validate_json(response.content)
    except ValidationError:
        return OutOfReach(f"an answer that is not ours: {response.status_code}")
    return (Unknown if problem.status == 404 else Refused)(problem)


def _frame(event: ServerSentEvent, frame_type: type[m.Frame]) -> m.Frame | m.Heartbeat | None:
    match event.event:
        case "reset":
            return None
        case "heartbeat":
            return m.Heartbeat.model_validate_json(event.data)
        case _:
            return frame_type.model_validate_json(event.data, extra="ignore")
