import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.reader.sounds import likeness, name_key, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("koventri", "coventry"),
        ("giterslo", "gutersloh"),
        ("vodnan", "vodnjan"),
        ("velbert", "velbert"),
        ("khagen", "hagen"),
        ("zgozhelets", "zgorzelec"),
        ("cherkasi", "cherkasy"),
        ("muzhla", "muzla"),
    ],
)
def test_names_that_sound_alike_share_a_skeleton(one: str, other: str) -> None:
    assert skeletons(one) & skeletons(other)
    assert likeness(one, other) > 0.8


def test_what_has_hardly_a_consonant_has_no_skeleton() -> None:
    assert skeletons("oia") == skeletons("") == set()


def test_a_key_has_no_spaces() -> None:
    assert name_key("St.Gallen") == name_key("St. Gallen") == "stgallen"


@given(text=st.text(max_size=30), other=st.text(max_size=30))
def test_any_names_can_be_compared(text: str, other: str) -> None:
    one, two = name_key(text), name_key(other)

    assert 0 <= likeness(one, two) <= 1
    assert likeness(one, one) == 1
    assert all(skeleton.isalnum() for skeleton in skeletons(one))
