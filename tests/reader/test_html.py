from contextlib import suppress
from time import process_time

import pytest

from twinhall.reader.html import laid_out
from twinhall.reader.lines import text_of
from twinhall.reader.unreadable import Reason, UnreadableError


def text(html: str) -> str:
    return text_of(laid_out(html).lines)


def test_headings_paragraphs_and_items_are_lines() -> None:
    html = (
        "<h2>Partner <em>towns</em></h2><p>We have\n two&nbsp;partners.<br>Both are old.</p>"
        "<ul><li>Solna, Sweden<li><a href=x>Viljandi</a>, Es&shy;tonia<p>since 1992</p></ul>After"
    )
    assert text(html) == (
        "Partner towns\n\nWe have two partners.\nBoth are old.\n\n"
        "- Solna, Sweden\n- Viljandi, Estonia\nsince 1992\n\nAfter"
    )


def test_a_page_may_begin_with_its_main_part_and_have_no_body() -> None:
    html = "<!doctype html><title>Town</title><main><h1>Partners</h1><p>Solna, Sweden</p></main>"
    assert text(html) == "Partners\n\nSolna, Sweden"


def test_a_row_is_a_line_where_its_cells_are_single_lines() -> None:
    html = (
        "<table><caption>Partners</caption><tr><th>Town<th>Year<tr><td><p>Solna</p><td>1991"
        "<tr><td>Halle<td><tr><td><td></table>"
    )
    assert text(html) == "Partners\n\nTown | Year\nSolna | 1991\nHalle"


def test_a_table_that_lays_out_a_page_is_read_cell_by_cell() -> None:
    html = (
        "<table><tr><td>Menu<td><h1>Towns</h1><p>Solna</p><table><tr><td>a<td>b</table><td>Halle<br>Kolding"
    )
    assert text(html) == "Menu\n\nTowns\n\nSolna\n\na | b\n\nHalle\nKolding"


def test_terms_and_what_is_said_of_them_stand_together() -> None:
    assert text("<dl><dt>Solna<dd>Sweden<dd>1991<dt>Halle<dd>Germany</dl>") == (
        "- Solna\nSweden\n1991\n- Halle\nGermany"
    )


def test_nested_items_are_items() -> None:
    assert text("<ul><li>Europe<ul><li>Solna</li><li>Halle</li></ul>and more</li><li>Asia</ul>") == (
        "- Europe\n- Solna\n- Halle\nand more\n- Asia"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('<p>Paris</p>')</script>",
        "<style>p { content: 'Paris' }</style>",
        "<!-- Paris -->",
        "<noscript>Paris</noscript>",
        "<template><p>Paris</p></template>",
        "<select><option>Paris</select>",
        "<svg><text>Paris</text></svg>",
        "<button>Paris</button>",
        "<iframe>Paris</iframe>",
    ],
)
def test_what_nobody_reads_is_left_out_and_what_follows_is_not(hidden: str) -> None:
    assert text(f"<p>Before {hidden} after</p>") == "Before after"


BODY = (
    "<h1>Twin towns</h1><p>The town has had friends abroad for a long time, and it goes on looking for more. "
    "Each year a delegation comes for the market in September, and choirs sing together in the church.</p>"
    "<ul><li>Solna, Sweden, 1991</li><li>Viljandi, Estonia, 1992</li></ul>"
    "<table><tr><td>Halle</td><td>Germany</td><td>2011</td></tr></table><p>Write to the mayor.</p>"
)
KEPT = (
    "Twin towns",
    "- Solna, Sweden, 1991",
    "- Viljandi, Estonia, 1992",
    "Halle | Germany | 2011",
    "Write to the mayor.",
)
MENU = "<ul>" + "".join(f"<li><a href=/{n}>Department {n}</a></li>" for n in range(30)) + "</ul>"


@pytest.mark.parametrize(
    "page",
    [
        "<nav>{menu}</nav><main>{body}</main><footer>{menu}</footer>",
        "<div class='main-menu'>{menu}</div><div id=content>{body}</div><div id=footer>{menu}</div>",
        "<form id=aspnet><div role=navigation>{menu}</div><div class=x><div>{body}</div></div></form>",
        "<table><tr><td class=nav>{menu}</td><td>{body}</td></tr></table>",
        "<header>{menu}</header><article><header><p>Our friends</p></header>{body}</article>",
    ],
)
def test_lists_and_tables_of_the_text_are_kept_and_menus_are_not(page: str) -> None:
    kept = text(page.format(menu=MENU, body=BODY)).splitlines()
    assert [line for line in KEPT if line not in kept] == []
    assert [line for line in kept if "Department" in line] == []


def test_a_page_of_nothing_but_what_is_named_a_menu_is_kept() -> None:
    assert "- Solna, Sweden, 1991" in text(f"<body><div class='sidebar'>{BODY}</div></body>")


def test_a_page_of_nothing_but_a_list_of_links_is_kept() -> None:
    towns = "".join(f"<li><a href=/{n}>Town {n}, Land</a></li>" for n in range(9))
    assert text(f"<body><h1>Partners</h1><ul>{towns}</ul>").count("- Town ") == 9


@pytest.mark.parametrize("html", ["", "   ", "<", "<!---->", "</p></p>", "\0", "<?xml version='1.0'?>"])
def test_a_page_of_nothing_has_no_lines(html: str) -> None:
    assert text(html).strip() in {"", "<"}


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "deep",
        "<table><tr><td>" * 5_000,
        "<b>x</b>" * 20_000,
        "<p>" + "<" * 100_000,
        "<ul><li>" * 10_000,
        "<p>" + "a b " * 100_000,
        "<a " + "x=y " * 50_000 + ">z",
    ],
)
def test_what_is_made_to_be_slow_is_not(html: str) -> None:
    began = process_time()
    with suppress(UnreadableError):  # those that are nested too deep
        text(html)
    assert process_time() - began < 5


def test_a_page_that_closes_none_of_its_fonts_is_read_to_its_end() -> None:
    assert text("<p>First.</p>" + "<font>Town<br>" * 2_500 + "<p>Last.</p>").endswith("Last.")


def test_a_page_that_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(UnreadableError) as told:
        text("<div>" * 5_000 + "deep")
    assert told.value.reason is Reason.DAMAGED


def test_time_grows_as_the_page_does() -> None:
    part = "<ul><li><a href=x>Town</a>, Land, 1991</li></ul><p>Some <b>words</b> of a paragraph.</p>"

    def seconds(times: int) -> float:
        began = process_time()
        laid_out(part * times)
        return process_time() - began

    seconds(100)
    slow = min(seconds(50_000) for _time in range(3))
    assert slow < 40 * max(seconds(5_000), 0.05)  # squared, it would be a hundredfold


def test_what_a_page_says_of_itself() -> None:
    laid = laid_out("<html lang='et-EE'><title>Sõprus\n linnad</title><p>a<input type=password>")
    assert (laid.title, laid.language, laid.asks_password) == ("Sõprus linnad", "et-EE", True)
    assert laid_out("<html xml:lang=lv><p>a").language == "lv"
