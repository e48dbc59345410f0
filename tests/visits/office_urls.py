"""Addresses of visits under `/<council>/office/`."""

from django.urls import path

from tests.visits import office

urlpatterns = [path("visits/", office.visits, name="office-visits")]
