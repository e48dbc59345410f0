"""Sign-in addresses: allauth's own, without registration."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
