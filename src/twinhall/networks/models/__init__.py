from twinhall.networks.models.applications import Application, Enclosure, Outcome, Requirement, Stage
from twinhall.networks.models.bodies import OF_MEMBERS, Body, BodyKind, Post, PostRole
from twinhall.networks.models.memberships import (
    COARSER_CATEGORY,
    MEMBERSHIP_RULES,
    MEMBERSHIP_STATUS_AFTER,
    Category,
    Membership,
    MembershipAct,
    MembershipActKind,
    MembershipSpell,
    MembershipStatus,
)
from twinhall.networks.models.networks import Network, NetworkSize

__all__ = [
    "COARSER_CATEGORY",
    "MEMBERSHIP_RULES",
    "MEMBERSHIP_STATUS_AFTER",
    "OF_MEMBERS",
    "Application",
    "Body",
    "BodyKind",
    "Category",
    "Enclosure",
    "Membership",
    "MembershipAct",
    "MembershipActKind",
    "MembershipSpell",
    "MembershipStatus",
    "Network",
    "NetworkSize",
    "Outcome",
    "Post",
    "PostRole",
    "Requirement",
    "Stage",
]
