"""The floor to compare with: Flask on gevent’s server, one durable INSERT a request, nothing else.

``python -m benchmarks.bare_server FOLDER``
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path) -> None:
    from gevent import monkey

    monkey.patch_all()
    import socket
    import sqlite3

    from flask import Flask, Response, jsonify, request
    from gevent.pywsgi import WSGIServer

    db = sqlite3.connect(folder / "bare.sqlite", isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, service INTEGER NOT NULL, at TEXT NOT NULL) STRICT")
    app = Flask("bare")

    @app.post("/tickets")
    def take() -> Response:
        service = request.get_json()["service"]
        saved = db.execute("INSERT INTO ticket (service, at) VALUES (?, datetime('now'))", (service,))
        return jsonify(id=saved.lastrowid)

    server = WSGIServer(("127.0.0.1", 0), app, log=None, error_log=None)
    server.init_socket()
    server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server.start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
