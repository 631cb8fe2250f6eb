from django.urls import path, register_converter

from twinhall.desk.views import (
    changing,
    dashboard,
    documents,
    facts,
    findings,
    history,
    merging,
    networks,
    parties,
    partnerships,
    people,
    projects,
    readings,
    rows,
    texts,
    withdrawing,
)


class FileSuffix:
    """The formats that lists are given in as files."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileSuffix, "suffix")

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
    path("networks/<slug:slug>/members/add/", networks.MemberAdd.as_view(), name="member-add"),
    path("memberships/", networks.MembershipList.as_view(), name="memberships"),
    path("memberships.<suffix:suffix>", networks.MembershipList.as_view(), name="memberships-file"),
    path("memberships/add/", networks.Join.as_view(), name="membership-add"),
    path("memberships/<int:pk>/", networks.MembershipPage.as_view(), name="membership"),
    path(
        "memberships/<int:pk>/acts/add/<str:kind>/", networks.MembershipDeed.as_view(), name="membership-act"
    ),
    # Projects
    path("projects/", projects.ProjectList.as_view(), name="projects"),
    path("projects.<suffix:suffix>", projects.ProjectList.as_view(), name="projects-file"),
    path("projects/add/", projects.ProjectAdd.as_view(), name="project-add"),
    path("projects/<slug:slug>/", projects.ProjectPage.as_view(), name="project"),
    path("projects/<slug:slug>/partners/add/", projects.PartnerAdd.as_view(), name="partner-add"),
    path("projects/<slug:slug>/activities/add/", projects.ActivityAdd.as_view(), name="activity-add"),
    path("projects/<slug:slug>/outputs/add/", projects.OutputAdd.as_view(), name="output-add"),
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
    # What loading tables left in doubt
    path("rows/", rows.RowList.as_view(), name="rows"),
    path("rows/<int:pk>/", rows.RowPage.as_view(), name="row"),
    # Pages that are read, and what they state
    path("parties/<slug:slug>/readings/add/", readings.ReadPage.as_view(), name="reading-add"),
    path("readings/<int:pk>/", readings.ReadingPage.as_view(), name="reading"),
    path("readings/<int:pk>/agreeing/", readings.AcceptAgreeing.as_view(), name="reading-agreeing"),
    path("readings/<int:pk>/<int:number>/accept/", readings.AcceptFact.as_view(), name="read-accept"),
    path("readings/<int:pk>/<int:number>/correct/", readings.CorrectFact.as_view(), name="read-correct"),
    path("readings/<int:pk>/<int:number>/reject/", readings.RejectFact.as_view(), name="read-reject"),
    path("readings/<int:pk>/<int:number>/reopen/", readings.ReopenFact.as_view(), name="read-reopen"),
]
