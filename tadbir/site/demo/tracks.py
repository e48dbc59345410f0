"""The story of a rural track: the only service of the demonstration whose delay may be extended (law 55-19, 17)."""

from tadbir.services import actions
from tadbir.site.demo.stage import Stage, Story

TRACK = "rural-track"
EXPERTISE = "خبرة طبوغرافية وهيدرولوجية في عين المكان لتحديد نقطة عبور الوادي."


def track(stage: Stage, who: int, place: str, *, answered: bool) -> Story:
    """Filed complete; the ground must be studied on the spot, so the delay is extended once and the person told."""
    answers = {"what": "crossing", "place": place, "households": "38", "purpose": "المدرسة والمستوصف، ينقطع كل شتاء."}
    dossier = stage.file(TRACK, who, f"مسلك: {place}", answers, ("photo", "drawing"), counter=not answered).dossier
    yield stage.later(19)
    letter = actions.extend(dossier, stage.person("officer"), "expertise", 30, EXPERTISE)
    stage.send(letter, dossier, "officer")
    if not answered:
        return
    yield stage.later(39)
    act = stage.answer(dossier, "officer", "granted", "president")
    yield stage.later(2)
    stage.notify(act, dossier, "officer", "registered_post")
