"""Addresses of the office, all under `/<council>/office/`."""

from django.urls import include, path

from tadbir.services.office import answer, counter, pages, register, registers

urlpatterns = [
    path("", pages.home, name="office-home"),
    path("tray/<slug:tray>/", pages.tray, name="office-tray"),
    path("late/", pages.late, name="office-late"),
    path("opinions/", pages.opinions, name="office-opinions"),
    path("opinions/<int:pk>/", pages.opinion, name="office-opinion"),
    path("dossiers/", pages.search, name="office-search"),
    path("dossiers/<str:number>/", pages.dossier, name="office-dossier"),
    path("dossiers/<str:number>/do/<slug:verb>/", pages.do, name="office-do"),
    path("dossiers/<str:number>/documents/<int:pk>/", pages.document, name="office-document"),
    path("dossiers/<str:number>/documents/<int:pk>/scan/", counter.scan, name="office-scan"),
    path("dossiers/<str:number>/papers/<str:act>/", pages.paper, name="office-paper"),
    path("dossiers/<str:number>/answer/", answer.write, name="office-answer"),
    path("dossiers/<str:number>/answer/sign/", answer.sign, name="office-answer-sign"),
    path("dossiers/<str:number>/answer/print/", answer.print_draft, name="office-answer-print"),
    path("dossiers/<str:number>/answer/<str:act>/notify/", answer.notify, name="office-answer-notify"),
    path("dossiers/<str:number>/answer/<str:act>/scan/", answer.scan, name="office-answer-scan"),
    path("dossiers/<str:number>/receipt/", counter.receipt, name="office-receipt"),
    path("counter/", counter.start, name="office-counter"),
    path("counter/<slug:code>/", counter.file, name="office-counter-file"),
    path("blocks/", counter.blocks, name="office-blocks"),
    path("blocks/<str:code>/", counter.block, name="office-block"),
    path("blocks/<str:code>/pages/", counter.block_pages, name="office-block-pages"),
    path("register/", register.register, name="office-register"),
    path("register/readings/", register.readings, name="office-readings"),
    path("register/paper/", registers.registers, name="office-registers"),
    path("register/paper/<str:number>/", registers.register_print, name="office-register-print"),
    path("register/paper/<str:number>/pages/", registers.register_pages, name="office-register-pages"),
    path("register/paper/<str:number>/scans/<int:pk>/", registers.register_scan, name="office-register-scan"),
    path("", include("tadbir.councils.urls")),
    path("", include("tadbir.procedures.urls")),
    path("", include("tadbir.dossiers.urls")),
    path("", include("tadbir.notify.urls")),
]
