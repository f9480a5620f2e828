"""The one place where the server is put together: doors, pages, protections, and the process that serves them."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from datetime import timedelta
from typing import Any

import gevent
from flask import Flask, Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_openapi3 import Info, OpenAPI
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from gevent.pywsgi import WSGIServer

from config.words import words_in
from operator_console.blueprint import ConsolePages, ConsoleRefused, SignedIn, create_console
from operator_console.booking import create_booking_pages
from operator_console.order import create_order_pages
from operator_console.texts import asked_language as page_language
from operator_console.visitor import create_visitor_pages
from queue_server import views
from queue_server.accounts import LockedOut, SignInFailed, User
from queue_server.api import appointments, desks, hall, order, people, reception, reports_back, visits, web_booking
from queue_server.api.door import COOKIE, broken_message, presented_token, problem, programs_token, say_no
from queue_server.api.hoarding import Hoarding
from queue_server.client import API
from queue_server.ledger import StorageTrouble
from queue_server.rules.refusal import Unknown
from queue_server.site import Site, dumped

BODY_MAX = 64 * 1024
TICK_S = 1.0


def create_app(site: Site) -> Flask:
    """The web application of one running centre."""
    app = OpenAPI(
        "queue_server",
        info=Info(title="Cherha", version="1"),
        validation_error_callback=broken_message,
        doc_ui=False,
        static_folder=None,
    )
    app.extensions["site"] = site
    app.extensions["hoarding"] = Hoarding(site.centre.rules.web_bookings_per_hour)
    app.config.update(
        SECRET_KEY=site.secrets.cookie_key(),
        MAX_CONTENT_LENGTH=BODY_MAX,
        SESSION_COOKIE_NAME="cherha",
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    _protect(app)
    say_no(app)
    _refuse_forged(app, CSRFProtect(app))
    for noun in (hall, visits, appointments, desks, reception, order, reports_back, people):
        app.register_api(noun.doors, url_prefix=API)
    app.add_url_rule(f"{API}/openapi.json", "openapi", lambda: app.api_doc)
    app.register_blueprint(create_console(_pages(site)))
    app.register_blueprint(create_order_pages(order.pages(site, _pages(site))))
    app.register_blueprint(create_booking_pages(web_booking.pages(site)))
    app.register_blueprint(create_visitor_pages(lambda secret: _my_ticket(site, secret), lambda: _catalogue(site)))
    return app


def _protect(app: Flask) -> None:
    """Headers that keep a browser from being used against the centre; pages set a policy of their own first."""

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


def _refuse_forged(app: Flask, csrf: CSRFProtect) -> None:
    """A browser's cookie alone is not enough to change anything; a program's token is."""

    @app.before_request
    def _check() -> None:
        if request.method in ("GET", "HEAD", "OPTIONS") or request.blueprint == appointments.PUBLIC_PAGES:
            return  # a cookie gives no right on the public pages
        if programs_token() is None and COOKIE in session:
            csrf.protect()

    @app.errorhandler(CSRFError)
    def _forged(_: CSRFError) -> ResponseReturnValue:
        if request.path.startswith(API):
            return problem(400, "page_outdated")
        return redirect(url_for("console.sign_in"), 303)  # a form of a page that is too old: begin again


def _pages(site: Site) -> ConsolePages:
    """What the console's pages are made of."""

    def signed_in() -> SignedIn | None:
        who = site.accounts.whose(presented_token())
        if not isinstance(who, User):
            return None
        name = who.name
        return SignedIn(who.login, name.surname, name.given_name, name.patronymic, tuple(sorted(who.roles)))

    def sign_in(login: str, pin: str) -> None:
        words = words_in(page_language(request))
        try:
            token, _, _ = site.accounts.sign_in(login, pin)
        except SignInFailed as error:
            raise ConsoleRefused(words("problem-sign_in_failed")) from error
        except LockedOut as error:
            minutes = -(-error.seconds // 60)
            raise ConsoleRefused(words("problem-locked_out", minutes=minutes), status=429) from error
        session.clear()
        session.permanent = True
        session[COOKIE] = token

    def sign_out() -> None:
        site.accounts.sign_out(presented_token())
        session.clear()

    def all_desks() -> list[dict[str, Any]]:
        rows = []
        for desk in site.centre.desks:
            seat = site.operator_at(desk.number)
            summary = views.desk_summary(site.hall, site.centre, desk.number, seat[0] if seat else None)
            rows.append({**dumped(summary), "operator": dumped(seat[1]) if seat else None})
        return rows

    def one_desk(number: int) -> dict[str, Any] | None:
        try:
            return dumped(views.with_queue(site.hall, site.desk_view(number)))
        except Unknown:
            return None

    return ConsolePages(
        signed_in=signed_in,
        sign_in=sign_in,
        sign_out=sign_out,
        desks=all_desks,
        desk=one_desk,
        catalogue=lambda: _catalogue(site),
        csrf_token=generate_csrf,
        rules=lambda: site.centre.rules,
    )


def _catalogue(site: Site) -> dict[str, Any]:
    return dumped(views.centre_view(site.hall, site.centre, site.now()))


def _my_ticket(site: Site, secret: str) -> dict[str, Any] | None:
    number = site.secrets.ticket_with(secret, site.hall.tickets)
    if number is None:
        return None
    return {**views.my_ticket(site.hall, site.hall.tickets[number]).model_dump(), "now": site.now()}


class Serving:
    """The server of one site on one address, and the clock's door that lets time pass."""

    def __init__(self, site: Site, host: str, port: int, *, ticking: bool = True) -> None:
        self.site = site
        self._server = WSGIServer((host, port), create_app(site), log=None, error_log=None)
        self._server.init_socket()
        # Accepted connections inherit it: without it every answer waits 40 ms for the follower's acknowledgement.
        self._server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stopped = gevent.event.Event()
        self._server.start()
        self._ticker = gevent.spawn(self._tick) if ticking else None

    @property
    def url(self) -> str:
        host, port = self._server.server_host, self._server.server_port
        return f"http://{'127.0.0.1' if host in ('', '0.0.0.0', '::') else host}:{port}"  # noqa: S104 (compared, not bound)

    def stop(self) -> None:
        if self._ticker:
            self._ticker.kill()
        self._server.stop(timeout=1)
        self.site.close()

    def heed_signals(self) -> None:
        """From now on SIGTERM and Ctrl-C end ``until_stopped`` and not the process."""
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self._stopped.set)

    def until_stopped(self) -> None:
        """Waits for SIGTERM or Ctrl-C; ``stop`` is the caller's."""
        self._stopped.wait()

    def _tick(self) -> None:
        while True:
            gevent.sleep(TICK_S)
            with suppress(StorageTrouble):  # the writer has logged it; when the disk is well again, time goes on
                self.site.ledger.tick()
