"""Types of requests that only signed-in people make."""

from django.http import HttpRequest

from twinhall.accounts.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in; ``login_required`` sees to it."""

    user: User
