"""The kiosk's glass: a real Kivy window off-screen, real touches, and what can be measured of every screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from config.settings import Screen
from kiosk import asks as a
from kiosk import pictures
from kiosk import session as steps
from kiosk.catalogue import service_of
from kiosk.metrics import TARGET_GAP_MM, metrics_of
from kiosk.state import Place, Session, Step, Timing
from kiosk.terminal import Terminal
from printers.memory import MemoryPrinter
from printers.spool import Spool
from printers.trouble import Status
from queue_server import messages as m

pytestmark = pytest.mark.window

SCREENS = {
    "portrait": Screen(width_px=1080, height_px=1920, diagonal_in=27),
    "wide": Screen(width_px=1920, height_px=1080, diagonal_in=27),
    "small": Screen(width_px=1024, height_px=768, diagonal_in=15),
    "narrower": Screen(width_px=1080, height_px=1920, diagonal_in=24),
    "lower": Screen(width_px=1920, height_px=1080, diagonal_in=24),
    "miniature": Screen(width_px=540, height_px=960, diagonal_in=13.5),
}
REAL = (
    "portrait",
    "wide",
    "small",
    "narrower",
    "lower",
)  # a miniature shows the picture, it is not to be touched by a finger


def prepared(screen: Screen) -> Any:
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    from kiosk.window import open_window, prepare

    prepare(screen, fullscreen=False)
    return open_window(screen)


@pytest.fixture
def offered(kiosk: Any) -> m.CentreView:
    """Bakhmut on a working Monday, as the real application describes it."""
    view: m.CentreView = kiosk.centre()
    hours = {day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu")} | {"fri": ["08:00-16:00"]}
    known = [p.model_copy(update={"hours": hours if p.code in ("upszn", "pfu") else {}}) for p in view.providers]
    return view.model_copy(update={"providers": known})


def stage_of(session: Session, screen: Screen, **more: Any) -> Any:
    from kiosk.stage import Stage

    return Stage(session, screen, lambda _: None, **{"clock": lambda: pictures.NOW, **more})


def scenes(centre: m.CentreView, language: str) -> Iterator[tuple[str, Session]]:
    """All pictures, and every service of the catalogue on its list and before its button."""
    yield from pictures.scenes(centre, language)
    loaded = steps.heard(steps.start(language, Timing(), pictures.NOW), a.CentreLoaded(centre), pictures.NOW)
    for group in centre.groups:
        for page in range(4):
            place = Place(Step.SERVICES, group.provider, group.code, page=page)
            yield f"list-{group.code}-{page}", replace(loaded, trail=(*loaded.trail, place))
    for service in centre.services:
        yield f"confirm-{service.number}", pictures.at_confirm(loaded, service, 21)


# --- what can be measured -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REAL)
def test_everything_to_touch_is_20_mm_large_and_3_mm_apart(offered: m.CentreView, name: str) -> None:
    screen = SCREENS[name]
    prepared(screen)
    metrics = metrics_of(screen)
    least, apart = 20 * screen.px_per_mm - 1, TARGET_GAP_MM * screen.px_per_mm - 1
    assert metrics.target >= least
    touched = 0
    for language in ("uk", "en"):
        for scene, session in scenes(offered, language):
            presses = stage_of(session, screen).page.presses
            touched += len(presses)
            for press in presses:
                assert press.width >= least, (scene, language, press.size)
                assert press.height >= least, (scene, language, press.size)
            for one, other in combinations(presses, 2):
                across = max(one.x, other.x) - min(one.right, other.right)
                along = max(one.y, other.y) - min(one.top, other.top)
                joined = one.x == other.x and one.width == other.width and abs(along) <= 1  # rows of one list
                assert joined or max(across, along) >= apart, (scene, language, one.pos, other.pos)
    assert touched > 500


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_no_word_is_clipped_and_no_two_words_touch(offered: m.CentreView, name: str, language: str) -> None:
    from kiosk.widgets import Line, Plate, Press

    screen = SCREENS[name]
    prepared(screen)
    for scene, session in scenes(offered, language):
        page = stage_of(session, screen).page
        lines = [widget for widget in page.walk() if isinstance(widget, Line)]
        for line in lines:
            told = (scene, line.text, line.pos, line.size, line.room)
            assert "{" not in line.text, told  # a value that nobody put in
            assert line.size == list(line._pen.texture.size), told
            if line.room and line.room[1]:
                left, width = line.room
                assert line.width <= width + 1, told
                assert left - 0.08 * line.height <= line.x, told
                assert line.right <= left + width + 1, told
            holder = next((p for p in ancestors(line, page) if isinstance(p, Press | Plate)), page)
            assert holder.x <= line.x, told
            assert line.right <= holder.right, told
            assert ink(line)[1] >= holder.y, told
            assert ink(line)[3] <= holder.top, told
        for one, other in combinations(lines, 2):
            assert apart(ink(one), ink(other)), (scene, one.text, other.text, ink(one), ink(other))
        for press in page.presses:
            for line in lines:
                if press not in ancestors(line, page):
                    assert apart(ink(line), (press.x, press.y, press.right, press.top)), (scene, line.text)


def ancestors(widget: Any, root: Any) -> list[Any]:
    found = []
    while widget is not root and widget.parent is not None:
        widget = widget.parent
        found.append(widget)
    return found


def ink(line: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is seen: from under the baseline to the top of a capital."""
    em = line.height / 1.21
    return (line.x, line.center_y - 0.45 * em, line.right, line.center_y + 0.4 * em)


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize(("name", "pages"), [("portrait", 1), ("small", 2)])
def test_the_longest_official_name_can_be_read_to_its_last_word(offered: m.CentreView, name: str, pages: int) -> None:
    screen, service = SCREENS[name], service_of(offered, 25)
    assert len(service.name["uk"]) == 804
    prepared(screen)
    loaded = steps.heard(steps.start("uk", Timing(), 0), a.CentreLoaded(offered), 0)
    session = steps.show_full_name(pictures.at_confirm(loaded, service, 0), 0)
    read: list[str] = []
    for page in range(pages):
        shown = stage_of(steps.turn(session, page, pages, 0) if page else session, screen)
        width = shown.page.metrics.content.width
        whole = [
            line for line in lines_of(shown) if line.room and line.room[1] == width and line is not shown.page.date
        ]
        read += [line.text for line in whole if line._pen.options["font_name"].endswith("Inter-Regular.otf")]
    words = " ".join(read).replace("\u00a0", " ")
    assert service.name["uk"] in words


