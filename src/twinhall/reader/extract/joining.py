"""When a town joined or left a network, in which role, and why it has not yet."""

from twinhall.core.dates import PartialDate
from twinhall.reader.extract.dating import Dated, Span, dated
from twinhall.reader.extract.scene import Scene

_UNTIL = 8  # characters before a date in which "until" begins
_JOINED = {"joined", "sign", "start", "agreement", "plain", "member", "founded", "head"}
_ROLES = (
    ("akt", "active member"),
    ("act", "active member"),
    ("актив", "active member"),
    ("ενεργ", "active member"),
    ("atyv", "active member"),
)


def _is_last(scene: Scene, each: Dated) -> bool:
    """Whether "until" stands right before a date: the Polish "do" also says "to" of what is joined."""
    at = each.told.start
    return each.role == "until" and scene.has(max(each.span[0], at - _UNTIL), at, "act.until")


def until_of(scene: Scene, span: Span) -> PartialDate | None:
    """When a membership ended, where a sentence tells it."""
    ends = [each for each in dated(scene, span) if each.role == "end" or _is_last(scene, each)]
    return ends[0].told.date if ends else None


def reason_of(scene: Scene, span: Span) -> str:
    """The words after "because", or the whole sentence."""
    text = scene.text[span[0] : span[1]]
    because = scene.hits(*span, "net.because")
    return (scene.text[because[0].end : span[1]] if because else text).strip(" ,.:*")[:200]


def since_of(scene: Scene, span: Span) -> PartialDate | None:
    """When the subject joined: a date beside the word for membership, not the network's founding alone."""
    dates = dated(scene, span)
    joined = [
        each
        for each in dates
        if each.role in _JOINED - {"founded"} or (each.role == "until" and not _is_last(scene, each))
    ]
    if joined:
        return joined[0].told.date
    founded = [each for each in dates if each.role == "founded"]
    if founded and scene.has(*span, "net.founder"):
        return founded[0].told.date
    return (
        founded[0].told.date
        if founded and len(dates) == 1 and _member_near(scene, founded[0].told.start)
        else None
    )


def _member_near(scene: Scene, at: int) -> bool:
    return scene.has(max(0, at - 60), at, "net.member")


def role_of(scene: Scene, span: Span) -> str:
    """What sort of member a sentence tells: founding, active, or just a member."""
    if scene.has(*span, "net.founder"):
        return "founding member"
    for hit in scene.hits(*span, "net.observer"):
        text = scene.text[hit.start : hit.end].casefold()
        for beginning, role in _ROLES:
            if text.startswith(beginning):
                return role
    return "member"
