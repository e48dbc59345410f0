"""Addresses of the acts: the public verifier. The QR codes on paper name `v`: it never moves."""

from django.urls import path

from tadbir.acts import public

urlpatterns = [
    path("v", public.page, name="verify"),
    path("v/", public.moved, name="verify-stroke"),
    path("fr/v", public.moved, name="verify-french"),
    path("fr/v/", public.moved, name="verify-french-stroke"),
    path("v/status", public.status, name="verify-status"),
    path("v/keys.json", public.keys, name="verify-keys"),
    path("v/verify.js", public.script, name="verify-script"),
    path("v/sw.js", public.worker, name="verify-worker"),
]
