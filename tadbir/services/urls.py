"""Addresses of the services."""

from django.urls import include, path

urlpatterns = [
    path("", include("tadbir.services.public_urls")),
]
