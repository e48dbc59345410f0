"""Addresses of the site."""

from django.urls import path

from tadbir.site import public

urlpatterns = [
    path("", public.home, name="home"),
    path("decisions/", public.decisions, name="decisions"),
    path("about/", public.about, name="about"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("legal/", public.legal, name="legal"),
    path("health", public.health, name="health"),
]
