"""The addresses of whoever follows a dossier, under /<council>/ in Arabic and /<council>/fr/ in French."""

from django.urls import path

from tadbir.desk.public import code, downloads, follow

urlpatterns = [
    path("follow/", follow.follow, name="follow"),
    path("follow/close/", follow.close, name="follow-close"),
    path("follow/<str:number>/", follow.dossier, name="dossier"),
    path("follow/<str:number>/code/", code.change, name="dossier-code"),
    path("follow/<str:number>/papers/<str:act>/", downloads.paper, name="dossier-paper"),
    path("follow/<str:number>/files/<int:document>/", downloads.own_file, name="dossier-file"),
]
