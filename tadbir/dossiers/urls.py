"""Addresses of the calendar and of the council's own definitions."""

from django.urls import path

from tadbir.dossiers import office
from tadbir.dossiers.definitions import office as definitions

urlpatterns = [
    path("calendar/", office.calendar, name="office-calendar"),
    path("definitions/", definitions.definitions, name="office-definitions"),
    path("definitions/<str:code>/", definitions.definition, name="office-definition"),
    path("definitions/<str:code>/end/", definitions.end, name="office-definition-end"),
]
