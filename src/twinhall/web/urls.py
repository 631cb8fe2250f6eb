from django.urls import path

from twinhall.web.views import (
    about,
    disagreements,
    documents,
    gallery,
    home,
    networks,
    parties,
    partnerships,
    projects,
    reports,
    search,
    sources,
)

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("parties/", parties.party_list, name="parties"),
    path("parties/<slug:slug>/", parties.party_detail, name="party"),
    path("partnerships/", partnerships.partnership_list, name="partnerships"),
    path("partnerships/<slug:slug>/", partnerships.partnership_detail, name="partnership"),
    path("networks/", networks.network_list, name="networks"),
    path("networks/<slug:slug>/", networks.network_detail, name="network"),
    path("projects/", projects.project_list, name="projects"),
    path("projects/<slug:slug>/", projects.project_detail, name="project"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<int:pk>/", sources.source_detail, name="source"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("report/<int:statement>/", reports.report, name="report"),
    path("report/<int:statement>/thanks/", reports.reported, name="reported"),
    path("disagreements/", disagreements.disagreement_list, name="disagreements"),
    path("search/", search.search_page, name="search"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("components/", gallery.components, name="components"),
]
