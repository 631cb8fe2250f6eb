"""What a fact file may not say: each refusal names file, record and field, and nothing is half-written."""

import re
from pathlib import Path

import pytest

from tests.exchange.files import BASE, SOURCE, TOWNS, register, write
from tests.factories.accounts import make_user
from twinhall.exchange.facts.loading import load_facts
from twinhall.exchange.facts.problems import FactsRefusedError, Where

pytestmark = pytest.mark.django_db

NO_PARTY = "There is no party “riga”: it needs a table [[party]] in one of the files."
NO_SOURCE = "There is no source “nowhere”: it needs a table [[source]] in one of the files."
NOT_A_DATE = "“soon” is not a date: write 1991, 2013-06 or 2006-12-13."
NOT_FIRST = "cannot come first: nothing has begun that it could apply to."
TWICE = "This stands twice: the same source states the same record again."
TOO_LONG = "Ensure this value has at most {most} characters (it has {most_and_one})."


def too_long(most: int) -> str:
    return TOO_LONG.format(most=most, most_and_one=most + 1)


def tie(*acts: str, parties: str = '"valga", "valka"', more: str = "") -> str:
    told = "".join(f"[[partnership.acts]]\n{act}\n" for act in acts)
    return f'[[partnership]]\nkind = "twinning"\nparties = [{parties}]\n{more}\n{told}'


def network(more: str) -> str:
    return f'[[network]]\nparty = "city-twins"\n{more}\n'


def member(more: str, party: str = "valga") -> str:
    return network(f'[[network.members]]\nparty = "{party}"\n{more}')


def project(more: str) -> str:
    return f'[[project]]\nslug = "green"\ntitle.en = "Green"\n{more}\n'


def town(more: str) -> str:
    return f'[[party]]\nslug = "riga"\nkind = "municipality"\n{more}\n'


TIE = "partnership 1 (valga – valka)"

