"""Whether the site and its database answer, for those who operate it."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client


@pytest.mark.django_db
def test_a_healthy_site_says_so(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError("gone: password=secret")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "the database does not answer"})


@pytest.mark.django_db
def test_the_health_page_is_read_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_page_does_not_hide_behind_https_where_health_is_asked(client: Client, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert client.get("/healthz").status_code == 200
    assert client.get("/en/").status_code == 301
