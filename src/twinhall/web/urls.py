from django.urls import path, register_converter

from twinhall.web.kept import kept
from twinhall.web.views import (
    about,
    applications,
    disagreements,
    documents,
    feeds,
    files,
    gallery,
    home,
    maps,
    meetingfeeds,
    meetings,
    networks,
    parties,
    partnerships,
    projects,
    reports,
    search,
    sources,
)


class _Word:
    """One of a few words in an address."""

    regex: str

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Sheet(_Word):
    """The formats that every list is given in as a file."""

    regex = "csv|xlsx"


class Chart(_Word):
    """The formats of a list whose records lie somewhere."""

    regex = "csv|geojson|xlsx"


class Listed(_Word):
    """The lists that are given as files."""

    regex = "parties|partnerships|networks|projects"


for _name, _words in (("sheet", Sheet), ("chart", Chart), ("listed", Listed)):
    register_converter(_words, _name)

app_name = "web"

urlpatterns = [
    path("", kept(home.home), name="home"),
    path("parties/", kept(parties.party_list), name="parties"),
    path("parties/map.json", maps.party_map, name="parties-map"),
    path("parties/<slug:slug>/ties.json", maps.party_ties, name="party-ties"),
    path("parties.<chart:suffix>", files.party_file, name="parties-file"),
    path("parties/<slug:slug>/changes.atom", feeds.party_changes, name="party-changes"),
    path("parties/<slug:slug>/", kept(parties.party_detail), name="party"),
    path("partnerships/", kept(partnerships.partnership_list), name="partnerships"),
    path("partnerships/map.json", maps.partnership_map, name="partnerships-map"),
    path("partnerships.<chart:suffix>", files.partnership_file, name="partnerships-file"),
    path("partnerships/<slug:slug>/", kept(partnerships.partnership_detail), name="partnership"),
    path("networks/", kept(networks.network_list), name="networks"),
    path("networks.<sheet:suffix>", files.network_file, name="networks-file"),
    path("networks/<slug:slug>/members.<chart:suffix>", files.member_file, name="members-file"),
    path(
        "networks/<slug:slug>/members.csv-metadata.json",
        files.columns,
        {"name": "members"},
        name="member-columns",
    ),
    path("networks/<slug:slug>/members.pdf", files.member_paper, name="members-paper"),
    path("networks/<slug:slug>/apply/", applications.apply, name="apply"),
    path("networks/<slug:slug>/apply/thanks/", applications.applied, name="applied"),
    path("networks/<slug:slug>/", kept(networks.network_detail), name="network"),
    path("projects/", kept(projects.project_list), name="projects"),
    path("projects.<sheet:suffix>", files.project_file, name="projects-file"),
    path("projects/<slug:slug>/", kept(projects.project_detail), name="project"),
    path("meetings/", kept(meetings.meeting_list), name="meetings"),
    path("meetings.ics", meetingfeeds.meetings_calendar, name="meetings-calendar"),
    path("meetings.atom", meetingfeeds.meetings_atom, name="meetings-atom"),
    path("meetings/<slug:slug>.ics", meetingfeeds.meeting_calendar, name="meeting-calendar"),
    path("meetings/<slug:slug>/", kept(meetings.meeting_detail), name="meeting"),
    path("<listed:name>.csv-metadata.json", files.columns, name="columns"),
    path("changes.atom", feeds.register_changes, name="changes"),
    path("sources/", kept(sources.source_list), name="sources"),
    path("sources/<int:pk>/", kept(sources.source_detail), name="source"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("report/<int:statement>/", reports.report, name="report"),
    path("report/<int:statement>/thanks/", reports.reported, name="reported"),
    path("disagreements/", kept(disagreements.disagreement_list), name="disagreements"),
    path("search/", kept(search.search_page), name="search"),
    path("search/suggest/", kept(search.suggest), name="suggest"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("components/", gallery.components, name="components"),
]
