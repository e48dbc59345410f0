"""Addresses of the office pages of people, units and delegations."""

from django.urls import path

from tadbir.councils import office

urlpatterns = [
    path("people/", office.people, name="office-people"),
    path("people/new/", office.new_person, name="office-new-person"),
    path("people/<int:pk>/", office.person, name="office-person"),
    path("people/<int:pk>/role/", office.give_role, name="office-give-role"),
    path("people/<int:pk>/role/<int:role>/end/", office.end_role, name="office-end-role"),
    path("people/<int:pk>/absence/", office.absence, name="office-absence"),
    path("people/<int:pk>/enrolment/", office.enrolment, name="office-enrolment"),
    path("units/", office.units, name="office-units"),
    path("delegations/", office.delegations, name="office-delegations"),
    path("delegations/<int:pk>/end/", office.end_delegation, name="office-end-delegation"),
]
