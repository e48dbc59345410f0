"""Run an action for a form: a refusal becomes words in the form, and nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

T = TypeVar("T")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing; None for a page that is only read."""
    return request.POST if request.method == "POST" else None


def uploaded(request: HttpRequest) -> MultiValueDict[str, Any] | None:
    """The files that were sent; None for a page that is only read."""
    return request.FILES if request.method == "POST" else None


def add_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put a refusal beside the fields it names, or on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


def tell_wrong(request: HttpRequest, form: BaseForm) -> None:
    """Say every error of a form on the next page, where that does not draw the form again."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error), "bad")


def attempt(form: BaseForm, action: Callable[[], T], *also: type[Exception]) -> T | None:
    """The answer of the action; None when it refused, with its reasons in the form.

    `also`: other exceptions whose words belong in the form, as a missing power to sign.
    """
    try:
        return action()
    except ValidationError as error:
        add_refusal(form, error)
    except also as error:
        form.add_error(None, str(error))
    return None
