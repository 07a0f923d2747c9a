"""Posters: what stands on them, that nothing is cut off on any paper, that the code scans, that a folder goes on."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageOps
from sqlalchemy import Connection
from unit.service.test_boxes import LINKS, NOW, refused, store

from bot.run.config import PROJECT
from bot.run.printing import SPRITE
from bot.service.boxes import acts
from bot.service.boxes.acts import Sketch
from bot.service.boxes.addresses import Addresses
from bot.service.boxes.belonging import Belonging
from bot.service.errors import OurFault
from bot.service.posters.content import Line, Poster, numberless, of_boxes, of_units
from bot.service.posters.folder import Job, Printed, jobs, print_into
from bot.service.posters.press import Press, SetUp, digest, pictograms
from bot.service.posters.sizes import Size
from bot.service.site import MemoryFloors, SheetBook, Site
from bot.service.texts import Catalogue
from handlers.values import Name
from storage.repositories import hotlines, units
from storage.repositories.hotlines import StoredHotline

__all__ = ["store"]

BOOK = SheetBook(Site("ab12cd34", b"s" * 16, demo=False, authority=b"a" * 32), MemoryFloors())
PAPER = {Size.A3: (297, 420), Size.A4: (210, 297), Size.A5: (148, 210), Size.CARDS: (210, 297)}
POINTS = 72 / 25.4
PIXELS = 110
DUTY = Line(Name("Trực ban Công an phường", "Ward police duty desk"), "0239 000 0000")
FIRE = Line(Name("Cháy, cứu nạn", "Fire, rescue"), "114")
USUAL = Poster(
    code="tdp4",
    unit=Name("phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward"),
    label=Name("Tổ dân phố 4", "Group 4"),
    address="https://hopthu.example.gov.vn/h/tdp4",
    lines=(DUTY,) * 3,
    short=(FIRE,) * 4,
    tamper="0239 000 0000",
    day="02/11",
)
LONGEST = Poster(
    code="x" * 64,
    unit=Name("thị trấn Nông trường " + "Ngọc Linh Thượng " * 9, "Nông trường " + "Ngọc Linh Thượng " * 9),
    label=Name("Tổ dân phố khu tập thể " * 8, "Group of the housing " * 9),
    address="https://hopthu.congan.tinhhatinh.example.gov.vn/h/" + "x" * 64,
    lines=(replace(DUTY, role=Name("Phó trưởng phòng Cảnh sát điều tra " * 5, "Deputy head of the police " * 6)),) * 9,
    short=(FIRE,) * 4,
    tamper="0239 000 0000",
    day=None,
    zalo="https://zalo.me/579745863508352884",
)  # fmt: skip
BARE = Poster("b", Name("xã Cốc San", "Cốc San commune"), Name("", ""), "https://h.example/h/b", (), (), None, None)
UNNUMBERED = replace(LONGEST, tamper=None)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(Catalogue(PROJECT / "locales"), SPRITE)


def shown(press: Press, poster: Poster, size: Size, *, bilingual: bool) -> Image.Image:
    (page,) = press.png(press.set_up([poster], size, bilingual=bilingual), PIXELS)
    return Image.open(io.BytesIO(page)).convert("L")


def board(store: Connection) -> None:
    rows = [
        ("18118", "Trực ban", "0239 000 0000", "2026-11-02"), ("18118", "Chủ tịch", "0239 000 0002", "2026-11-03"),
        (None, "Công an", "113", None), (None, "Cháy", "114", None), (None, "Ma túy", "0769.04.04.04", None),
    ]  # fmt: skip
    for n, (unit, role, number, day) in enumerate(rows):
        hotlines.put(store, StoredHotline(bytes([n]) * 16, unit, role, role, number, "24/24", "24 h", n, day))


def test_a_poster_says_whose_box_it_is_and_whom_to_call(store: Connection) -> None:
    board(store)
    (found,) = of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW)
    assert (found.unit.vi, found.label.vi) == ("phường Nam Hồng Lĩnh", "Tổ dân phố 4")
    assert found.address == "https://hopthu.example/h/tdp4"
    assert [line.number for line in found.lines] == ["0239 000 0000", "0239 000 0002", "0769.04.04.04"]
    assert [line.number for line in found.short] == ["114"]
    assert (found.tamper, found.day) == ("0239 000 0000", "02/11")


def test_a_poster_says_what_is_typed_on_zalo_where_that_is_set_up(store: Connection, press: Press) -> None:
    there = replace(LINKS, zalo="579745863508352884")
    for links, said in ((LINKS, False), (there, True)):
        content = str(press.set_up(of_boxes(store, BOOK, links, ["tdp4"], now=NOW), Size.A4, bilingual=False))
        assert ("Zalo: zalo.me/579745863508352884, gõ tdp4" in content) is said


def test_whoever_looks_after_a_box_stands_on_no_poster(store: Connection, press: Press) -> None:
    acts.change(store, "tdp4", Sketch(contact_role="Tổ trưởng Bí Mật", contact_reach="loa xóm"), NOW)
    content = str(press.set_up(of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW), Size.A4, bilingual=True))
    assert "Tổ dân phố 4" in content
    assert "Bí Mật" not in content
    assert "loa xóm" not in content


def test_a_demonstration_says_so_on_paper_too(store: Connection, press: Press) -> None:
    assert of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW)[0].demo is False
    for said, demo in ((False, False), (True, True)):
        content = press.set_up([replace(USUAL, demo=demo)], Size.A4, bilingual=True)
        assert ("TRÌNH DIỄN" in str(content)) is said
    assert zxingcpp.read_barcodes(shown(press, replace(USUAL, demo=True), Size.CARDS, bilingual=True))


def test_a_unit_without_numbers_is_called_where_it_takes_questions(store: Connection) -> None:
    found = units.find_unit(store, "18118")
    assert found is not None
    (bare,) = of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW)
    assert (bare.tamper, bare.lacks) == (None, "number")
    units.put_unit(store, replace(found, contact="0239 000 0009"))
    assert of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW)[0].tamper == "0239 000 0009"


def test_what_a_poster_lacks_is_known(store: Connection) -> None:
    of = Belonging(units.names(store, NOW))
    assert numberless(store, of, {"18118", "18121"}) == {"18118"}, "no box hangs in the other one"
    board(store)
    assert numberless(store, of, {"18118"}) == frozenset()
    assert of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW)[0].lacks is None
    hotlines.put(store, StoredHotline(b"9" * 16, "18118", "Tổ", "Tổ", "0239 000 0003", "", "", 9, None))
    assert of_boxes(store, BOOK, LINKS, ["tdp4"], now=NOW)[0].lacks == "day"


@pytest.mark.parametrize("bilingual", [False, True])
def test_every_poster_says_what_to_do_of_a_covered_code(press: Press, *, bilingual: bool) -> None:
    """A number to call, or whom to tell where there is none; and whoever cannot scan can type what stands there."""
    for poster, said in ((USUAL, "xin báo số"), (BARE, "xin gõ địa chỉ ở trên và báo đơn vị này")):
        content = press.set_up([poster], Size.A4, bilingual=bilingual)
        (page,) = content["posters"]
        assert said in page["tamper"][0].replace("\xa0", " ")


def test_no_address_is_printed_that_leads_nowhere(store: Connection) -> None:
    here = Addresses("http://127.0.0.1:8080")
    assert "set HOPTHU_PUBLIC_URL" in refused(lambda: of_boxes(store, BOOK, here, ["tdp4"], now=NOW))
    demonstration = SheetBook(Site("ab12cd34", b"s" * 16, demo=True, authority=b"a" * 32), MemoryFloors())
    assert of_boxes(store, demonstration, here, ["tdp4"], now=NOW)[0].address == "http://127.0.0.1:8080/h/tdp4"


def test_every_open_box_of_a_unit_has_its_poster(store: Connection) -> None:
    acts.replace(store, "tdp4", Sketch(code="tdp5"), NOW)
    acts.add(store, Sketch("18121", "b1", "Tổ 1"), NOW)
    assert [one.code for one in of_units(store, BOOK, LINKS, ["18118", "18121"], now=NOW)] == ["tdp5", "b1"]
    assert [one.code for one in of_boxes(store, BOOK, LINKS, ["b1", "tdp5", "b1"], now=NOW)] == ["b1", "tdp5"]
    for said, codes in (("a closed box", ["tdp4"]), ("no such box", ["x"])):
        assert said in refused(lambda codes=codes: of_boxes(store, BOOK, LINKS, codes, now=NOW))
    acts.close(store, "b1", None, NOW)
    for said, codes in (("no such unit", ["x"]), ("no box hangs there", ["18121"])):
        assert said in refused(lambda codes=codes: of_units(store, BOOK, LINKS, codes, now=NOW))


def test_boxes_of_a_unit_that_became_part_of_another_have_its_name_on_their_posters(store: Connection) -> None:
    ward = units.find_unit(store, "18118")
    assert ward is not None
    units.put_unit(store, replace(ward, valid_to=NOW, successor="18121"))
    for code in ("18118", "18121"):
        (found,) = of_units(store, BOOK, LINKS, [code], now=NOW)
        assert (found.code, found.unit.vi) == ("tdp4", "phường Bắc Hồng Lĩnh")


@pytest.mark.parametrize("bilingual", [False, True])
@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("poster", [USUAL, LONGEST, BARE, UNNUMBERED], ids=["usual", "longest", "bare", "unnumbered"])
def test_a_poster_is_one_page_that_scans_and_is_not_cut_off(
    press: Press, poster: Poster, size: Size, bilingual: bool
) -> None:
    with pikepdf.open(io.BytesIO(press.pdf(press.set_up([poster], size, bilingual=bilingual)))) as book:
        (page,) = book.pages
        assert [round(float(side) / POINTS) for side in page.mediabox[2:]] == [*PAPER[size]]
    picture = shown(press, poster, size, bilingual=bilingual)
    found = zxingcpp.read_barcodes(picture)
    assert {code.text for code in found} == {poster.address}
    assert {code.ec_level for code in found} <= {"Q", "H"}
    assert len(found) == (10 if size is Size.CARDS else 1)
    below = picture.crop((0, picture.height // 4, picture.width, picture.height))
    edge = picture.width // 40
    for side in (
        below.crop((0, 0, edge, below.height)),
        below.crop((below.width - edge, 0, below.width, below.height)),
        below.crop((0, below.height - edge, below.width, below.height)),
    ):
        assert side.getextrema() == (255, 255), "something stands in the margin, or runs off the paper"


def test_a_quarter_of_the_code_may_be_covered(press: Press) -> None:
    picture = shown(press, USUAL, Size.A4, bilingual=False)
    (found,) = zxingcpp.read_barcodes(picture)
    corner, across = found.position.top_left, found.position.bottom_right.x - found.position.top_left.x
    at = (corner.x + across * 6 // 10, corner.y + across * 6 // 10)
    picture.paste(255, (*at, at[0] + across // 4, at[1] + across // 4))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [USUAL.address]


@pytest.mark.parametrize(("size", "wide"), [(Size.A3, 85), (Size.A4, 60), (Size.A5, 42), (Size.CARDS, 32)])
def test_a_code_is_as_large_as_it_must_be_to_scan_from_there(press: Press, size: Size, wide: int) -> None:
    found = zxingcpp.read_barcodes(shown(press, USUAL, size, bilingual=True))[0].position
    across = (found.top_right.x - found.top_left.x) / PIXELS * 25.4
    assert across == pytest.approx(wide, abs=1.5)


def points(press: Press, poster: Poster, size: Size, *, bilingual: bool) -> list[float]:
    """The sizes of the letters on it, in their order from the top."""
    with pikepdf.open(io.BytesIO(press.pdf(press.set_up([poster], size, bilingual=bilingual)))) as book:
        said = pikepdf.parse_content_stream(book.pages[0])
        return [round(float(one.operands[1]), 1) for one in said if str(one.operator) == "Tf"]  # type: ignore[arg-type] # a number


def test_what_people_need_can_be_read_from_two_metres(press: Press) -> None:
    """All but what stands in the stamp's place; in two languages the words of the place, but for two lines."""
    found = points(press, USUAL, Size.A4, bilingual=False)
    assert {size for size in found if size < 20} == {13.0}
    assert max(found) == 84
    assert {20.0, 21.0, 24.0, 27.0} <= {*points(press, USUAL, Size.A4, bilingual=True)}


