"""What an address may ask of a list."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/parties/", "/en/partnerships/"])
def test_an_order_that_the_list_does_not_know_is_refused(client: Client, address: str) -> None:
    answer = client.get(address, {"sort": "mayor"})
    assert answer.status_code == 400
    assert "“mayor” cannot be chosen here." in answer.content.decode()


def test_sorting_again_by_the_same_head_turns_the_order_round(client: Client) -> None:
    page = client.get("/en/parties/", {"sort": "population", "country": ""}).content.decode()
    assert 'href="?country=&amp;sort=-population"' in page or 'href="?sort=-population&amp;country="' in page