def test_a_long_official_name_is_cut_at_a_whole_word_and_offers_the_whole(offered: m.CentreView) -> None:
    screen, service = SCREENS["portrait"], service_of(offered, 25)
    prepared(screen)
    loaded = steps.heard(steps.start("uk", Timing(), 0), a.CentreLoaded(offered), 0)
    shown = stage_of(pictures.at_confirm(loaded, service, 0), screen)
    (last,) = [line.text for line in lines_of(shown) if line.text.endswith("…")]
    assert f"{last.removesuffix('…').split()[-1]} " in service.name["uk"]
    assert button(shown, "Повна назва") is not None
    short = stage_of(pictures.at_confirm(loaded, service_of(offered, 2), 0), screen)
    assert button(short, "Повна назва") is None


def test_eight_services_stand_on_a_page_of_the_large_screens_and_four_on_the_small_one(offered: m.CentreView) -> None:
    for name, rows in (("portrait", 8), ("wide", 8), ("small", 4)):
        prepared(SCREENS[name])
        session = next(session for scene, session in scenes(offered, "uk") if scene == "list-dity-0")
        shown = stage_of(session, SCREENS[name])
        assert len([line for line in lines_of(shown) if line.text.startswith("№")]) == rows
        assert button(shown, f"Сторінка 1 з {-(-13 // rows)}", words_only=True)


def test_institutions_without_a_schedule_are_shown_with_their_reason(offered: m.CentreView) -> None:
    prepared(SCREENS["portrait"])
    loaded = steps.heard(steps.start("uk", Timing(), 0), a.CentreLoaded(offered), 0)
    shown = stage_of(steps.show_others(loaded, 0), SCREENS["portrait"])
    texts = [line.text.replace("\u00a0", " ") for line in lines_of(shown)]
    assert texts.count("Графік прийому не внесено. Уточнюйте на рецепції") == 3
    assert "Перелік послуг ще не внесено" in texts


