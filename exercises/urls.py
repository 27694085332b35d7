"""Addresses of the exercise library in the admin. Public pages are routed by the composition root."""

from django.urls import path

from exercises import figure_views

admin_urlpatterns = [
    path("exercises/figures/preview/", figure_views.figure_preview, name="figure_preview"),
    path("exercises/figures/mirrored/", figure_views.figure_mirrored, name="figure_mirrored"),
    path("exercises/figures/placed/", figure_views.figure_placed, name="figure_placed"),
    path("exercises/figures/moved/", figure_views.figure_moved, name="figure_moved"),
    path("exercises/figures/library/<slug:name>/", figure_views.library_pose, name="figure_library_pose"),
    path(
        "exercises/figures/library/<slug:name>/<slug:fingerprint>.svg",
        figure_views.library_picture,
        name="figure_library_picture",
    ),
]
