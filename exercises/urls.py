"""Addresses of the exercise library in the admin. Public pages are routed by the composition root."""

from django.urls import path

from exercises import views

admin_urlpatterns = [
    path("exercises/<int:pk>/dosage/", views.usual_dosage, name="usual_dosage"),
]