REFUSED = {
    # A wrong date
    "a month that does not exist": (
        tie('kind = "signed"\ndate = "1995-13"'),
        f"facts.toml, {TIE}, acts 1 (signed), date: 1995-13 does not exist: month must be in 1..12.",
    ),
    "a day that does not exist": (
        tie('kind = "signed"\ndate = "1995-02-29"'),
        (
            f"facts.toml, {TIE}, acts 1 (signed), date: 1995-02-29 does not exist: "
            "day is out of range for month."
        ),
    ),
    "an act at no date": (
        tie('kind = "signed"\ndate = "1995"', 'kind = "renewed"\ndate = { value = "soon" }'),
        f"facts.toml, {TIE}, acts 2 (renewed), date: {NOT_A_DATE}",
    ),
    "a term without a date": (
        tie('kind = "signed"\nvalid_until = "soon"'),
        f"facts.toml, {TIE}, acts 1 (signed), valid_until: {NOT_A_DATE}",
    ),
    "a founding at no date": (
        network('founded = "soon"'),
        f"facts.toml, network city-twins, founded: {NOT_A_DATE}",
    ),
    "a size as of no date": (
        network('[[network.sizes]]\nmembers = 5\nas_of = "soon"'),
        f"facts.toml, network city-twins, sizes 1, as_of: {NOT_A_DATE}",
    ),
    "a post since no date": (
        network('[[network.posts]]\nparty = "valga"\nrole = "host"\nsince = "soon"'),
        f"facts.toml, network city-twins, posts (valga, host), since: {NOT_A_DATE}",
    ),
    "a project that starts at no date": (
        project('starts = "soon"'),
        f"facts.toml, project green, starts: {NOT_A_DATE}",
    ),
    "an admission at no date": (
        member('[[network.members.acts]]\nkind = "admitted"\ndate = "soon"'),
        f"facts.toml, network city-twins, member valga, acts 1 (admitted), date: {NOT_A_DATE}",
    ),
    # An unknown country
    "a country that is none": (
        town('country = "XX"'),
        "facts.toml, party riga, country: “XX” is not a country code of ISO 3166-1, such as LV or BG.",
    ),
    "a country by its name": (
        town('country = "Latvia"'),
        (
            "facts.toml, party riga, country: “Latvia” is not a country code of ISO 3166-1, such as LV or BG."
            f" {TOO_LONG.format(most=2, most_and_one=6)}"
        ),
    ),
    "a partner of no country": (
        project('[[project.partners]]\ncountry = "XX"\nrole = "partner"'),
        (
            "facts.toml, project green, partners 1 (XX), country: "
            "“XX” is not a country code of ISO 3166-1, such as LV or BG."
        ),
    ),
    # A party that does not exist
    "a tie with nobody": (
        tie(parties='"valga", "riga"'),
        f"facts.toml, partnership 1 (valga – riga), parties: {NO_PARTY}",
    ),
    "a tie that continues one with nobody": (
        tie(more='continues = ["valga", "valka", "riga"]'),
        f"facts.toml, {TIE}, continues: {NO_PARTY}",
    ),
    "nobody left a tie": (
        tie('kind = "signed"', 'kind = "left"\nparty = "riga"'),
        f"facts.toml, {TIE}, acts 2 (left), party: {NO_PARTY}",
    ),
    "somebody else left a tie": (
        tie('kind = "signed"', 'kind = "left"\nparty = "city-twins"'),
        f"facts.toml, {TIE}, acts 2 (left), party: Only a party of the partnership joins or leaves it.",
    ),
    "a member that is nobody": (
        member("", party="riga"),
        f"facts.toml, network city-twins, member riga, party: {NO_PARTY}",
    ),
    "a member through nobody": (
        member('via = "riga"'),
        f"facts.toml, network city-twins, member valga, via: {NO_PARTY}",
    ),
    "a network of nobody": (
        '[[network]]\nparty = "riga"\n',
        f"facts.toml, network riga, party: {NO_PARTY}",
    ),
    "a post of nobody": (
        network('[[network.posts]]\nparty = "riga"\nrole = "host"'),
        f"facts.toml, network city-twins, posts (riga, host), party: {NO_PARTY}",
    ),
    "a partner that is nobody": (
        project('[[project.partners]]\nparty = "riga"\nrole = "partner"'),
        f"facts.toml, project green, partners 1 (riga), party: {NO_PARTY}",
    ),
    "a project that led to nothing": (
        project('led_to = "riga"'),
        f"facts.toml, project green, led_to: {NO_PARTY}",
    ),
    # Signatories and acts
    "one signatory": (
        tie(parties='"valga"'),
        "facts.toml, partnership 1 (valga), parties: A partnership has two signatories or more.",
    ),
    "one signatory named twice": (
        tie(parties='"valga", "valga"'),
        "facts.toml, partnership 1 (valga – valga), parties: A partnership has two signatories or more.",
    ),
    "a signatory too many": (
        tie(parties='"valga", "valka", "valga"'),
        "facts.toml, partnership 1 (valga – valka – valga), parties: A party signs once.",
    ),
    "an end of what never began": (
        tie('kind = "contact"', 'kind = "ended"\ndate = "1999"'),
        f"facts.toml, {TIE}, acts 2 (ended): The act “ended” {NOT_FIRST}",
    ),
    "a renewal of what was not signed": (
        tie('kind = "renewed"', 'kind = "signed"'),
        f"facts.toml, {TIE}, acts 1 (renewed): The act “agreement renewed” {NOT_FIRST}",
    ),
    "who never was a member leaves": (
        member('[[network.members.acts]]\nkind = "left"'),
        f"facts.toml, network city-twins, member valga, acts 1 (left): The act “left” {NOT_FIRST}",
    ),
    "acts out of order": (
        tie('kind = "signed"\ndate = "2011"', 'kind = "renewed"\ndate = "1992"'),
        f"facts.toml, {TIE}, acts: The acts stand in the wrong order: one of 2011 comes before one of 1992.",
    ),
    "acts of membership out of order": (
        member(
            '[[network.members.acts]]\nkind = "admitted"\ndate = "2011"\n'
            '[[network.members.acts]]\nkind = "left"\ndate = "2010-12"\n'
        ),
        (
            "facts.toml, network city-twins, member valga, acts: "
            "The acts stand in the wrong order: one of 2011 comes before one of 2010-12."
        ),
    ),
    "an unknown act": (
        tie('kind = "kissed"'),
        f"facts.toml, {TIE}, acts 1 (kissed), kind: Value 'kissed' is not a valid choice.",
    ),
    "a kind of tie that is none": (
        tie().replace("twinning", "marriage"),
        f"facts.toml, {TIE}, kind: Value 'marriage' is not a valid choice.",
    ),
    "a tie that continues none": (
        tie(more='continues = ["valga", "valka", "city-twins"]'),
        (
            f"facts.toml, {TIE}, continues: "
            "There is no partnership of this kind between valga – valka – city-twins yet."
        ),
    ),
    "a member not yet without a reason": (
        member('[[network.members.acts]]\nkind = "not yet"'),
        (
            "facts.toml, network city-twins, member valga, acts 1 (not yet), reason: "
            "“Not yet a member” needs its reason."
        ),
    ),
    "a member whose pair is none": (
        member('pair = ["valga", "valka"]'),
        (
            "facts.toml, network city-twins, member valga, pair: "
            "There is no partnership of city twins between valga – valka."
        ),
    ),
    # Twice in one load
    "the same tie twice": (
        tie() + tie(parties='"valka", "valga"'),
        f"facts.toml, partnership 2 (valka – valga): {TWICE}",
    ),
    "the same party twice": (town("") + town(""), f"facts.toml, party riga: {TWICE}"),
    "the same network twice": (network("") + network(""), f"facts.toml, network city-twins: {TWICE}"),
    "the same member twice": (
        member("") + '[[network.members]]\nparty = "valga"\n',
        f"facts.toml, network city-twins, member valga: {TWICE}",
    ),
    "the same project twice": (project("") + project(""), f"facts.toml, project green: {TWICE}"),
    "the same source twice": (SOURCE, f"facts.toml, source page: {TWICE}"),
    # A statement without a source
    "a tie without a source": (
        tie(more='source = "nowhere"'),
        f"facts.toml, {TIE}, source: {NO_SOURCE}",
    ),
    "a value without a source": (
        town('population = { value = 600000, source = "nowhere" }'),
        f"facts.toml, party riga, population, source: {NO_SOURCE}",
    ),
    "a name without a source": (
        town('names = [{ text = "Riga", source = "nowhere" }]'),
        f"facts.toml, party riga, names (Riga), source: {NO_SOURCE}",
    ),
    "an act without a source": (
        tie('kind = "signed"\nsource = "nowhere"'),
        f"facts.toml, {TIE}, acts 1 (signed), source: {NO_SOURCE}",
    ),
    "a member without a source": (
        member('source = "nowhere"'),
        f"facts.toml, network city-twins, member valga, source: {NO_SOURCE}",
    ),
    # Names and words
    "a name that is too long": (
        town(f'name = "{"R" * 201}"'),
        f"facts.toml, party riga, name: {too_long(200)}",
    ),
    "another name that is too long": (
        town(f'names = [{{ text = "{"R" * 201}", language = "en" }}]'),
        f"facts.toml, party riga, names ({'R' * 201}), text: {too_long(200)}",
    ),
    "an address that is too long": (
        f'[[party]]\nslug = "{"r" * 121}"\nkind = "municipality"\n',
        f"facts.toml, party {'r' * 121}, slug: {too_long(120)}",
    ),
    "an address that is none": (
        '[[party]]\nslug = "Rīga 1"\nkind = "municipality"\n',
        (
            "facts.toml, party Rīga 1, slug: Enter a valid “slug” consisting of letters, numbers, "
            "underscores or hyphens."
        ),
    ),
    "a programme whose key is too long": (
        f'[[programme]]\nslug = "{"p" * 121}"\nname.en = "P"\n',
        f"facts.toml, programme {'p' * 121}, slug: {too_long(120)}",
    ),
    "an office whose key is too long": (
        town(f'[[party.contacts]]\nslug = "{"o" * 121}"\noffice.en = "Office"'),
        f"facts.toml, party riga, contacts ({'o' * 121}), key: {too_long(120)}",
    ),
    "printed words that are too long": (
        town(f'printed = "{"p" * 501}"'),
        "facts.toml, party 4 (riga), printed: String should have at most 500 characters.",
    ),
    "a reason that is too long": (
        town(f'country = {{ value = "LV", stated = "LT", why = "{"w" * 501}" }}'),
        "facts.toml, party 4 (riga), country.why: String should have at most 500 characters.",
    ),
    "a name that is empty": (
        town('name = ""'),
        "facts.toml, party riga, name: The value is empty; leave the field out where nothing is stated.",
    ),
    "a text in no language": (
        tie(more='history.xx = "Once."'),
        f"facts.toml, {TIE}, history.xx: “xx” is not a language code, such as lv or bg.",
    ),
    "a correction without its reason": (
        town('country = { value = "LV", stated = "LT" }'),
        "facts.toml, party riga, country: The value differs from what the source states: say why.",
    ),
    "a field of cooperation that is none": (
        tie(more='fields = ["culture", "gossip"]'),
        f"facts.toml, {TIE}, fields: There is no field of cooperation “gossip”.",
    ),
    "a programme that is none": (
        project('programme = "interreg"'),
        "facts.toml, project green, programme: There is no programme “interreg”.",
    ),
    "a latitude beyond the pole": (
        town("latitude = 91.5"),
        "facts.toml, party riga, latitude: Ensure this value is less than or equal to 90.",
    ),
    "a population below nothing": (
        town("population = -1"),
        "facts.toml, party riga, population: Ensure this value is greater than or equal to 0.",
    ),
    "a number that is none": (
        town("latitude = nan"),
        "facts.toml, party 4 (riga), latitude: Input should be a valid string.",
    ),
    "an identifier of another scheme": (
        town('identifiers = { wikidata = "1234" }'),
        (
            "facts.toml, party riga, identifiers (wikidata): "
            "“1234” does not look like an identifier of wikidata."
        ),
    ),
    "a party of another kind than before": (
        '[[party]]\nslug = "valga"\nkind = "region"\n',
        "facts.toml, party valga, kind: The party is of kind “municipality” already, not “region”.",
    ),
    "a network that is no association": (
        '[[network]]\nparty = "valga"\n',
        "facts.toml, network valga: A network is a party of kind association.",
    ),
    "a size of nothing": (
        network("[[network.sizes]]\nat_least = true"),
        "facts.toml, network city-twins, sizes 1: A size counts members, or countries, or both.",
    ),
    "a project's size of nothing": (
        project("[[project.sizes]]\nat_least = true"),
        "facts.toml, project green, sizes 1: A size counts partners, or countries, or both.",
    ),
    "a post in a body that is none": (
        network('[[network.posts]]\nparty = "valga"\nrole = "chair"\nbody = "board"'),
        "facts.toml, network city-twins, posts (valga, chair), body: The network has no body “board”.",
    ),
    "a body of no kind": (
        network('[[network.bodies]]\nslug = "choir"\nkind = "choir"'),
        "facts.toml, network city-twins, bodies (choir), kind: Value 'choir' is not a valid choice.",
    ),
    "a category that is none": (
        member('category = "friend"'),
        "facts.toml, network city-twins, member valga, category: Value 'friend' is not a valid choice.",
    ),
    "two leads": (
        project(
            '[[project.partners]]\nparty = "valga"\nrole = "lead"\n'
            '[[project.partners]]\nparty = "valka"\nrole = "lead"'
        ),
        "facts.toml, project green, partners 2 (valka): The project has a lead partner already.",
    ),
    "a partner that is both named and not": (
        project('[[project.partners]]\nparty = "valga"\ncountry = "EE"\nrole = "partner"'),
        (
            "facts.toml, project green, partners 1 (valga): "
            "A partner is a party, or a country and how many of it."
        ),
    ),
    "an output of no kind": (
        project('[[project.outputs]]\nkind = "rumour"\ntitle.en = "Psst"'),
        "facts.toml, project green, outputs 1, kind: Value 'rumour' is not a valid choice.",
    ),
    "a cost that is no number": (
        project('cost = "much"'),
        "facts.toml, project green, cost: “much” value must be a decimal number.",
    ),
    # The shape of a file
    "an unknown table": ("[[friendship]]\nslug = 1\n", "facts.toml, friendship: There is no such key here."),
    "an unknown key": (
        town('mayor = "Somebody"'),
        "facts.toml, party 4 (riga), mayor: There is no such key here.",
    ),
    "an unknown key further in": (
        tie('kind = "signed"\ndate = { value = "1995", pritned = "1995" }'),
        f"facts.toml, {TIE}, acts 1 (signed), date.pritned: There is no such key here.",
    ),
    "a record that lacks what it needs": (
        '[[party]]\nslug = "riga"\n',
        "facts.toml, party 4 (riga), kind: This is missing.",
    ),
    "a value that is a list": (
        town("population = [1]"),
        "facts.toml, party 4 (riga), population: Input should be a valid string.",
    ),
    "partners of nobody": (
        project('[[project.partners]]\ncountry = "IT"\ncount = 0\nrole = "partner"'),
        "facts.toml, project 1 (green), partners 1, count: Input should be greater than or equal to 1.",
    ),
}