def test_every_screen_can_be_drawn_into_a_picture(offered: m.CentreView, tmp_path: Path) -> None:
    from PIL import Image

    files = pictures.draw(offered, SCREENS["small"], tmp_path, ["uk"])
    assert len(files) >= 20
    for file in files:
        picture = Image.open(file)
        assert picture.size == (1024, 768)
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 20, file.name


# --- touches ------------------------------------------------------------------------------------------------------


@dataclass
class Glass:
    """A stage in the real window with a real terminal behind it; answers arrive with the next frame."""

    terminal: Terminal
    screen: Screen
    now: float = 100.0
    waiting: list[a.Ask] = field(default_factory=list)

    def __post_init__(self) -> None:
        from kivy.base import EventLoop

        from kiosk.stage import Stage

        self.window = prepared(self.screen)
        EventLoop.start()
        first = steps.start("uk", Timing(), self.now)
        self.stage = Stage(first, self.screen, self.waiting.append, clock=lambda: self.now)
        self.window.add_widget(self.stage)
        self.frame()

    def close(self) -> None:
        self.window.remove_widget(self.stage)

    def frame(self, seconds: float = 1.0) -> None:
        """The machine answers everything, time passes, the window is drawn."""
        from kivy.base import EventLoop

        while True:
            while self.waiting:
                self.stage.hear(self.terminal.carry_out(self.waiting.pop(0)))
            self.now += seconds
            seconds = 0.0
            self.stage.tick()
            if not self.waiting:
                break
        EventLoop.idle()

    def touch(self, words: str) -> Any:
        from kivy.tests.common import UnitTestTouch

        press = button(self.stage, words)
        assert press is not None, (words, [line.text for line in lines_of(self.stage)])
        return UnitTestTouch(*press.center)

    def tap(self, words: str, seconds: float = 1.0) -> None:
        touch = self.touch(words)
        touch.touch_down()
        touch.touch_up()
        self.frame(seconds)

    @property
    def texts(self) -> str:
        return " ".join(line.text for line in lines_of(self.stage)).replace("\u00a0", " ")


def lines_of(stage: Any) -> list[Any]:
    from kiosk.widgets import Line

    return [widget for widget in reversed(list(stage.page.walk())) if isinstance(widget, Line)][::-1]


def button(stage: Any, words: str, *, words_only: bool = False) -> Any:
    """The thing to touch whose words, over its lines, contain these; or just whether they are on the screen."""
    from kiosk.widgets import Line

    if words_only:
        return any(words in line.text.replace("\u00a0", " ") for line in lines_of(stage))
    for press in stage.page.presses:
        told = " ".join(ink.text for ink in reversed(press.children) if isinstance(ink, Line)).replace("\u00a0", " ")
        if words in told:
            return press
    return None


@pytest.fixture
def printer() -> MemoryPrinter:
    return MemoryPrinter()


@pytest.fixture(params=["portrait", "wide", "small"])
def glass(request: Any, kiosk: Any, printer: MemoryPrinter) -> Iterator[Glass]:
    glass = Glass(Terminal(kiosk, Spool(printer, 80)), SCREENS[request.param])
    yield glass
    glass.close()


def test_a_finger_takes_two_tickets_through_the_whole_way(glass: Glass, site: Any, printer: MemoryPrinter) -> None:
    glass.tap("Стати в чергу")
    glass.tap("Допомоги сім’ям з дітьми")
    glass.tap("Народження дитини")
    assert "нікого" in glass.texts
    glass.tap("Додати ще одну послугу")
    glass.tap("Житлові субсидії")
    glass.tap("Субсидія: призначення")
    assert "Народження дитини" in glass.texts or "1 послугу" in glass.texts
    glass.tap("Отримати 2 талони")
    assert glass.stage.session.step is Step.NUMBER
    assert "Візьміть 2 талони" in glass.texts
    saved = [(ticket.letter, ticket.number) for ticket in site.ledger.hall.tickets.values()]
    assert saved == [("А", 1), ("Л", 1)]
    assert len(printer.slips) == 2
    glass.tap("Готово")
    assert glass.stage.session.step is Step.START