@pytest.mark.parametrize("bilingual", [False, True])
@pytest.mark.parametrize("size", [Size.A3, Size.A4, Size.A5])
def test_the_title_is_large_on_any_paper(press: Press, size: Size, bilingual: bool) -> None:
    assert points(press, USUAL, size, bilingual=bilingual)[0] >= 20


def test_an_address_too_long_for_a_line_goes_on_behind_its_host(press: Press) -> None:
    long = replace(USUAL, address="https://hopthu.congan.hatinh.example.gov.vn/h/to-dan-pho-4-18118")
    (page,) = press.set_up([long], Size.A4, bilingual=False)["posters"]
    assert page["address_lines"] == ["hopthu.congan.hatinh.example.gov.vn", "/h/to-dan-pho-4-18118"]
    assert points(press, USUAL, Size.A4, bilingual=False).count(27.0) > points(
        press, long, Size.A4, bilingual=False
    ).count(27.0)
    assert 24.0 in points(press, long, Size.A4, bilingual=False)


def test_pages_stand_in_one_file_in_their_order(press: Press) -> None:
    pages = press.png(press.set_up([USUAL, BARE], Size.A5, bilingual=False), PIXELS)
    read = [zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))[0].text for page in pages]
    assert read == [USUAL.address, BARE.address]


