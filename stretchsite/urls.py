"""The addresses: a contract that tests, bookmarks and QR codes depend on (``docs/architecture.md``)."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from clinical.people.signing_in import SignIn, password_for_a_page
from clinical.pictures.shown_file import shown_picture
from clinical.urls import account_urlpatterns
from exercises.models import ExerciseIndexPage, ExercisePage
from exercises.models.outputs import OutputRoutesMixin
from exercises.video_views import shown_video
from exercises.views import figure
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite import clinic_look, device, views
from stretchsite.changes_feed import ChangesFeed
from stretchsite.models import ConditionIndexPage, ConditionPage, HomePage, InformationPage
from stretchsite.reader_reports.telling_form import tell_of_link, tell_of_page
from stretchsite.routing import contract_page
from stretchsite.sitemaps import site_map, site_map_part

#: The beginning of the addresses of files; of them the site gives pictures and videos for readers alone.
MEDIA = settings.MEDIA_URL.lstrip("/")

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error


def _outputs_of(model: type[OutputRoutesMixin], owner: str, section: str) -> list[URLPattern]:
    """The addresses of a page of this sort and of its outputs, such as ``/routines/<slug>/sheet.json``."""
    page = {"model": model, "section": section}
    return [
        path(
            f"{section}/<slug:slug>/{output.path}",
            contract_page,
            {**page, "output": output.segment},
            name=output.url_name(owner),
        )
        for output in model.outputs
        if output.on_pages
    ]


#: Addresses of floors above this one, each registered by the hook of this name.
_FROM_ABOVE = [address for addresses in hooks.get_hooks("register_public_addresses") for address in addresses()]

urlpatterns = [
    *_FROM_ABOVE,
    path("admin/", include(account_urlpatterns)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^figures/(?P<fingerprint>[0-9a-f]{20})\.svg$", figure, name="figure"),
    re_path(r"^clinic/(?P<digest>[0-9a-f]{20})\.png$", clinic_look.clinic_logo, name="clinic_logo"),
    re_path(r"^clinic/(?P<digest>[0-9a-f]{20})\.css$", clinic_look.clinic_style, name="clinic_style"),
    path("sitemap.xml", site_map, name="sitemap"),
    path("sitemap-pages.xml", site_map_part, {"section": "pages"}, name="sitemap_part"),
    path("sw.js", device.service_worker, name="service_worker"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path(f"{MEDIA}images/<str:name>", shown_picture, name="shown_picture"),
    path(f"{MEDIA}videos/<str:name>", shown_video, name="shown_video"),
    *i18n_patterns(
        path("search/", views.search, name="search"),
        path("search/suggestions/", views.search_suggestions, name="search_suggestions"),
        path("", include("sharing.urls")),
        path("s/<str:token>/tell/", tell_of_link, name="shared_tell"),
        path("offline/", device.offline, name="offline"),
        path("diary/", device.diary, name="diary"),
        path("changes/", ChangesFeed(), name="changes"),
        path("api/", include("stretchsite.api.urls")),
        path("", contract_page, {"model": HomePage}, name="home"),
        path("conditions/", contract_page, {"model": ConditionIndexPage, "section": "conditions"}, name="conditions"),
        path(
            "conditions/<slug:slug>/",
            contract_page,
            {"model": ConditionPage, "section": "conditions"},
            name="condition",
        ),
        path("exercises/", contract_page, {"model": ExerciseIndexPage, "section": "exercises"}, name="exercises"),
        *_outputs_of(ExercisePage, "exercise", "exercises"),
        path("exercises/<slug:slug>/tell/", tell_of_page, {"model": ExercisePage}, name="exercise_tell"),
        path("routines/", contract_page, {"model": RoutineIndexPage, "section": "routines"}, name="routines"),
        *_outputs_of(RoutinePage, "routine", "routines"),
        path("routines/<slug:slug>/tell/", tell_of_page, {"model": RoutinePage}, name="routine_tell"),
        path("<slug:slug>/", contract_page, {"model": InformationPage}, name="information"),
        # The platform's second page to sign in at: the same as the first.
        path("_util/login/", never_cache(SignIn.as_view()), name="wagtailcore_login"),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            password_for_a_page,
            name="wagtailcore_authenticate_with_password",
        ),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
