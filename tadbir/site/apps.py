"""App configuration."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "tadbir.site"
    verbose_name = "Site"
