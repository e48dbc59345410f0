"""Addresses of the counter, under `/<council>/office/`."""

from django.urls import path

from tadbir.services.office import counter

urlpatterns = [
    path("counter/", counter.start, name="office-counter"),
    path("counter/<slug:code>/", counter.file, name="office-counter-file"),
    path("blocks/", counter.blocks, name="office-blocks"),
    path("blocks/<str:code>/", counter.block, name="office-block"),
    path("blocks/<str:code>/pages/", counter.block_pages, name="office-block-pages"),
]
