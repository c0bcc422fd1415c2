"""The picture of the plan made by hand."""

from datetime import date
from xml.etree import ElementTree

from movplan.reports.lanes import lanes
from movplan.reports.picture import LANE, picture
from movplan.reports.svg import COLOUR
from tests.reports.by_hand import PLAN, SCENARIO

SVG = "{http://www.w3.org/2000/svg}"


def drawn():
    return ElementTree.fromstring(picture(PLAN, SCENARIO))


def rects(style):
    return [r for r in drawn().iter(f"{SVG}rect") if r.get("style") == style]


def test_lanes_are_routes_with_most_persons_first():
    found = lanes(PLAN, SCENARIO)
    assert [(lane.name, lane.persons) for lane in found] == [
        ("Mashhad > Herat", 7),
        ("Tehran > Mashhad", 3),
        ("Tehran > Herat", 1),
    ]
    first, second = found[0].cells
    assert (first.on, first.runs, first.load) == (date(2026, 5, 6), True, 7 / 8)
    assert not second.runs


def test_a_departure_is_filled_to_its_load():
    drawn = [r for r in rects(f"fill:{COLOUR['convoy']}") if r.get("width") != "10"]
    # 7 and 3 of 8 seats of a cell of LANE - 6 pixels
    heights = [float(r.get("height")) for r in drawn]
    assert heights == [(LANE - 6) * 7 / 8, (LANE - 6) * 3 / 8]


def test_budget_bars_show_what_is_used():
    widths = [float(r.get("width")) for r in rects(f"fill:{COLOUR['used']}")]
    # EU has no ceiling, KFW 50 %, WB 50 % of 170 pixels; AVRR 7 / 11, RQA 1 / 3
    assert widths == [0.0, 85.0, 85.0, round(170 * 7 / 11, 1), round(170 / 3, 1)]


def test_who_stays_is_drawn_by_reason():
    """Six stay: four find no seat in a vehicle (of 90 pixels 60), two are ill."""
    widths = [float(r.get("width")) for r in rects(f"fill:{COLOUR['stays']}")]
    assert widths == [60.0, 30.0]
    words = [text.text for text in drawn().iter(f"{SVG}text")]
    assert "No vehicle has room for the whole family" in words
    assert words[-1] == "2 in 1 family"


def test_a_plan_without_anybody_left_out_has_no_reasons():
    text = picture(PLAN.model_copy(update={"left_out": ()}), SCENARIO)
    assert "Persons who stay" not in text


def test_the_picture_is_self_contained_and_repeats():
    text = picture(PLAN, SCENARIO)
    assert text == picture(PLAN, SCENARIO)
    assert "href" not in text
    assert "FL-0509, Sat 9 May 10:00: 2 of 4 seats" in text


def test_a_long_name_gives_way_to_the_id():
    tehran = SCENARIO.places[0].model_copy(
        update={"name": "Imam Khomeini International Airport"}
    )
    scenario = SCENARIO.model_copy(update={"places": (tehran, *SCENARIO.places[1:])})
    assert "tehran > Mashhad" in [lane.name for lane in lanes(PLAN, scenario)]