def refused(*paths: Path) -> list[str]:
    """The problems of a load that is refused; the register is as it was before."""
    by = make_user()
    before = register()
    with pytest.raises(FactsRefusedError) as refusal:
        load_facts(paths, by=by)
    assert register() == before
    assert str(refusal.value) == "\n".join(str(problem) for problem in refusal.value.problems)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_its_file_record_and_field(tmp_path: Path, what: str) -> None:
    text, problem = REFUSED[what]
    assert refused(write(tmp_path, BASE + text)) == [problem]


# Sources -----------------------------------------------------------------------------------------------

DATED, TITLED = 'dated = "2024-03"', 'title = "Partner towns"'


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        (DATED, 'dated = "soon"', f"source page, dated: {NOT_A_DATE}"),
        (DATED, 'not_before = "soon"', f"source page, not_before: {NOT_A_DATE}"),
        ('publisher = "valga"', 'publisher = "riga"', f"source page, publisher: {NO_PARTY}"),
        (TITLED, f'title = "{"t" * 301}"', f"source page, title: {too_long(300)}"),
        (TITLED, 'title = ""', "source page, title: This field cannot be blank."),
        (TITLED, f'{TITLED}\nkind = "song"', "source page, kind: Value 'song' is not a valid choice."),
        (TITLED, f'{TITLED}\nurl = "somewhere"', "source page, url: Enter a valid URL."),
        ('key = "page"\n', "", "source 1, key: This is missing."),
        (
            'read = "2024-05-01"',
            'read = "2024-05"',
            "source 1 (page), read: Input should be a valid date or datetime, input is too short.",
        ),
        (
            DATED,
            f'{DATED}\nnot_before = "2024"',
            "source page: A source has a date of its own or a day it is not older than, not both.",
        ),
    ],
)
def test_a_source_that_cannot_be_is_refused(tmp_path: Path, line: str, instead: str, problem: str) -> None:
    text = SOURCE.replace(line, instead)
    assert text != SOURCE
    assert refused(write(tmp_path, text + TOWNS)) == [f"facts.toml, {problem}"]