def test_another_service_after_the_number_joins_the_visit(glass: Glass, site: Any) -> None:
    for words in ("Стати в чергу", "Житлові субсидії", "Субсидія: призначення", "Отримати талон", "Ще послуга"):
        glass.tap(words)
    for words in ("Житлові субсидії", "Субсидія: припинення", "Отримати талон"):
        glass.tap(words)
    assert len(glass.stage.session.taken) == 2
    assert len(site.ledger.hall.visits) == 1


def test_the_same_service_twice_is_told_and_not_taken(glass: Glass, site: Any) -> None:
    for words in ("Стати в чергу", "Житлові субсидії", "Субсидія: призначення", "Додати ще одну послугу"):
        glass.tap(words)
    for words in ("Житлові субсидії", "Субсидія: призначення"):
        glass.tap(words)
    assert "Цю послугу вже обрано" in glass.texts
    glass.tap("Обрати іншу послугу")
    assert glass.stage.session.step is Step.SERVICES
    assert len(site.ledger.hall.tickets) == 0


def test_without_paper_the_number_stays_and_a_new_roll_brings_the_slip(glass: Glass, printer: MemoryPrinter) -> None:
    printer.state = Status(paper=False)
    for words in ("Стати в чергу", "Житлові субсидії", "Субсидія: призначення", "Отримати талон"):
        glass.tap(words)
    assert "Папір закінчився." in glass.texts
    assert "Ваш номер Л 1 дійсний." in glass.texts
    assert len(printer.slips) == 0
    printer.state = Status()
    glass.tap("Надрукувати ще раз")
    assert "Папір закінчився." not in glass.texts
    assert "Візьміть талон" in glass.texts
    assert len(printer.slips) == 1


def test_the_language_changes_every_word_at_once(glass: Glass) -> None:
    glass.tap("Стати в чергу")
    glass.tap("English")
    assert "Choose a group of services" in glass.texts
    assert "Housing subsidies" in glass.texts
    assert "Monday, 16 March" in glass.texts
    glass.tap("Українська")
    assert "Оберіть групу послуг" in glass.texts


def test_a_still_visitor_is_asked_and_one_touch_keeps_everything(glass: Glass) -> None:
    glass.tap("Стати в чергу")
    glass.frame(45)
    assert "Ви ще тут?" in glass.texts
    assert "20" in glass.texts.split()
    glass.frame(5)
    assert "15" in glass.texts.split()
    glass.tap("Так")
    assert glass.stage.session.step is Step.GROUPS
    glass.frame(46)
    glass.frame(20)
    assert glass.stage.session.step is Step.START


def test_the_clock_goes_on_without_a_new_screen(glass: Glass) -> None:
    assert "10:00" in glass.texts
    page = glass.stage.page
    glass.stage.session = replace(glass.stage.session, reload_at=1e12)
    glass.frame(61)
    assert "10:01" in glass.texts
    assert glass.stage.page is page


def test_a_button_turns_to_ink_at_once_and_acts_when_the_finger_is_lifted(glass: Glass) -> None:
    from kiosk.widgets import rgba

    touch = glass.touch("Стати в чергу")
    press = button(glass.stage, "Стати в чергу")
    touch.touch_down()
    assert list(press._fill.rgba) == pytest.approx(rgba(glass.stage.theme.ink))
    assert glass.stage.session.step is Step.START
    touch.touch_up()
    assert glass.stage.session.step is Step.GROUPS


def test_a_finger_that_slides_off_a_button_does_nothing(glass: Glass) -> None:
    touch = glass.touch("Стати в чергу")
    touch.touch_down()
    touch.touch_move(5, 5)
    touch.touch_up()
    glass.frame(0.1)
    assert glass.stage.session.step is Step.START


