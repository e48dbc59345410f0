"""`{% load closing %}`: what a page carries that closes a request begun on a shared telephone."""

import secrets

from django import template

register = template.Library()


@register.simple_tag
def closing_key() -> str:
    """What names one page in the closing of its request: pressed twice, the same new code is shown."""
    return secrets.token_hex(16)