@pytest.mark.parametrize("text", [TOWNS, ""])
def test_a_file_without_a_source_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(write(tmp_path, text)) == ["facts.toml, source: This is missing."]


def test_a_file_with_no_source_among_its_sources_is_refused(tmp_path: Path) -> None:
    problems = refused(write(tmp_path, "source = []\n" + TOWNS))
    assert problems == ["facts.toml, source: List should have at least 1 item after validation, not 0."]


# Files -------------------------------------------------------------------------------------------------


def test_a_broken_file_is_refused_with_the_line(tmp_path: Path) -> None:
    (problem,) = refused(write(tmp_path, BASE + "[[partnership]\n"))
    line = BASE.count("\n") + 1
    assert re.fullmatch(rf"facts\.toml: The file is not TOML: .+ \(at line {line}, column \d+\)\.", problem)


def test_a_file_of_other_signs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_bytes(b'title = "Str\xe1nka"')
    (problem,) = refused(path)
    assert problem.startswith("facts.toml: The file is not TOML: 'utf-8' codec can't decode byte 0xe1")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.toml", tmp_path) == [
        f"{tmp_path}/nowhere.toml: The file cannot be read: No such file or directory.",
        f"{tmp_path}: The file cannot be read: Is a directory.",
    ]


# All or nothing ----------------------------------------------------------------------------------------


