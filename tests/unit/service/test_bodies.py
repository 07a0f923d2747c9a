"""Who receives at a unit, as it is called in each language: the police of a ward, or a body by its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.service.bodies import is_body, police
from bot.service.country.atlas import atlas
from bot.service.country.kinds import english as in_english
from bot.service.country.kinds import small
from bot.service.texts import Catalogue
from handlers.values import Name, line

TEXTS = Catalogue(Path(__file__).parents[3] / "locales")
POST = Name("Đồn Biên phòng Na Cô Sa", "Na Cô Sa border post")
INSPECTORATE = Name("Thanh tra Công an tỉnh Hà Tĩnh", "Hà Tĩnh police inspectorate")
OFFICE = Name("phòng Bảo vệ trẻ em", "Child protection office")
WARD = Name("phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward")


@pytest.mark.parametrize(
    ("unit", "vi", "en"),
    [
        (WARD, "Công an phường Nam Hồng Lĩnh", "police of Nam Hồng Lĩnh ward"),
        (POST, POST.vi, POST.en),
        (INSPECTORATE, INSPECTORATE.vi, INSPECTORATE.en),
        (OFFICE, OFFICE.vi, OFFICE.en),
        (Name(POST.vi, POST.vi), POST.vi, POST.vi),
    ],
)
def test_a_body_is_called_what_it_is(unit: Name, vi: str, en: str) -> None:
    assert (police("vi", unit.vi), police("en", unit.en)) == (vi, en)


def test_every_receiver_is_named_so() -> None:
    said = [TEXTS.line("vi", line("draft-card", count=1, unit=unit)) for unit in (WARD, POST)]
    assert [one.splitlines()[0].rpartition(": ")[2] for one in said] == [
        "Công an phường Nam Hồng Lĩnh.",
        "Đồn Biên phòng Na Cô Sa.",
    ]
    vietnamese, english = (TEXTS.line(one, line("send-confirm-web", count=2, unit=POST)) for one in ("vi", "en"))
    assert vietnamese.startswith("Gửi 2 phần đến Đồn Biên phòng Na Cô Sa?")
    assert english.startswith("Send 2 parts to the Na Cô Sa border post?")
    assert TEXTS.line("vi", line("btn-ward", unit=OFFICE)) == "Phòng Bảo vệ trẻ em"
    assert TEXTS.line("en", line("btn-ward", unit=WARD)) == "Police of Nam Hồng Lĩnh ward"
    kind = line("route-kind", target=line("btn-ward", unit=POST))
    assert TEXTS.line("vi", kind) == "Chuyện loại này do Đồn Biên phòng Na Cô Sa nhận."


def test_no_ward_or_province_of_the_country_is_taken_for_a_body() -> None:
    country = atlas()
    names = [one.name for one in (*country.wards.values(), *country.provinces.values())]
    assert [name for name in names if is_body(name) or is_body(small(name)) or is_body(in_english(name))] == []
