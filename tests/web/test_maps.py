import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.web.maps import BASEMAP_WIDTH, Dot, Label, MapView, Place, draw

VALGA = Place("Valga", 57.777, 26.047, "/en/parties/valga/")
VALKA = Place("Valka", 57.775, 26.01)

places = st.builds(
    Place,
    name=st.text(min_size=1, max_size=30),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)


def test_one_place_stands_in_the_middle_of_three_degrees() -> None:
    view = draw(VALGA, [])
    assert view == MapView(
        width=460,
        height=400,
        lands=("translate(-22572.5 -11845.8) scale(1.106667)",),
        ties=(),
        dots=(),
        home=Dot(230.0, 200.0, "Valga", "/en/parties/valga/"),
        labels=(Label(239.0, 205.2, "Valga", "start", home=True),),
    )


def test_a_tie_goes_from_home_to_the_other() -> None:
    view = draw(Place("West", 0, 0), [Place("East", 0, 9)])
    assert view.home == Dot(34.0, 200.0, "West")
    assert view.dots == (Dot(426.0, 200.0, "East"),)
    (tie,) = view.ties
    assert tie.startswith("M34 200L")
    assert tie.endswith("L426 200")


def test_a_tie_along_a_parallel_bends_to_the_pole() -> None:
    view = draw(Place("West", 60, 0), [Place("East", 60, 90)])
    ys = [float(point.split()[1]) for point in view.ties[0].removeprefix("M").split("L")]
    assert ys[0] == ys[-1]
    assert min(ys) < ys[0] - 20
    assert min(ys) > 0


def test_the_same_point_has_no_tie() -> None:
    assert draw(VALGA, [Place("Again", VALGA.latitude, VALGA.longitude)]).ties == ()


def test_opposite_points_have_a_tie() -> None:
    (first, *_) = draw(Place("Here", 10, 20), [Place("There", -10, -160)]).ties
    assert "nan" not in first


def test_across_the_antimeridian_the_map_is_cut_elsewhere() -> None:
    view = draw(Place("Suva", -18.1, 178.4), [Place("Apia", -13.8, -171.8)])
    assert len(view.lands) == 2
    assert view.home
    assert view.home.x < view.dots[0].x
    assert len(view.ties) == 1


def test_a_tie_that_leaves_the_map_is_drawn_on_both_sides() -> None:
    around = [Place("West", 0, -100), Place("Middle", 0, 0), Place("East", 0, 100)]
    view = draw(None, around, ties=[(0, 2)])
    assert [(dot.name, dot.x) for dot in view.dots] == [("West", 34.0), ("Middle", 230.0), ("East", 426.0)]
    leaves, returns = ([point.split()[0] for point in tie[1:].split("L")] for tie in view.ties)
    assert (leaves[0], leaves[-1]) == ("34", "-279.6")
    assert (returns[0], returns[-1]) == ("739.6", "426")


def test_without_home_there_are_dots_only() -> None:
    view = draw(None, [VALGA, VALKA])
    assert (view.home, len(view.dots), view.ties) == (None, 2, ())


def test_labels_of_neighbours_stand_on_both_sides() -> None:
    view = draw(VALGA, [VALKA])
    assert [(label.text, label.anchor) for label in view.labels] == [("Valga", "start"), ("Valka", "end")]


def test_a_label_without_room_is_left_out() -> None:
    crowd = [Place(f"Town number {n}", 57.777, 26.047 + n / 10_000) for n in range(30)]
    view = draw(None, crowd)
    assert len(view.dots) == 30
    assert 0 < len(view.labels) < 30


def test_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A map needs at least one place\.$"):
        draw(None, [])


def test_a_wrong_latitude_is_named() -> None:
    with pytest.raises(ValueError, match=r"^Nowhere: 91 is not a latitude\.$"):
        draw(Place("Nowhere", 91, 0), [])


def test_land_and_dots_share_one_projection() -> None:
    """The equator and the zero meridian meet in the middle of the base map."""
    view = draw(None, [Place("Null Island", 0, 0)])
    x, y, scale = map(float, re.findall(r"-?[\d.]+", view.lands[0]))
    middle = BASEMAP_WIDTH / 2 * scale
    assert (x + middle, y + middle) == pytest.approx((230, 200), abs=0.1)


@given(home=st.none() | places, others=st.lists(places, min_size=1, max_size=8))
def test_every_dot_is_inside_the_frame(home: Place | None, others: list[Place]) -> None:
    view = draw(home, others)
    for dot in [*view.dots, *([view.home] if view.home else [])]:
        assert 0 <= dot.x <= view.width
        assert 0 <= dot.y <= view.height


@given(home=st.none() | places, others=st.lists(places, min_size=1, max_size=8))
def test_every_number_is_finite_and_every_copy_of_the_land_is_drawn(
    home: Place | None, others: list[Place]
) -> None:
    view = draw(home, others, ties=[] if home else [(0, len(others) - 1)])
    numbers = [float(n) for tie in view.ties for n in re.findall(r"[^ ML]+", tie)]
    assert all(math.isfinite(n) for n in numbers)
    assert 1 <= len(view.lands) <= 4
