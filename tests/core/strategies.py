"""What Hypothesis draws in the tests of several apps."""

import calendar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from twinhall.core.dates import PartialDate

DAYS = st.dates()


@st.composite
def _days(draw: st.DrawFn, years: SearchStrategy[int]) -> PartialDate:
    year, month = draw(years), draw(st.integers(1, 12))
    return PartialDate(year, month, draw(st.integers(1, calendar.monthrange(year, month)[1])))


def partial_dates(*, first: int = 1, last: int = 9999) -> SearchStrategy[PartialDate]:
    """Years, months and days from the first to the last year."""
    years = st.integers(first, last)
    return st.one_of(
        st.builds(PartialDate, years), st.builds(PartialDate, years, st.integers(1, 12)), _days(years)
    )
