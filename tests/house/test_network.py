"""The suite reaches no other machine."""

import socket
import urllib.request

import pytest

from tests.conftest import ClosedNetworkError

ELSEWHERE = "192.0.2.1"
"""Set aside for documentation by RFC 5737: nothing answers there."""


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(ClosedNetworkError) as refusal:
        connection.connect((ELSEWHERE, 80))
    assert str(refusal.value) == f"A test tried to reach {ELSEWHERE}."


@pytest.mark.parametrize("address", [(ELSEWHERE, 80), ("2001:db8::1", 80, 0, 0), ("twinhall.example", 443)])
def test_no_other_address_is_reached_in_any_way(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(ClosedNetworkError):
        connection.connect_ex(address)


def test_no_message_is_sent_to_another_machine() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(ClosedNetworkError):
        sender.sendto(b"Valga", (ELSEWHERE, 53))


def test_a_name_is_not_looked_up_elsewhere() -> None:
    with pytest.raises(ClosedNetworkError) as refusal:
        socket.create_connection(("twinhall.example", 443), timeout=1)
    assert str(refusal.value) == "A test tried to reach twinhall.example."


def test_a_page_is_not_fetched() -> None:
    with pytest.raises(ClosedNetworkError):
        urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1)


def test_this_machine_is_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as connection,
    ):
        connection.sendall(b"Valga")
        answer, _ = server.accept()
        with answer:
            assert answer.recv(5) == b"Valga"
