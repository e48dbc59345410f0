"""The addresses of the residents' side, under /<council>/ in Arabic and /<council>/fr/ in French."""

from django.urls import path

from tadbir.services.public import begun, documents, filing, follow, pages, sending

_DOSSIER = "follow/<str:number>/"
urlpatterns = [
    path("services/", pages.service_list, name="service-list"),
    path("services/<slug:code>/", pages.service_sheet, name="service-sheet"),
    path("services/<slug:code>/request/", filing.request_start, name="request-start"),
    path("request/", pages.resume, name="request-resume"),
    path("request/<str:draft>/", filing.request_edit, name="request-edit"),
    path("request/<str:draft>/documents/", documents.request_documents, name="request-documents"),
    path("request/<str:draft>/documents/<slug:requirement>/", documents.request_attach, name="request-attach"),
    path("request/<str:draft>/documents/<slug:requirement>/remove/", documents.request_remove, name="request-remove"),
    path("request/<str:draft>/check/", filing.request_check, name="request-check"),
    path("request/<str:draft>/close/", filing.request_close, name="request-close"),
    path("request/closed/<str:key>/", begun.request_closed, name="request-closed"),
    path(f"{_DOSSIER}receipt/", follow.dossier_receipt, name="dossier-receipt"),
    path(f"{_DOSSIER}documents/<slug:requirement>/", sending.supply, name="dossier-supply"),
    path(f"{_DOSSIER}answer/", sending.answer, name="dossier-answer"),
    path(f"{_DOSSIER}withdraw/", follow.withdraw, name="dossier-withdraw"),
    path(f"{_DOSSIER}remedies/<slug:filed>/", follow.remedy, name="dossier-remedy"),
    path(f"{_DOSSIER}remedies/<slug:filed>/documents/", follow.support, name="dossier-support"),
    path(f"{_DOSSIER}reasons/", follow.reasons, name="dossier-reasons"),
]
