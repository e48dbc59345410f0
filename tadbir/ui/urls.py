"""Addresses of the design system: its gallery, shown only on demonstrations."""

from django.urls import path

from tadbir.ui.gallery import gallery, sent

urlpatterns = [
    path("gallery", gallery, name="ui-gallery"),
    path("gallery/office", gallery, {"office": True}, name="ui-gallery-office"),
    path("gallery/error/<str:status>", sent, name="ui-gallery-error"),
]
