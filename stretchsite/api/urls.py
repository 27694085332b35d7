"""The addresses of the API. The version stands in them: what programs rely on is not changed under one."""

from __future__ import annotations

from django.urls import path

from stretchsite.api import changes, finding, listing, openapi, sheets

urlpatterns = [
    path("", openapi.index, name="api"),
    path("v1/openapi.json", openapi.openapi, name="api_description"),
    path("v1/exercises/", listing.exercises, name="api_exercises"),
    path("v1/exercises/<str:slug>/", sheets.exercise, name="api_exercise"),
    path("v1/routines/", listing.routines, name="api_routines"),
    path("v1/routines/<str:slug>/", sheets.routine, name="api_routine"),
    path("v1/conditions/", listing.conditions, name="api_conditions"),
    path("v1/search/", finding.search, name="api_search"),
    path("v1/changes/", changes.changes, name="api_changes"),
]
