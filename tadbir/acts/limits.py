"""A small limit on questions from one address: the check codes must not be tried in bulk."""

from django.core.cache import cache
from django.http import HttpRequest

from tadbir.councils.address import client_address

WINDOW = 60  # seconds


def too_many(request: HttpRequest, purpose: str, most: int) -> bool:
    """Count this question; true when the address asked more than `most` in a minute."""
    key = f"acts:{purpose}:{client_address(request)}"
    if cache.add(key, 1, WINDOW):
        return False
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # the minute ended between the two questions
        cache.add(key, 1, WINDOW)
        return False
