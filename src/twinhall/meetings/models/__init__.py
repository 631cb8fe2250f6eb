from twinhall.meetings.models.agenda import Item, Paper
from twinhall.meetings.models.attendance import (
    Attendance,
    AttendanceRole,
    Invitee,
    MeetingLetter,
    Registration,
)
from twinhall.meetings.models.commitments import Commitment, CommitmentState
from twinhall.meetings.models.decisions import (
    Choice,
    Decision,
    DecisionDeed,
    Majority,
    Method,
    Outcome,
    RollVote,
)
from twinhall.meetings.models.meetings import (
    FIRST_YEAR,
    LAST_YEAR,
    Meeting,
    MeetingKind,
    MeetingState,
    QuorumRule,
)
from twinhall.meetings.models.minutes import Checker, Minutes, MinutesState, Passage, digest_of
from twinhall.meetings.models.visits import Cost, Gift, ProgrammeLine
from twinhall.meetings.models.volumes import VOLUMES_KEPT, Volume

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "VOLUMES_KEPT",
    "Attendance",
    "AttendanceRole",
    "Checker",
    "Choice",
    "Commitment",
    "CommitmentState",
    "Cost",
    "Decision",
    "DecisionDeed",
    "Gift",
    "Invitee",
    "Item",
    "Majority",
    "Meeting",
    "MeetingKind",
    "MeetingLetter",
    "MeetingState",
    "Method",
    "Minutes",
    "MinutesState",
    "Outcome",
    "Paper",
    "Passage",
    "ProgrammeLine",
    "QuorumRule",
    "Registration",
    "RollVote",
    "Volume",
    "digest_of",
]
