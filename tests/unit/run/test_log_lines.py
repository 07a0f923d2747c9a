"""One line of a log: fixed words, numbers and kinds alone."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator

import pytest
import structlog

from bot.run import logs
from bot.run.logs import TemplateFormatter, configure, redact

SECRET = "dauvetbimat"


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product's logs, and afterwards the test's own again."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, warnings.showwarning, sys.unraisablehook
    threads = logs.threading.excepthook
    configure()
    yield
    root.handlers[:], sys.excepthook, warnings.showwarning, sys.unraisablehook = before[0], *before[2:]
    root.setLevel(before[1])
    logs.threading.excepthook = threads
    structlog.reset_defaults()


def record(message: object, *args: object, name: str = "foreign", error: Exception | None = None) -> logging.LogRecord:
    info = (type(error), error, None) if error else None
    return logging.LogRecord(name, logging.ERROR, __file__, 7, message, args, info)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (record("cannot send %s", SECRET), "error    foreign: cannot send %s"),
        (record(f"cannot send {SECRET}"), "error    foreign: test_log_lines, line 7"),
        (record(ValueError(SECRET)), "error    foreign: ValueError"),
        (record("fixed words", name="bot.edge"), "error    bot.edge: fixed words"),
        (record("first\n" + SECRET, name="bot.edge"), "error    bot.edge: first"),
        (record("", name="bot.edge"), "error    bot.edge: "),
        (record("%s", SECRET, error=KeyError(SECRET)), "error    foreign: %s (KeyError)"),
    ],
)
def test_a_line(said: logging.LogRecord, line: str) -> None:
    assert TemplateFormatter().format(said) == line


def test_fields_that_may_be_shown() -> None:
    event = {"event": "refused", "driver": "telegram", "chat": SECRET, "text": SECRET, "attempts": 3}
    assert redact(None, "", event) == {"event": "refused", "driver": "telegram", "attempts": 3}


@pytest.mark.parametrize("info", [KeyError(SECRET), (KeyError, KeyError(SECRET), None)])
def test_an_exception_is_its_kind(info: object) -> None:
    assert redact(None, "", {"event": "x", "exc_info": info}) == {"event": "x", "error": "KeyError"}


def test_the_exception_at_hand_is_its_kind() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError:
        assert redact(None, "", {"event": "x", "exc_info": True})["error"] == "KeyError"


def test_whatever_is_said_in_the_end_holds_no_word(configured: None, capfd: pytest.CaptureFixture[str]) -> None:
    configure()  # standard error is this test's own
    structlog.get_logger("bot").error("refused", text=SECRET, driver="web")
    logging.getLogger("httpx").info("HTTP Request: POST %s", SECRET)
    logging.getLogger("foreign").error("cannot send %s", SECRET)
    warnings.showwarning(SECRET, UserWarning, "x.py", 3)
    for hook in (sys.excepthook, logs._uncaught):
        hook(ValueError, ValueError(SECRET), None)
    said = capfd.readouterr().err
    assert SECRET not in said
    for words in ("refused", "driver=web", "cannot send %s", "UserWarning in x.py, line 3", "ended by ValueError in"):
        assert words in said
    assert "HTTP Request" not in said


def test_an_event_is_a_sentence_and_its_name() -> None:
    said = logs.speak(None, "error", {"event": "message_refused", "driver": "telegram"})
    assert said == {"event": "The messenger refused a message for good. [message_refused]", "driver": "telegram"}
    assert logs.speak(None, "error", {"event": "never_heard_of"})["event"] == "never heard of"


@pytest.mark.parametrize("name", logs.SENTENCES)
def test_a_sentence_is_one_and_names_nobody(name: str) -> None:
    said = logs.SENTENCES[name]
    assert said[0].isupper()
    assert (said.count("."), said.endswith(".")) == (1, True)
    assert not set("{}%0123456789") & set(said)
