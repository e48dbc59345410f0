"""Addresses of the API, under /<council>/api/."""

from django.urls import path

from tadbir.api.api import api

urlpatterns = [path("", api.urls)]
