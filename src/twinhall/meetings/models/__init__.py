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
from twinhall.meetings.models.meetings import Meeting, MeetingKind, MeetingState, QuorumRule
from twinhall.meetings.models.minutes import Checker, Minutes, MinutesState, Passage, digest_of
from twinhall.meetings.models.visits import Cost, Gift, ProgrammeLine

__all__ = [
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
    "digest_of",
]
