"""Whatever cleaning lets through is seen and heard at the desk; what this browser cannot play is handed out."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from filed import Kept, file_every_kind
from people import Officer, say
from playwright.sync_api import Locator, expect
from product import Product
from unit.service.papers import paper
from unit.service.pictures import marked, with_secrets, written
from unit.service.recordings import av1, film, sound, with_amr

from bot.service.cleaning.workshop import clean
from bot.service.uploads import kind_of
from handlers.values import Media, MediaKind

pytestmark = pytest.mark.browser

WORDS = "moi loai phan deu mo duoc"
SOUNDS = {
    "opus": sound("ogg", "libopus"),
    "m4a": sound("ipod", "aac"),
    "aac": sound("adts", "aac"),
    "mp3": sound("mp3", "libmp3lame"),
    "wav": sound("wav", "pcm_s16le"),
    "flac": sound("flac", "flac"),
    "amr": with_amr(),
}
FILMS = {
    "h264": film("mp4", "libx264", "aac"),
    "h264 and pcm": film("mov", "libx264", "pcm_s16le"),
    "h264 and mp3": film("avi", "libx264", "libmp3lame"),
    "h264 alone": film("mp4", "libx264"),
    "vp8": film("webm", "libvpx", "libopus"),
    "vp9": film("matroska", "libvpx-vp9", "libopus"),
    "av1": av1(),
    "mpeg-4": film("3gp", "mpeg4", "aac"),
    "photos": film("avi", "mjpeg", "pcm_s16le"),
}
PHOTOS = {
    **{kind: with_secrets(kind, 6) for kind in ("JPEG", "PNG", "WEBP")},
    **{kind: written(marked(), kind) for kind in ("HEIF", "AVIF")},
}
UNPLAYED = film("mp4", "libx265", "aac")
"""A film that a browser plays only where the machine has a decoder for it."""


def cleaned(kind: MediaKind, raw: bytes) -> Kept:
    """As it comes out of the cleaner and is kept."""
    done = clean(kind, "", io.BytesIO(raw))
    content = bytes(done.content)
    media = Media("", len(content), done.mime, done.seconds, done.cleaned)
    return kind_of(media), done.mime, content, done.seconds, done.cleaned


@pytest.fixture(scope="module")
def desk(officer: Officer, site: Product) -> Officer:
    """The officer before a tip with one part of every kind that cleaning lets through."""
    parts: list[tuple[MediaKind, bytes]] = [
        *(("voice", raw) for raw in SOUNDS.values()),
        *(("video", raw) for raw in (*FILMS.values(), UNPLAYED)),
        *(("photo", raw) for raw in PHOTOS.values()),
        ("file", paper()),
        ("file", "Biển số xe".encode("utf-16")),
    ]  # fmt: skip
    kept = [cleaned(kind, raw) for kind, raw in parts]
    officer.enrol(site.enrolment_link())
    officer.at_desk()
    with ThreadPoolExecutor() as aside:
        aside.submit(file_every_kind, site.folder / "data", WORDS, kept=kept).result()
    officer.home()
    officer.open_with(WORDS)
    return officer


def opened(desk: Officer, kind: str, n: int) -> Locator:
    """The player of the `n`th recording or film, once it is tapped."""
    name = say(f"desk-{kind}", n=n)
    desk.page.get_by_role("button", name=re.compile(rf"^{name}\b")).click()
    player = desk.page.get_by_role("group", name=name, exact=True)
    player.wait_for()
    return player


def loaded(player: Locator) -> dict[str, float]:
    """What its element says once it could begin to play."""
    return dict(
        player.locator("audio, video").evaluate(
            """one => new Promise((resolve, reject) => {
              const said = () => resolve({ duration: one.duration, wide: one.videoWidth ?? 0 });
              one.addEventListener("error", () => reject(new Error(one.error.message)));
              one.error ? reject(new Error(one.error.message)) : one.readyState > 2 ? said()
                : one.addEventListener("canplay", said);
              one.load();
            })"""
        )
    )


@pytest.mark.parametrize("n", range(1, len(SOUNDS) + 1), ids=SOUNDS.keys())
def test_every_sound_is_heard(desk: Officer, n: int) -> None:
    assert loaded(opened(desk, "voice", n))["duration"] == pytest.approx(2, abs=0.15)


@pytest.mark.parametrize("n", range(1, len(FILMS) + 1), ids=FILMS.keys())
def test_every_film_is_seen(desk: Officer, n: int) -> None:
    player = opened(desk, "video", n)
    seen = loaded(player)
    assert seen == {"duration": pytest.approx(2, abs=0.15), "wide": 64}
    expect(player.get_by_text(say("desk-media-unplayed"))).to_have_count(0)


def test_a_film_this_browser_lacks_a_decoder_for_is_handed_out(desk: Officer) -> None:
    player = opened(desk, "video", len(FILMS) + 1)
    expect(player.get_by_role("alert")).to_have_text(say("desk-media-unplayed"))
    expect(player).to_contain_text(say("desk-file-warn"))
    with desk.page.expect_download() as saving:
        player.get_by_role("link").click()
    assert saving.value.path().read_bytes() == cleaned("video", UNPLAYED)[2]


@pytest.mark.parametrize("n", range(1, len(PHOTOS) + 1), ids=PHOTOS.keys())
def test_every_photo_is_drawn(desk: Officer, n: int) -> None:
    desk.page.locator("button.thumb").nth(n - 1).click()
    canvas = desk.page.locator("button.thumb canvas").nth(n - 1)
    expect(canvas).to_be_visible()
    assert canvas.evaluate("one => one.width * one.height") == 64 * 32


def test_documents_and_words_are_handed_out_whole(desk: Officer) -> None:
    for n, (raw, ending) in enumerate(((paper(), "pdf"), ("Biển số xe".encode("utf-16"), "txt"))):
        with desk.page.expect_download() as saving:
            desk.page.locator(".media.file > button").nth(n).click()
        assert saving.value.suggested_filename == f"phan-{n + 1}.{ending}"
        assert saving.value.path().read_bytes() == cleaned("file", raw)[2]
