"""Addresses of the office pages of the notices' wordings."""

from django.urls import path

from tadbir.notify import office

urlpatterns = [
    path("wordings/", office.wordings, name="office-wordings"),
    path("wordings/<slug:code>/", office.wording, name="office-wording"),
    path("wordings/<slug:code>/end/", office.end, name="office-wording-end"),
]
