"""Addresses of visits under `/<council>/`."""

from django.urls import path

from tests.visits import public

urlpatterns = [path("visits/", public.coming, name="visits")]
