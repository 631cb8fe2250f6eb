"""The words, numbers and signs of a text, as dates are read from them; which numbers cannot be years."""

from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1850, 2099
_YEAR_DIGITS = 4
_SHORT_DIGITS = 2  # a day or a month in figures has no more
_POSTCODE_TOKENS, _POSTCODE_LETTERS = 2, 2  # before the number of a postcode, and letters of a country


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str
    plain: str

    @property
    def number(self) -> int | None:
        return (
            int(self.text)
            if self.text.isascii() and self.text.isdigit() and len(self.text) <= _YEAR_DIGITS
            else None
        )

    @property
    def year(self) -> int | None:
        number = self.number
        return (
            number
            if number and len(self.text) == _YEAR_DIGITS and FIRST_YEAR <= number <= LAST_YEAR
            else None
        )

    @property
    def short(self) -> bool:
        return len(self.text) <= _SHORT_DIGITS


def is_telephone(tokens: list[Token], index: int) -> bool:
    """Whether a number goes on one of three or more digits: +371 6422 1990, 05721/1989."""
    if not index:
        return False
    before, token = tokens[index - 1], tokens[index]
    if before.text in "/-" and index > 1:
        code = tokens[index - 2]
        return code.text.isdigit() and code.text.startswith("0") and len(code.text) > _SHORT_DIGITS
    return (
        before.text.isdigit()
        and len(before.text) > _SHORT_DIGITS
        and before.year is None
        and token.start - before.end == 1
    )


def is_postcode(tokens: list[Token], index: int) -> bool:
    """Whether the letters of a country are joined to a number: DK-2000."""
    if index < _POSTCODE_TOKENS:
        return False
    letters, dash = tokens[index - 2 : index]
    return (
        dash.text == "-"
        and letters.text.isupper()
        and len(letters.text) <= _POSTCODE_LETTERS
        and (letters.end, dash.end) == (dash.start, tokens[index].start)
    )
