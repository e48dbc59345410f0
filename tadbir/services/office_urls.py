"""Addresses of the office, all under `/<council>/office/`."""

from django.urls import include, path

from tadbir.services import counter, office, office_answer, office_register

urlpatterns = [
    path("", office.home, name="office-home"),
    path("tray/<slug:tray>/", office.tray, name="office-tray"),
    path("late/", office.late, name="office-late"),
    path("opinions/", office.opinions, name="office-opinions"),
    path("opinions/<int:pk>/", office.opinion, name="office-opinion"),
    path("dossiers/", office.search, name="office-search"),
    path("dossiers/<str:number>/", office.dossier, name="office-dossier"),
    path("dossiers/<str:number>/do/<slug:verb>/", office.do, name="office-do"),
    path("dossiers/<str:number>/documents/<int:pk>/", office.document, name="office-document"),
    path("dossiers/<str:number>/documents/<int:pk>/scan/", counter.scan, name="office-scan"),
    path("dossiers/<str:number>/papers/<str:act>/", office.paper, name="office-paper"),
    path("dossiers/<str:number>/answer/", office_answer.write, name="office-answer"),
    path("dossiers/<str:number>/answer/sign/", office_answer.sign, name="office-answer-sign"),
    path("dossiers/<str:number>/answer/print/", office_answer.print_draft, name="office-answer-print"),
    path("dossiers/<str:number>/answer/<str:act>/notify/", office_answer.notify, name="office-answer-notify"),
    path("dossiers/<str:number>/answer/<str:act>/scan/", office_answer.scan, name="office-answer-scan"),
    path("dossiers/<str:number>/receipt/", counter.receipt, name="office-receipt"),
    path("counter/", counter.start, name="office-counter"),
    path("counter/<slug:code>/", counter.file, name="office-counter-file"),
    path("blocks/", counter.blocks, name="office-blocks"),
    path("blocks/<str:code>/", counter.block, name="office-block"),
    path("blocks/<str:code>/pages/", counter.block_pages, name="office-block-pages"),
    path("register/", office_register.register, name="office-register"),
    path("register/readings/", office_register.readings, name="office-readings"),
    path("", include("tadbir.councils.urls")),
    path("", include("tadbir.procedures.urls")),
    path("", include("tadbir.dossiers.urls")),
]
