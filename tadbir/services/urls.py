"""Addresses of the services."""

from django.urls import include, path

urlpatterns = [
    path("", include("tadbir.services.public.urls")),
    path("office/", include("tadbir.services.office.urls")),
]
