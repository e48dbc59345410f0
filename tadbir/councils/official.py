"""The 75 prefectural and provincial councils by their official names. Pure: `init` asks before there is a database."""

import csv
from importlib.resources import files


def official_councils() -> list[dict[str, str]]:
    """Each council's census code, slug, names, region and seats."""
    text = (files("tadbir.councils") / "data" / "councils.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
