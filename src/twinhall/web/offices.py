"""Bodies and posts of a network as its page shows them: those of the day, and those of other days."""

import datetime as dt

from django.utils.translation import gettext as _

from twinhall.core.languages import Text, best
from twinhall.networks.models import Body, Network, Post
from twinhall.web import rows
from twinhall.web.names import Names
from twinhall.web.notes import Evidence


def offices(network: Network, day: dt.date, names: Names, evidence: Evidence) -> dict[str, object]:
    """Bodies and posts of the day, those of other days, and where the network is reached."""
    bodies, posts = network.bodies.all(), network.posts.all()
    return {
        "bodies": [_body(body, evidence) for body in bodies if is_held(body, day)],
        "posts": [_post(post, names, evidence) for post in posts if is_held(post, day)],
        "other_bodies": [_body(body, evidence) for body in bodies if not is_held(body, day)],
        "other_posts": [_post(post, names, evidence) for post in posts if not is_held(post, day)],
        "contacts": [
            (c, best(c.office), evidence.marks(_("Contact"), c)) for c in network.party.contacts.all()
        ],
    }


def is_held(office: Body | Post, day: dt.date) -> bool:
    """Whether a body or a post can be there on the day; one of a year is there all that year."""
    has_begun = office.since is None or office.since.first_day <= day
    return has_begun and (office.until is None or day <= office.until.last_day)


def _body(body: Body, evidence: Evidence) -> tuple[Body, Text, list[int]]:
    """A body with its name and notes."""
    name = best(body.name)
    return body, name, evidence.marks(name.text or body.get_kind_display(), body)


def _post(post: Post, names: Names, evidence: Evidence) -> tuple[Post, rows.Link, Text, list[int]]:
    """A post with who holds it, its body or occasion, and its notes."""
    what = best(post.body.name if post.body else post.occasion)
    marks = evidence.marks(names.text(post.party), post, "exists", "since", "until")
    return post, rows.party_link(post.party, names), what, marks