def test_letters_keep_their_marks(press: Press) -> None:
    """A capital with two marks reaches above one without any: the font has them, and no line cuts them off."""
    plain, marked = (
        shown(press, replace(BARE, unit=Name(word, word)), Size.A4, bilingual=False).crop((0, 250, 900, 420))
        for word in ("HAM", "HẪM")
    )
    (_, plain_top, *_), (_, marked_top, *_) = (
        ImageOps.invert(plain).getbbox() or (),
        ImageOps.invert(marked).getbbox() or (),
    )
    assert marked_top < plain_top


def print_all(folder: Path, wanted: list[Job], press: Press) -> Printed:
    said: list[tuple[int, int]] = []
    done = print_into(folder, wanted, press, lambda done, of: said.append((done, of)))
    assert said == [(n, len(wanted)) for n in range(1, len(wanted) + 1)]
    return done


def test_a_folder_is_printed_once_and_what_changed_again(tmp_path: Path, press: Press) -> None:
    posters = [replace(USUAL, code=f"b{n}", address=f"https://h.example/h/b{n}") for n in range(4)]
    wanted = jobs(posters, [Size.A5, Size.A5], bilingual=False)
    assert print_all(tmp_path, wanted, press) == Printed(4, 0)
    assert print_all(tmp_path, wanted, press) == Printed(0, 4)
    (tmp_path / "b1-a5.pdf").unlink()
    (tmp_path / "b2-a5.pdf").write_bytes(b"")
    moved = jobs([replace(posters[0], label=Name("Tổ 9", "Nine")), *posters[1:]], [Size.A5], bilingual=False)
    assert print_all(tmp_path, moved, press) == Printed(3, 1)
    assert print_all(tmp_path, jobs(posters[:1], [Size.A5, Size.CARDS], bilingual=True), press) == Printed(2, 0)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {*(f"b{n}-a5.pdf" for n in range(4)), "b0-a5-vi-en.pdf", "b0-cards-vi-en.pdf", "posters.txt"}


