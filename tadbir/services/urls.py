"""Addresses of the services."""

from django.urls import include, path

urlpatterns = [
    path("", include("tadbir.services.public_urls")),
    path("office/", include("tadbir.services.office_urls")),
]
