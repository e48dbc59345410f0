"""Addresses of the register and of registers on paper, under `/<council>/office/`."""

from django.urls import path

from tadbir.ledgers.office import register, registers

urlpatterns = [
    path("register/", register.register, name="office-register"),
    path("register/readings/", register.readings, name="office-readings"),
    path("register/paper/", registers.registers, name="office-registers"),
    path("register/paper/<str:number>/", registers.register_print, name="office-register-print"),
    path("register/paper/<str:number>/pages/", registers.register_pages, name="office-register-pages"),
    path("register/paper/<str:number>/scans/<int:pk>/file/", registers.register_scan, name="office-register-scan"),
    path(
        "register/paper/<str:number>/scans/<int:pk>/withdraw/",
        registers.withdraw_scan,
        name="office-register-scan-withdraw",
    ),
]
