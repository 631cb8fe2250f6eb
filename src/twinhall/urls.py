from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from twinhall.desk.views import people
from twinhall.web.views import errors, health, home, sitemap

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.part, name="sitemap-part"),
    path("api/v1/", include("twinhall.api.urls")),
    path("", home.choose_language, name="choose-language"),
    *i18n_patterns(
        path("account/", include("twinhall.accounts.urls")),
        path("account/", include("allauth.urls")),
        path("account/invitation/<str:secret>/", people.accept, name="invitation"),
        path("desk/", include("twinhall.desk.urls")),
        path("letters/", include("twinhall.letters.urls")),
        path("", include("twinhall.web.urls")),
        prefix_default_language=True,
    ),
    # Again without a language, and last, so that it wins: a provider is told one address to come back to.
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
