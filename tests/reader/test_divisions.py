from twinhall.reader.divisions import region_name, region_names, regions_of


def test_a_division_is_named_by_its_code() -> None:
    assert (region_name("DE.02"), region_name("RU.66"), region_name("LV.30")) == (
        "Bavaria",
        "St.-Petersburg",
        "Valka",
    )


def test_an_unknown_code_stands_for_itself() -> None:
    assert (region_name("XX.99"), region_name("")) == ("XX.99", "")


def test_the_divisions_of_a_country_stand_in_the_order_of_their_names() -> None:
    german = regions_of("DE")
    assert len(german) == 16
    assert list(german.items())[:2] == [("DE.01", "Baden-Wurttemberg"), ("DE.02", "Bavaria")]
    assert "Île-de-France" in list(regions_of("FR").values())[5:9]


def test_an_unknown_country_has_no_divisions() -> None:
    assert dict(regions_of("XX")) == dict(regions_of("")) == {}


def test_every_division_belongs_to_its_country() -> None:
    assert all(code in regions_of(code.partition(".")[0]) for code in region_names())