def test_a_double_tap_does_not_choose_on_the_next_screen(glass: Glass) -> None:
    glass.tap("Стати в чергу", seconds=0.1)
    assert glass.stage.session.step is Step.GROUPS
    glass.tap("Житлові субсидії", seconds=0.1)
    assert glass.stage.session.step is Step.GROUPS
    glass.frame(0.3)
    glass.tap("Житлові субсидії")
    assert glass.stage.session.step is Step.SERVICES


# --- appointments ---------------------------------------------------------------------------------------------------


def test_a_finger_books_another_day_and_later_checks_in_with_the_code(
    glass: Glass, site: Any, printer: MemoryPrinter, clock: Any
) -> None:
    glass.tap("Записатися на інший день")
    for words in ("Житлові субсидії", "Субсидія: призначення", "вівторок, 17 березня"):
        glass.tap(words)
    assert "Оберіть час" in glass.texts
    time = next(line.text for line in lines_of(glass.stage) if line.text[2:3] == ":" and line.text != "10:00")
    glass.tap(time)
    assert "Перевірте запис" in glass.texts
    assert "вівторок, 17 березня" in glass.texts
    glass.tap("Записатися")
    assert "Вас записано" in glass.texts
    assert "Візьміть підтвердження" in glass.texts
    (booked,) = site.ledger.hall.bookings.appointments.values()
    agreed = glass.stage.session.booking.booked
    assert agreed.code[:3] in glass.texts
    assert len(printer.slips) == 1
    glass.tap("Готово")
    clock.move_to(booked.slot)
    site.ledger.tick()
    glass.frame(20)
    glass.tap("У мене попередній запис")
    for figure in agreed.code:
        glass.tap(figure)
    assert f"{agreed.code[:3]} {agreed.code[3:]}" in glass.texts
    glass.tap("Підтвердити прибуття")
    assert "Прибуття підтверджено" in glass.texts
    assert len(printer.slips) == 1
    glass.tap("Готово")
    assert "Чим можемо допомогти?" in glass.texts


def test_a_reader_of_codes_types_into_the_window_and_the_address_is_never_shown(glass: Glass) -> None:
    glass.stage.scanned("https://q.example.ua/booking/NobodyHasThisSecret")
    glass.frame()
    assert "Прибуття не підтверджено" in glass.texts
    assert "Secret" not in glass.texts
    glass.tap("Ввести ще раз")
    assert "Введіть код або номер" in glass.texts
    assert "Secret" not in glass.texts


def test_a_wrong_figure_is_taken_back_and_a_still_visitor_leaves_no_figures(glass: Glass) -> None:
    glass.tap("У мене попередній запис")
    for figure in "4829":
        glass.tap(figure)
    signs = (press for press in glass.stage.page.presses if not any(hasattr(ink, "text") for ink in press.children))
    erase = button(glass.stage, "Стерти") or next(signs)
    assert glass.stage.session.arrival.typed == "4829"
    erase.action()
    assert glass.stage.session.arrival.typed == "482"
    glass.frame(46)
    glass.frame(20)
    assert glass.stage.session.step is Step.START
    assert glass.stage.session.arrival is None


def test_a_centre_without_appointments_shows_one_button(offered: m.CentreView) -> None:
    prepared(SCREENS["portrait"])
    without = offered.model_copy(update={"booking": False})
    for view, shown in ((offered, True), (without, False)):
        loaded = steps.heard(steps.start("uk", Timing(), 0), a.CentreLoaded(view), 0)
        stage = stage_of(loaded, SCREENS["portrait"])
        for words in ("У мене попередній запис", "Записатися на інший день"):
            assert (button(stage, words) is not None) is shown


# --- the program ----------------------------------------------------------------------------------------------------


def test_the_kiosk_runs_without_a_server_and_ends_cleanly() -> None:
    program = (
        "from config.settings import Kiosk, Printer\n"
        "from kiosk.app import run\n"
        "run('http://127.0.0.1:9', 'token', Kiosk(), Printer(), fullscreen=False)\n"
    )
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen"}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True)
    time.sleep(6)
    assert process.poll() is None, process.communicate()[1]
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 0, told
    assert "Traceback" not in told
