from django.urls import path, register_converter

from twinhall.desk.views import (
    agendas,
    answers,
    applications,
    attendance,
    bodies,
    calling,
    changing,
    commitmentdeeds,
    commitments,
    dashboard,
    decisions,
    documents,
    facts,
    findings,
    history,
    invitees,
    letters,
    meetingpage,
    meetings,
    membershipdeeds,
    membershippage,
    memberships,
    merging,
    minutefiles,
    minutes,
    minuting,
    networks,
    papers,
    parties,
    partnerships,
    people,
    projects,
    publishing,
    readfacts,
    readings,
    requirements,
    rows,
    texts,
    visitpage,
    visits,
    voting,
    withdrawing,
)


class FileSuffix:
    """The formats that lists are given in as files."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PaperSuffix(FileSuffix):
    """The formats of lists that people sign: on paper, and to count with."""

    regex = "pdf|xlsx"


register_converter(FileSuffix, "suffix")
register_converter(PaperSuffix, "paper")

app_name = "desk"

urlpatterns = [
    path("", dashboard.Dashboard.as_view(), name="dashboard"),
    # Parties
    path("parties/", parties.PartyList.as_view(), name="parties"),
    path("parties.<suffix:suffix>", parties.PartyList.as_view(), name="parties-file"),
    path("parties/add/", parties.PartyAdd.as_view(), name="party-add"),
    path("parties/<slug:slug>/", parties.PartyPage.as_view(), name="party"),
    path("parties/<slug:slug>/names/add/", parties.NameAdd.as_view(), name="name-add"),
    path("parties/<slug:slug>/identifiers/add/", parties.IdentifierAdd.as_view(), name="identifier-add"),
    path("parties/<slug:slug>/contacts/add/", parties.ContactAdd.as_view(), name="contact-add"),
    path("parties/<slug:slug>/predecessors/add/", parties.SuccessionAdd.as_view(), name="succession-add"),
    path("parties/<slug:slug>/people/", people.People.as_view(), name="people"),
    path(
        "parties/<slug:slug>/people/<int:pk>/end/",
        people.EndAffiliation.as_view(),
        name="affiliation-end",
    ),
    path(
        "parties/<slug:slug>/invitations/<int:pk>/withdraw/",
        people.WithdrawInvitation.as_view(),
        name="invitation-withdraw",
    ),
    # Partnerships
    path("partnerships/", partnerships.PartnershipList.as_view(), name="partnerships"),
    path("partnerships.<suffix:suffix>", partnerships.PartnershipList.as_view(), name="partnerships-file"),
    path("partnerships/add/", partnerships.PartnershipAdd.as_view(), name="partnership-add"),
    path("partnerships/<slug:slug>/", partnerships.PartnershipPage.as_view(), name="partnership"),
    path("partnerships/<slug:slug>/acts/add/", partnerships.ActAdd.as_view(), name="partnership-act-any"),
    path(
        "partnerships/<slug:slug>/acts/add/<str:kind>/",
        partnerships.ActAdd.as_view(),
        name="partnership-act",
    ),
    path("partnerships/<slug:slug>/confirm/", partnerships.Confirm.as_view(), name="partnership-confirm"),
    path("partnerships/<slug:slug>/contest/", partnerships.Contest.as_view(), name="partnership-contest"),
    # Networks and memberships
    path("networks/", networks.NetworkList.as_view(), name="networks"),
    path("networks.<suffix:suffix>", networks.NetworkList.as_view(), name="networks-file"),
    path("networks/add/", networks.NetworkAdd.as_view(), name="network-add"),
    path("networks/<slug:slug>/", networks.NetworkPage.as_view(), name="network"),
    path("networks/<slug:slug>/members/add/", memberships.MemberAdd.as_view(), name="member-add"),
    path("memberships/", memberships.MembershipList.as_view(), name="memberships"),
    path("memberships.<suffix:suffix>", memberships.MembershipList.as_view(), name="memberships-file"),
    path("memberships/add/", memberships.Join.as_view(), name="membership-add"),
    path("memberships/<int:pk>/", membershippage.MembershipPage.as_view(), name="membership"),
    path(
        "memberships/<int:pk>/acts/add/<str:kind>/",
        membershipdeeds.MembershipDeed.as_view(),
        name="membership-act",
    ),
    path("memberships/<int:pk>/ties/", memberships.Ties.as_view(), name="membership-ties"),
    path(
        "memberships/<int:pk>/certificate.pdf",
        membershippage.Certificate.as_view(),
        name="membership-certificate",
    ),
    # Bodies and posts
    path("networks/<slug:slug>/bodies/add/", bodies.BodyAdd.as_view(), name="body-add"),
    path("networks/<slug:slug>/posts/add/", bodies.PostAdd.as_view(), name="post-add"),
    path("bodies/<int:pk>/end/", bodies.BodyEnd.as_view(), name="body-end"),
    path("posts/<int:pk>/end/", bodies.PostEnd.as_view(), name="post-end"),
    # Applications
    path("applications/", applications.ApplicationList.as_view(), name="applications"),
    path("applications/<int:pk>/", applications.ApplicationPage.as_view(), name="application"),
    path("applications/<int:pk>/complete/", applications.Complete.as_view(), name="application-complete"),
    path("applications/<int:pk>/missing/", applications.AskMissing.as_view(), name="application-missing"),
    path("applications/<int:pk>/papers/add/", applications.PaperAdd.as_view(), name="application-paper"),
    path("applications/<int:pk>/aside/", applications.LayAside.as_view(), name="application-aside"),
    path(
        "networks/<slug:slug>/applications/add/",
        applications.ApplicationAdd.as_view(),
        name="application-add",
    ),
    path("networks/<slug:slug>/papers/", requirements.Requirements.as_view(), name="requirements"),
    path(
        "networks/<slug:slug>/papers/<int:number>/drop/",
        requirements.RequirementDrop.as_view(),
        name="requirement-drop",
    ),
    # Projects
    path("projects/", projects.ProjectList.as_view(), name="projects"),
    path("projects.<suffix:suffix>", projects.ProjectList.as_view(), name="projects-file"),
    path("projects/add/", projects.ProjectAdd.as_view(), name="project-add"),
    path("projects/<slug:slug>/", projects.ProjectPage.as_view(), name="project"),
    path("projects/<slug:slug>/partners/add/", projects.PartnerAdd.as_view(), name="partner-add"),
    path("projects/<slug:slug>/activities/add/", projects.ActivityAdd.as_view(), name="activity-add"),
    path("projects/<slug:slug>/outputs/add/", projects.OutputAdd.as_view(), name="output-add"),
    # Meetings
    path("meetings/", meetings.MeetingList.as_view(), name="meetings"),
    path("meetings.<suffix:suffix>", meetings.MeetingList.as_view(), name="meetings-file"),
    path("meetings/add/", meetings.MeetingAdd.as_view(), name="meeting-add"),
    path("meetings/<slug:slug>/", meetingpage.MeetingPage.as_view(), name="meeting"),
    path("meetings/<slug:slug>/change/", meetings.MeetingChange.as_view(), name="meeting-change"),
    path("meetings/<slug:slug>/agenda/", agendas.Agenda.as_view(), name="meeting-agenda"),
    path("meetings/<slug:slug>/agenda.pdf", papers.AgendaFile.as_view(), name="meeting-agenda-file"),
    path("meetings/<slug:slug>/agenda/order/", agendas.AgendaOrder.as_view(), name="agenda-order"),
    path("meetings/<slug:slug>/items/<int:pk>/", agendas.ItemChange.as_view(), name="item-change"),
    path("meetings/<slug:slug>/items/<int:pk>/remove/", agendas.ItemRemove.as_view(), name="item-remove"),
    path("meetings/<slug:slug>/papers/add/", papers.PaperAdd.as_view(), name="paper-add"),
    path("meetings/<slug:slug>/papers/<int:pk>/", papers.PaperFile.as_view(), name="paper"),
    path("meetings/<slug:slug>/papers/<int:pk>/remove/", papers.PaperRemove.as_view(), name="paper-remove"),
    path("meetings/<slug:slug>/invitees/", invitees.Invitees.as_view(), name="meeting-invitees"),
    path("meetings/<slug:slug>/invitees/many/", invitees.InviteMany.as_view(), name="invite-many"),
    path(
        "meetings/<slug:slug>/invitees/<int:pk>/remove/",
        invitees.InviteeRemove.as_view(),
        name="invitee-remove",
    ),
    path("meetings/<slug:slug>/call/", calling.Call.as_view(), name="meeting-call"),
    path("meetings/<slug:slug>/tell/", calling.Tell.as_view(), name="meeting-tell"),
    path("meetings/<slug:slug>/remind/", calling.Remind.as_view(), name="meeting-remind"),
    path("meetings/<slug:slug>/cancel/", calling.Cancel.as_view(), name="meeting-cancel"),
    path("meetings/<slug:slug>/publish/", publishing.Publish.as_view(), name="meeting-publish"),
    path("meetings/<slug:slug>/unpublish/", publishing.Unpublish.as_view(), name="meeting-unpublish"),
    # Meetings: who comes, what is decided
    path(
        "meetings/<slug:slug>/answer/<slug:party>/",
        answers.Answer.as_view(),
        name="meeting-answer",
    ),
    path("meetings/<slug:slug>/attendance/", attendance.AttendancePage.as_view(), name="meeting-attendance"),
    path(
        "meetings/<slug:slug>/attendance.<paper:suffix>",
        attendance.AttendanceFile.as_view(),
        name="meeting-attendance-file",
    ),
    path("meetings/<slug:slug>/attendance/add/", answers.SeatAdd.as_view(), name="seat-add"),
    path(
        "meetings/<slug:slug>/attendance/signed/",
        attendance.SignedList.as_view(),
        name="attendance-signed",
    ),
    path("meetings/<slug:slug>/decisions/add/", voting.DecisionAdd.as_view(), name="decision-add"),
    path("decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("decisions.<suffix:suffix>", decisions.DecisionList.as_view(), name="decisions-file"),
    path("decisions/<int:pk>/", decisions.DecisionPage.as_view(), name="decision"),
    path("decisions/<int:pk>/roll/", voting.RollCall.as_view(), name="decision-roll"),
    path("decisions/<int:pk>/take/", voting.Take.as_view(), name="decision-take"),
    path("decisions/<int:pk>/reopen/", voting.Reopen.as_view(), name="decision-reopen"),
    path("decisions/<int:pk>/withdraw/", voting.Withdraw.as_view(), name="decision-withdraw"),
    # Minutes
    path("meetings/<slug:slug>/minutes/", minutes.MinutesPage.as_view(), name="minutes"),
    path("meetings/<slug:slug>/minutes.pdf", minutefiles.MinutesFile.as_view(), name="minutes-file"),
    path("meetings/<slug:slug>/minutes/begin/", minutes.Begin.as_view(), name="minutes-begin"),
    path("meetings/<slug:slug>/minutes/items/<int:pk>/", minuting.Write.as_view(), name="minutes-write"),
    path(
        "meetings/<slug:slug>/minutes/items/<int:pk>/revisions/",
        minuting.Revisions.as_view(),
        name="minutes-revisions",
    ),
    path("meetings/<slug:slug>/minutes/checkers/", minuting.Checkers.as_view(), name="minutes-checkers"),
    path("meetings/<slug:slug>/minutes/sign/", minuting.Sign.as_view(), name="minutes-sign"),
    path("meetings/<slug:slug>/minutes/approve/", minuting.Approve.as_view(), name="minutes-approve"),
    path("meetings/<slug:slug>/minutes/series/", minutes.Series.as_view(), name="minutes-series"),
    path(
        "meetings/<slug:slug>/minutes/series/<int:year>/",
        minutefiles.VolumePage.as_view(),
        name="minutes-volume",
    ),
    path(
        "meetings/<slug:slug>/minutes/series/<int:year>.pdf",
        minutefiles.VolumeFile.as_view(),
        name="minutes-volume-file",
    ),
    # Commitments
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("commitments.<suffix:suffix>", commitments.CommitmentList.as_view(), name="commitments-file"),
    path(
        "meetings/<slug:slug>/commitments/add/",
        commitmentdeeds.CommitmentAdd.as_view(),
        name="commitment-add",
    ),
    path("commitments/<int:pk>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path(
        "commitments/<int:pk>/change/", commitmentdeeds.CommitmentChange.as_view(), name="commitment-change"
    ),
    path("commitments/<int:pk>/done/", commitmentdeeds.Done.as_view(), name="commitment-done"),
    path("commitments/<int:pk>/drop/", commitmentdeeds.Drop.as_view(), name="commitment-drop"),
    path("commitments/<int:pk>/reopen/", commitmentdeeds.Reopen.as_view(), name="commitment-reopen"),
    # Visits
    path("meetings/<slug:slug>/programme.pdf", visitpage.ProgrammeFile.as_view(), name="programme-file"),
    path("meetings/<slug:slug>/programme/add/", visits.LineAdd.as_view(), name="programme-add"),
    path("meetings/<slug:slug>/programme/<int:pk>/", visits.LineChange.as_view(), name="programme-change"),
    path(
        "meetings/<slug:slug>/programme/<int:pk>/remove/",
        visits.LineRemove.as_view(),
        name="programme-remove",
    ),
    path("meetings/<slug:slug>/gifts/add/", visits.GiftAdd.as_view(), name="gift-add"),
    path("meetings/<slug:slug>/gifts/<int:pk>/", visits.GiftChange.as_view(), name="gift-change"),
    path("meetings/<slug:slug>/gifts/<int:pk>/remove/", visits.GiftRemove.as_view(), name="gift-remove"),
    path("meetings/<slug:slug>/costs/add/", visits.CostAdd.as_view(), name="cost-add"),
    path("meetings/<slug:slug>/costs/<int:pk>/", visits.CostChange.as_view(), name="cost-change"),
    path("meetings/<slug:slug>/costs/<int:pk>/remove/", visits.CostRemove.as_view(), name="cost-remove"),
    # Any record, by its kind and number
    path("records/<str:kind>/<int:pk>/change/", changing.Change.as_view(), name="change"),
    path("records/<str:kind>/<int:pk>/history/", history.History.as_view(), name="history"),
    path("records/<str:kind>/<int:pk>/withdraw/", withdrawing.Withdraw.as_view(), name="withdraw"),
    path("records/<str:kind>/<int:pk>/restore/", withdrawing.Restore.as_view(), name="restore"),
    path("records/<str:kind>/<int:pk>/documents/add/", documents.DocumentAdd.as_view(), name="document-add"),
    path("records/<str:kind>/<int:pk>/facts/<str:field>/", facts.FactPage.as_view(), name="fact"),
    path("records/<str:kind>/<int:pk>/texts/<str:field>/", texts.Texts.as_view(), name="texts"),
    path("records/<str:kind>/<int:pk>/merge/", merging.MergeInto.as_view(), name="merge"),
    path("merges/", merging.MergeList.as_view(), name="merges"),
    path("merges/<int:pk>/undo/", merging.UndoMerge.as_view(), name="merge-undo"),
    path("statements/<int:pk>/<str:deed>/", facts.StatementDeed.as_view(), name="statement"),
    path("documents/<int:pk>/", documents.DocumentPage.as_view(), name="document"),
    # What people outside report
    path("findings/", findings.FindingList.as_view(), name="findings"),
    path("findings/<int:pk>/", findings.FindingPage.as_view(), name="finding"),
    # Letters that go out
    path("letters/", letters.LetterList.as_view(), name="letters"),
    path("letters/<int:pk>/", letters.LetterPage.as_view(), name="letter"),
    path("letters/<int:pk>/<str:deed>/", letters.LetterDeed.as_view(), name="letter-deed"),
    # What loading tables left in doubt
    path("rows/", rows.RowList.as_view(), name="rows"),
    path("rows/<int:pk>/", rows.RowPage.as_view(), name="row"),
    # Pages that are read, and what they state
    path("parties/<slug:slug>/readings/add/", readings.ReadPage.as_view(), name="reading-add"),
    path("readings/<int:pk>/", readings.ReadingPage.as_view(), name="reading"),
    path("readings/<int:pk>/agreeing/", readings.AcceptAgreeing.as_view(), name="reading-agreeing"),
    path("readings/<int:pk>/<int:number>/accept/", readfacts.AcceptFact.as_view(), name="read-accept"),
    path("readings/<int:pk>/<int:number>/correct/", readfacts.CorrectFact.as_view(), name="read-correct"),
    path("readings/<int:pk>/<int:number>/reject/", readfacts.RejectFact.as_view(), name="read-reject"),
    path("readings/<int:pk>/<int:number>/reopen/", readfacts.ReopenFact.as_view(), name="read-reopen"),
]
