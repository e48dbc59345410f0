"""The addresses of Tadbir. Arabic has none of its own, French stands under /fr/. Each matter mounts its own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tadbir.desk.matter import matters

urlpatterns = [
    path("", include("tadbir.acts.urls")),
    path("", include("tadbir.site.machines")),
    path("api/", include("tadbir.api.urls")),
    *i18n_patterns(
        path("account/", include("tadbir.site.account_urls")),
        path("ui/", include("tadbir.ui.urls")),
        *(path("", include(matter.public)) for matter in matters() if matter.public),
        *(path("office/", include(matter.office)) for matter in matters() if matter.office),
        path("", include("tadbir.site.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "tadbir.ui.errors.bad_request"
handler403 = "tadbir.ui.errors.permission_denied"
handler404 = "tadbir.ui.errors.page_not_found"
handler500 = "tadbir.ui.errors.server_error"
