"""Addresses of the services."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
