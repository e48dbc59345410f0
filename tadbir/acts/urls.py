"""Addresses of the acts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
