from hypothesis import given
from hypothesis import strategies as st

from twinhall.reader.layout import lines_of, parts_of, sentences_of


def test_lines_leave_out_signs_of_a_list() -> None:
    lines = lines_of("Partners\n\n- Solna, Sweden\n• Valga\n1) Tartu\n25 мая 2022 года")
    assert [line.text for line in lines] == [
        "Partners",
        "Solna, Sweden",
        "Valga",
        "Tartu",
        "25 мая 2022 года",
    ]
    assert [line.gap for line in lines] == [True, True, False, False, False]
    assert [line.bullet for line in lines] == [False, True, True, True, False]


def test_sentences_do_not_end_after_ordinals_and_initials() -> None:
    text = "2022. gada 22.jūlijā tika parakstīts. Dne 9. května 1992 přijel Dr. Novák. V roce 1991. Město."
    assert [text[start:end] for start, end in sentences_of(text)] == [
        "2022. gada 22.jūlijā tika parakstīts.",
        "Dne 9. května 1992 přijel Dr. Novák.",
        "V roce 1991.",
        "Město.",
    ]


def test_parts_stand_between_signs() -> None:
    parts = parts_of("Tornio- Haparanda (Finland-Sweden), S. Vicente: 2022. augusztus 20.")
    assert [(part.text, part.depth) for part in parts] == [
        ("Tornio", 0),
        ("Haparanda", 0),
        ("Finland-Sweden", 1),
        ("S. Vicente", 0),
        ("2022. augusztus 20.", 0),
    ]


@given(st.text(alphabet=st.sampled_from("aÄб1.,;:-–—()[]|/•*\t \n'’„“"), max_size=200))
def test_places_are_exact(text: str) -> None:
    for line in lines_of(text):
        assert text[line.start : line.end] == line.text
    for part in parts_of(text):
        assert text[part.start : part.end] == part.text
    spans = sentences_of(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
