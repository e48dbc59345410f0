"""Addresses of the office pages of sheets."""

from django.urls import path

from tadbir.procedures import office

urlpatterns = [
    path("sheets/", office.sheets, name="office-sheets"),
    path("sheets/<slug:code>/", office.sheet, name="office-sheet"),
    path("sheets/<slug:code>/adopt/", office.adopt, name="office-sheet-adopt"),
    path("sheets/<slug:code>/switch/", office.switch, name="office-sheet-switch"),
    path("sheets/<slug:code>/shipped/", office.shipped, name="office-sheet-shipped"),
    path("sheets/<slug:code>/correct/", office.correct, name="office-sheet-correct"),
    path("sheets/<slug:code>/versions/<int:before>-<int:after>/", office.compare, name="office-sheet-compare"),
]
