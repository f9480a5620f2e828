"""The process that owns the one speech engine: a line of JSON in, a WAV file and a line of JSON out.

It may hang or crash: its parent (``display_board.voice``) kills it and starts another. It knows no queue and no window.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, TextIO


def speak_to_file(engine: Any, text: str, path: str, limit_s: float) -> None:
    """Render and wait for the engine's own word that it has finished: ``runAndWait`` comes back too early."""
    finished = threading.Event()
    token = engine.connect("finished-utterance", lambda **_: finished.set())
    try:
        engine.save_to_file(text, path)
        engine.runAndWait()
        if not finished.wait(limit_s):
            raise TimeoutError("the engine did not finish")
    finally:
        engine.disconnect(token)


def let_engine_rest() -> None:
    """Wait until espeak's own thread has done with the phrase: its last word, come late, would cut the next one off."""
    if espeak := sys.modules.get("pyttsx3.drivers._espeak"):
        espeak.Synchronize()


def tune(engine: Any, request: dict[str, Any]) -> None:
    """Voice, rate and volume of the request, each at rest: espeak takes a rate in its own thread, and one that comes
    while it is at work is lost (a phrase of 4.3 s was then said in 3.0)."""
    wanted = {"voice": voice_of(engine, request["language"]), "rate": request["rate"], "volume": request["volume"]}
    for name, value in wanted.items():
        let_engine_rest()
        engine.setProperty(name, value)
    let_engine_rest()
    if (rate := engine.getProperty("rate")) != request["rate"]:
        raise RuntimeError(f"the engine keeps its rate of {rate}")


class NoVoice(LookupError):
    """The engine has no voice for the language; asked for it all the same, it would read in another."""


def voice_of(engine: Any, language: str) -> str:
    """The engine's own id of its plainest voice for this language («en» before «en-029»). Raises NoVoice."""
    fits: list[tuple[int, str]] = []
    for voice in engine.getProperty("voices"):
        tags = [str(tag).strip("\0").lower().replace("_", "-") for tag in voice.languages or ()]
        name = str(voice.id).rsplit("/", 1)[-1].lower()
        if language in (*tags, name):
            fits.append((0, str(voice.id)))
        elif any(tag.startswith(f"{language}-") for tag in tags):
            fits.append((1, str(voice.id)))
    if not fits:
        raise NoVoice(language)
    return min(fits, key=lambda fit: fit[0])[1]


def answer(engine: Any, request: dict[str, Any]) -> dict[str, Any]:
    """One request → one answer. ``ok`` says that the engine finished, not that there is sound: the parent listens."""
    try:
        tune(engine, request)
        for path in request["paths"]:
            speak_to_file(engine, request["text"], path, request["limit_s"])
            let_engine_rest()
    except NoVoice as error:
        return {"id": request["id"], "ok": False, "kind": "no_voice", "error": str(error)}
    except Exception as error:  # noqa: BLE001 - the border: any fault of the engine is told, and the next line is read
        return {"id": request.get("id"), "ok": False, "kind": "refused", "error": f"{type(error).__name__}: {error}"}
    return {"id": request["id"], "ok": True}


def private_stdout() -> TextIO:
    """Our line to the parent. The engine prints on standard output, so that is turned to standard error first."""
    line = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return line


def main() -> None:
    """Serve until standard input ends (the parent has gone)."""
    line = private_stdout()
    import pyttsx3  # only here: importing it in the parent could load the engine's library there

    engine = pyttsx3.init(sys.argv[1] if len(sys.argv) > 1 else None)
    engine.runAndWait()  # until its loop has run once, pyttsx3 holds back every property
    line.write(json.dumps({"ready": True}) + "\n")
    for request in sys.stdin:
        line.write(json.dumps(answer(engine, json.loads(request))) + "\n")
    # The library asserts when it is taken down in order; nothing is left to save.
    os._exit(0)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main()