def test_one_bad_file_keeps_the_good_one_out(tmp_path: Path) -> None:
    good = write(tmp_path, BASE + tie('kind = "signed"\ndate = "1995"'), "good.toml")
    for bad in (
        '[[source]]\nkey = "other"\ntitle = "T"\nread = 2024-05-01\n' + town('country = "XX"'),
        "[[party",
        '[[source]]\nkey = "other"\ntitle = "T"\nread = 2024-05-01\n' + tie(parties='"valga", "riga"'),
    ):
        problems = refused(good, write(tmp_path, bad, "bad.toml"))
        assert [problem.split(",")[0].split(":")[0] for problem in problems] == ["bad.toml"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    first = write(
        tmp_path, BASE + town('country = "XX"\nlatitude = 91') + tie('kind = "signed"\ndate = "soon"')
    )
    assert [problem.split(": ")[0] for problem in refused(first)] == [
        "facts.toml, party riga, country",
        "facts.toml, party riga, latitude",
        f"facts.toml, {TIE}, acts 1 (signed), date",
    ]
    shapes = [write(tmp_path, BASE + town("mayor = 1"), f"{n}.toml") for n in (1, 2)]
    assert refused(*shapes) == [
        f"{n}.toml, party 4 (riga), mayor: There is no such key here." for n in (1, 2)
    ]
    records = write(tmp_path, BASE + tie(parties='"valga"') + tie(parties='"valka", "riga"'))
    assert [problem.split(": ")[0] for problem in refused(records)] == [
        "facts.toml, partnership 1 (valga), parties",
        "facts.toml, partnership 2 (valka – riga), parties",
    ]


def test_an_act_that_stands_in_the_register_is_thought_of(tmp_path: Path) -> None:
    load_facts([write(tmp_path, BASE + tie('kind = "signed"\ndate = "2011"'))], by=make_user())
    later = '[[source]]\nkey = "other"\ntitle = "T"\nread = 2024-05-01\n' + tie(
        'kind = "renewed"\ndate = "1992"'
    )
    assert refused(write(tmp_path, later)) == [
        f"facts.toml, {TIE}, acts: The acts stand in the wrong order: one of 2011 comes before one of 1992."
    ]


def test_a_place_is_told_from_the_outside_in() -> None:
    where = Where("facts.toml", "party riga")
    assert str(where) == "facts.toml, party riga"
    assert str(where.at("names (Rīga)").at("text")) == "facts.toml, party riga, names (Rīga), text"
    assert str(Where("facts.toml")) == "facts.toml"
