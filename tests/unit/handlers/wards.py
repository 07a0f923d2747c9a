"""Several wards for the core's tests: two under a province, another one elsewhere."""

from __future__ import annotations

from dataclasses import replace

from unit.handlers.talk import ALWAYS, BOARD, DESK, NHL, POLICE, PROVINCE, TELEGRAM, Talk

from handlers.values import Board, Channel, Desk, Door, Hits, Hotline, Name, Place

CAM_DUONG = Name("phường Cam Đường", "Cam Đường ward")
NAM_CUONG = Name("Phường Nam Cường", "Nam Cường ward")
HOA_BINH = Name("phường Hòa Bình", "Hòa Bình ward")
LAO_CAI = Name("tỉnh Lào Cai", "Lào Cai province")
ABOVE = Door("ht", PROVINCE)
OVER = replace(DESK, unit="ht", name=PROVINCE, receiver="ht", receiver_name=PROVINCE, box=None, others=True)
"""The province itself."""
HOUSE = replace(OVER, known=False)
"""No ward is named: the province stands for the installation."""
WARD = replace(DESK, box=None, above=ABOVE, others=True)
OTHER = replace(
    DESK, unit="cd", name=CAM_DUONG, receiver="cd", receiver_name=CAM_DUONG, box="cd-1", above=ABOVE, others=True
)
AT_NHL, AT_CD = Place("nhl", NHL, PROVINCE), Place("cd", CAM_DUONG, PROVINCE)
TOP = Place("ht", PROVINCE, leaf=False)
DUTY = Hotline(Name("Trực ban", "Duty desk"), "0214 000 0000", ALWAYS, national=False)
CD_BOARD = Board(CAM_DUONG, (DUTY, POLICE, *(POLICE for _ in range(4))), "02/05", "cd")
NAMED = Hits("named", (AT_CD,), replace(OTHER, box=None))
TOLD = replace(NAMED, how="told")
LIKE = replace(NAMED, how="like")
SEVERAL = Hits("named", (Place("hb1", HOA_BINH, PROVINCE), Place("hb2", HOA_BINH, LAO_CAI)))
PARTS = replace(SEVERAL, places=(AT_NHL, AT_CD), split=Name("Thị trấn Sơn Lư", "Sơn Lư township"))
WITHIN = Hits("list", (AT_CD, AT_NHL), OVER, TOP, more=True)
TOPS = Hits("list", (TOP, Place("lc", LAO_CAI, leaf=False)))


def wards(channel: Channel = TELEGRAM, *, desk: Desk = HOUSE, tops: Hits = TOPS) -> Talk:
    """A chat that came without a box to an installation of several wards."""
    lists = {(None, 0): tops, ("ht", 0): WITHIN, ("ht", 1): replace(WITHIN, more=False)}
    return Talk(
        channel,
        desk=desk,
        units={"nhl": WARD, "cd": replace(OTHER, box=None), "ht": OVER, "hb1": WARD, "lc": OVER},
        boxes={"cd-1": OTHER, "nhl-1": replace(WARD, box="nhl-1")},
        boards={"cd": CD_BOARD, "cam duong": CD_BOARD, "ht": replace(BOARD, unit=PROVINCE, code="ht")},
        hits={
            "cam duong": NAMED,
            "ở tổ 8 phường Cam Đường": TOLD,
            "duong": LIKE,
            "hoa binh": SEVERAL,
            "ha tinh": WITHIN,
            "nam cuong": replace(PARTS, places=(AT_NHL, replace(AT_CD, was=NAM_CUONG)), split=None),
            "son lu": PARTS,
            "tam lu": replace(PARTS, places=(AT_CD,), desk=OTHER),
            "dau lieu": replace(NAMED, places=(replace(AT_CD, was=Name("Phường Đậu Liêu", "Đậu Liêu ward")),)),
        },
        lists=lists,
    )
