"""Addresses of the calendar page."""

from django.urls import path

from tadbir.dossiers import office

urlpatterns = [path("calendar/", office.calendar, name="office-calendar")]
