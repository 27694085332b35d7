"""The addresses of share links: a contract, printed on paper and in QR codes."""

from __future__ import annotations

from django.urls import path

from routines.views import shared

urlpatterns = [
    path("s/<str:token>/", shared.page, name="shared"),
    path("s/<str:token>/sheet.json", shared.sheet_json, name="shared_data"),
]
