"""What the routers of the API share: the shape of a refusal, and how one is raised."""

from ninja import Schema

from tadbir.ui.errors import PageError


class Problem(Schema):
    """What every refusal says, in the reader's language."""

    detail: list[str]


REFUSALS = dict.fromkeys((400, 401, 403, 404, 422, 429, 500, 503), Problem)


class NotHere(PageError):
    """404, with a sentence for whoever asked."""

    status = 404


class NotSo(PageError):
    """422, with a sentence for whoever asked."""

    status = 422
