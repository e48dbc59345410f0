"""What the routers of the API share: the shape of a refusal, and how one is raised."""

from ninja import Schema

from tadbir.ui.errors import PageError


class Problem(Schema):
    """What every refusal says, in the reader's language."""

    detail: list[str]


REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}


class NotHere(PageError):
    """404, with a sentence for whoever asked."""

    status = 404


class NotSo(PageError):
    """422, with a sentence for whoever asked."""

    status = 422