class Stops(Press):
    """A press that the power leaves at the third poster."""

    left = 2

    def pdf(self, content: SetUp) -> bytes:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().pdf(content)


def test_a_folder_that_was_broken_off_is_gone_on_with(tmp_path: Path, press: Press) -> None:
    wanted = jobs([replace(USUAL, code=f"b{n}") for n in range(5)], [Size.A5], bilingual=False)
    stopping = Stops(Catalogue(PROJECT / "locales"), SPRITE)
    with pytest.raises(KeyboardInterrupt):
        print_into(tmp_path, wanted, stopping, lambda *_: None, threads=1)
    there = sorted(tmp_path.glob("*.pdf"))
    assert [path.name for path in there] == ["b0-a5.pdf", "b1-a5.pdf"]
    assert print_all(tmp_path, wanted, press) == Printed(3, 2)
    assert {path.read_bytes() for path in tmp_path.glob("*.pdf")} == {there[0].read_bytes()}


def test_the_same_poster_has_the_same_digest_and_another_has_not(press: Press) -> None:
    first, same, other = (
        digest(press.set_up([poster], Size.A4, bilingual=False))
        for poster in (USUAL, replace(USUAL), replace(USUAL, day="03/11"))
    )
    assert first == same != other


def test_a_sprite_without_its_pictograms_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><symbol id="scan"/></svg>')
    with pytest.raises(OurFault):
        pictograms(tmp_path / "a.svg")
