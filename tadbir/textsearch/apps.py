"""App configuration."""

from django.apps import AppConfig


class TextSearchConfig(AppConfig):
    name = "tadbir.textsearch"
    verbose_name = "Search"
