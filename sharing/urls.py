"""The addresses of share links: a contract, printed on paper and in QR codes; and of the screens to make them."""

from __future__ import annotations

from django.urls import path

from clinical.serving.before_locking import without_write_lock
from routines.outputs.registry import OUTPUTS
from sharing.views import shared
from sharing.views.basket import ProgrammeScreen
from sharing.views.code_form import code_form
from sharing.views.giving_programme import ShareProgramme
from sharing.views.link_list import LinkList, RevokeLinks
from sharing.views.making import ShareRoutine
from sharing.views.own_links import OneLink

admin_urlpatterns = [
    path("share/routine/<int:pk>/", without_write_lock(ShareRoutine.as_view()), name="sharing_make"),
    path("share/programme/", ProgrammeScreen.as_view(), name="sharing_programme_new"),
    path("share/programme/<int:pk>/", ProgrammeScreen.as_view(), name="sharing_programme"),
    path("share/programme/<int:pk>/give/", without_write_lock(ShareProgramme.as_view()), name="sharing_programme_give"),
    path("share/links/", LinkList.as_view(), name="sharing_links"),
    path("share/links/results/", LinkList.as_view(results_only=True), name="sharing_links_results"),
    path("share/links/revoke/", RevokeLinks.as_view(), name="sharing_links_revoke"),
    path("share/links/<int:pk>/", OneLink.as_view(), name="sharing_link"),
]

urlpatterns = [
    path("code/", code_form, name="code"),
    *(shared.address_of(output) for output in OUTPUTS if output.on_links),
]
