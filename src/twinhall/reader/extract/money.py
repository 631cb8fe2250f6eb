"""Amounts of money in a text, with their currencies."""

import re
from decimal import Decimal

from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.scene import Scene

_NUMBER = re.compile(r"\d{1,3}(?:[  .,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "евр": "EUR", "євро": "EUR", "ευρω": "EUR", "evr": "EUR",
    "avro": "EUR", "eiro": "EUR", "pln": "PLN", "zł": "PLN", "nok": "NOK", "sek": "SEK", "dkk": "DKK",
    "czk": "CZK", "kč": "CZK", "huf": "HUF", "ft": "HUF", "forint": "HUF", "£": "GBP", "gbp": "GBP",
    "usd": "USD", "$": "USD", "bgn": "BGN", "лв": "BGN", "ron": "RON", "lei": "RON", "chf": "CHF",
    "rsd": "RSD", "uah": "UAH", "грн": "UAH", "hrk": "HRK", "ltl": "LTL", "lvl": "LVL", "eek": "EEK",
}  # fmt: skip
_MANY = {
    "mil": 1_000_000,
    "mio": 1_000_000,
    "mln": 1_000_000,
    "млн": 1_000_000,
    "εκατ": 1_000_000,
    "milj": 1_000_000,
    "тис": 1_000,
    "tis": 1_000,
    "tys": 1_000,
    "tūkst": 1_000,
    "tuhat": 1_000,
    "bin": 1_000,
    "хил": 1_000,
    "тыс": 1_000,
}
_CROWN = {"no": "NOK", "sv": "SEK", "da": "DKK", "cs": "CZK", "sk": "SKK"}
_NOT_MONEY = 3
_AMOUNT_WORDS = 3  # after a number, among which its currency stands: "million of euro"


def amount_in(scene: Scene, span: Span) -> tuple[Decimal | None, str]:
    text = scene.text[slice(*span)]
    for match in _NUMBER.finditer(text):
        after = text[match.end() : match.end() + 30].casefold().strip()
        before = text[max(0, match.start() - 6) : match.start()].casefold().strip()
        currency = _currency(scene, after, before)
        if not currency:
            continue
        amount = _decimal(match.group())
        amount *= next((factor for word, factor in _MANY.items() if after.startswith(word)), 1)
        return amount, currency
    return None, ""


def _currency(scene: Scene, after: str, before: str) -> str:
    head = after.split()[:_AMOUNT_WORDS]
    for word in head:
        for sign, code in _CURRENCIES.items():
            if word.startswith(sign):
                return code
        if word.startswith(("kr", "kč", "koron")):
            return _CROWN.get(scene.language, "")
    return next((code for sign, code in _CURRENCIES.items() if before.endswith(sign)), "")


def _decimal(text: str) -> Decimal:
    bare = re.sub(r"[  ]", "", text)
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0 and len(bare) - last - 1 != _NOT_MONEY:
        whole, rest = bare[:last], bare[last + 1 :]
    else:
        whole, rest = bare, ""
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits}.{rest}" if rest else digits)
