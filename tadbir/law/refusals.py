"""The reasons of a permission, in Arabic and French. A reason is made here and nowhere else."""

from __future__ import annotations

from datetime import date

from .cites import cite_ar, cite_fr
from .facts import FACTS
from .model import Reason
from .words import weekday_written

_PLAIN: dict[str, tuple[str, str]] = {
    "not_filed": ("لم يُودع أي ملف بعد.", "Aucun dossier n’est encore déposé."),
    "not_complete": (
        "الملف لم يكتمل بعد: لا يبدأ أجل المعالجة إلا باكتماله.",
        "Le dossier n’est pas complet : le délai d’instruction ne court pas encore.",
    ),
    "not_decided": ("لم يُمض أي جواب بعد.", "Aucune réponse n’est encore signée."),
    "not_answered": ("لم يُبلغ أي جواب بعد.", "Aucune réponse n’est encore notifiée."),
    "already_filed": ("سبق إيداع هذا الملف.", "Le dossier est déjà déposé."),
    "already_complete": ("سبق اكتمال هذا الملف.", "Le dossier est déjà complet."),
    "already_decided": ("الجواب ممضى: لم يبق إلا تبليغه.", "La réponse est signée : il ne reste qu’à la notifier."),
    "already_answered": ("سبق تبليغ الجواب إلى صاحب الطلب.", "La réponse est déjà notifiée au demandeur."),
    "bureau_decided": ("سبق أن بت مكتب المجلس في العريضة.", "Le bureau s’est déjà prononcé sur la pétition."),
    "bureau_refused_it": (
        "رفض مكتب المجلس العريضة: يُبلغ هذا الرفض معللا، ولا يُجاب بغيره.",
        "Le bureau a refusé la pétition : c’est ce refus motivé qui se notifie.",
    ),
    "bureau_accepted_it": (
        "قبل مكتب المجلس العريضة: لا تُرفض قبل تسجيلها في جدول أعمال المجلس.",
        "Le bureau a accepté la pétition : elle ne se refuse pas avant d’être inscrite à l’ordre du jour du conseil.",
    ),
    "part_by_letter": (
        "استُجيب لجزء فقط: يُبلغ ذلك بجواب مكتوب يبين ما أُعطي وما رُفض.",
        "Il n’est fait droit qu’en partie : une réponse écrite dit ce qui est donné et ce qui est refusé.",
    ),
    "nothing_asked": ("لا يوجد طلب في انتظار هذا الجواب.", "Aucune demande n’attend cette réponse."),
    "not_lapsed": ("لم ينصرم الأجل بعد.", "Le délai n’est pas expiré."),
    "first_goes_on": (
        "الملف مكرر: الجواب في الملف الأول، وهناك يُطعن فيه.",
        "Ce dossier est un doublon : la réponse vient dans le premier, et c’est là qu’elle se conteste.",
    ),
    "taken_back": (
        "سحب صاحب الطلب طلبه: لم يبق قرار ولا سكوت يُطعن فيه. يُقبل طلب جديد في كل وقت، وله أجله وطرق الطعن فيه."
        " إذا لم يسحبه بنفسه، يصرح بذلك في شباك المجلس فيُصحح التقييد.",
        "La demande a été retirée par son auteur : il ne reste ni décision ni silence à contester. Une nouvelle demande"
        " est reçue à tout moment ; elle a son délai et ses voies. Si ce n’est pas lui qui l’a retirée, il le dit au"
        " guichet, qui rectifie l’inscription.",
    ),
    "lapse_recorded": ("سبق تسجيل انصرام هذا الأجل.", "Cette expiration est déjà enregistrée."),
    "nothing_to_return": (
        "لا يُرجع الملف إلا بعد انصرام أجل استكماله أو تعويض وثيقة منه.",
        "Le dossier n’est retourné qu’après l’expiration du délai donné pour le compléter ou remplacer une pièce.",
    ),
    "granted": (
        "استُجيب للطلب: لا يوجد رفض يُطعن فيه. إذا لم يُنفذ ما استُجيب له، أو أُعطي غير ما طُلب، يُودع طلب جديد بذلك، وله أجله"
        " وطرق الطعن فيه.",
        "La demande est accordée : il n’y a pas de refus à contester. Si ce qui est accordé n’est pas exécuté, ou si"
        " autre chose a été donné, une nouvelle demande le dit ; elle a son délai et ses voies.",
    ),
    "president_first": (
        "يُقدم الطعن أولا إلى رئيس المجلس، ثم إلى العامل إذا لم يجب الرئيس.",
        "Le recours va d’abord au président du conseil, puis au gouverneur si le président ne répond pas.",
    ),
    "president_answered": (
        "لا يُحال الأمر إلى العامل إلا إذا لم يجب الرئيس عن الطعن، ولا ينتظر الجواب أي طعن.",
        "Le gouverneur n’est saisi que si le président n’a pas répondu : aucun recours n’attend de réponse.",
    ),
    "not_received": (
        "لم يُسجل توصل صاحب الطلب بالرسالة: لا يُعد هذا الأجل منصرما قبل ذلك.",
        "La réception de la lettre n’est pas enregistrée : ce délai n’est pas tenu pour expiré avant.",
    ),
    "after_commission": (
        "يبقى ممكنا: طلب جديد في كل وقت، وله أجله وطرق الطعن فيه. أما الدعوى أمام المحكمة الإدارية فيجعلها القانون بعد"
        " هذه الشكاية، وللقاضي وحده أن يقول هل تُقبل بدونها.",
        "Reste possible : une nouvelle demande à tout moment, avec son délai et ses voies. L’action devant le tribunal"
        " administratif vient, selon la loi, après cette réclamation ; le juge seul dira si elle est recevable sans"
        " elle.",
    ),
    "another_right": (
        "لم يُطلب هذا: الطلب يخص حقا آخر من حقوق القانون رقم 09.08.",
        "Ce n’est pas ce qui est demandé : la demande porte sur un autre droit de la loi n° 09-08.",
    ),
    "appeal_first": (
        "لا تُقبل دعوى الإلغاء هنا إلا بعد الطعن أمام رئيس المجلس: يُقبل هذا التظلم ويُسجل، ولا يعوض ذلك الطعن.",
        "L’action en justice n’est recevable ici qu’après le recours au président : ce recours gracieux est accepté et"
        " enregistré, sans remplacer le premier.",
    ),
    "early_appeal": (
        "طعن مقدم قبل انصرام الأجل: يُقبل، ولا يبدأ أجل الجواب عنه إلا عند الانصرام.",
        "Recours anticipé : il est accepté, et son délai de réponse part de l’expiration du délai.",
    ),
    "early": ("طلب سابق لأوانه: يُقبل ويُسجل.", "Demande anticipée : elle est acceptée et enregistrée."),
    "early_complaint": (
        "شكاية سابقة لأوانها: تُقبل، ولا يبدأ أجل الجواب عنها إلا من انصرام أجل الجواب عن الطلب، أو من الجواب إذا سبقه.",
        "Réclamation anticipée : elle est acceptée, et son délai de réponse part de l’expiration du délai, ou de la "
        "réponse si elle vient avant.",
    ),
    "suspends_nothing": (
        "ما يُطلب بعد انصرام الأجل لا يوقفه: يُجاب عن الطلب بما يوجد في الملف.",
        "Ce qui est demandé après la fin du délai ne le suspend pas : la réponse se donne sur ce que "
        "contient le dossier.",
    ),
    "silence_came": (
        "انصرم أجل الجواب عنه: لم يبق ما يُسحب، وما يفتحه السكوت يُستعمل أو يُترك.",
        "Le délai de sa réponse est passé : il ne reste rien à retirer ; ce que ce silence ouvre s’exerce ou se"
        " laisse.",
    ),
    "days_of_before": (
        "تُحتسب آجال الطعن كأنه لم يُقدم: قد يكون بعضها انصرم.",
        "Les délais de recours se comptent comme s’il n’avait pas été formé : certains peuvent être passés.",
    ),
    "early_elsewhere": (
        "لم يبدأ هذا الأجل بعد: يُسجل كما بلغ إلى المجلس، ولا يفصل في ذلك إلا من رُفع إليه الأمر.",
        "Ce délai n’a pas commencé : ce qui est reçu est inscrit tel quel ; seule l’autorité saisie en décide.",
    ),
    "ended": (
        "انتهى هذا الحق بما وقع بعده: يُسجل ما يصل كما هو.",
        "Ce droit a pris fin avec ce qui l’a suivi : ce qui est reçu est inscrit tel quel.",
    ),
    "reasons_pending": ("يوجد طلب لبيان الأسباب لم يُجب عنه بعد.", "Une demande de motifs attend déjà sa réponse."),
    "reasons_told": ("سبق بيان الأسباب لصاحب الطلب.", "Les motifs sont déjà communiqués au demandeur."),
    "reasons_in_letter": (
        "الأسباب واردة في آخر رسالة جواب: لا يُطلب بيانها من جديد.",
        "Les motifs figurent dans la dernière réponse : ils ne se demandent plus.",
    ),
    "explicit_decision": (
        "الجواب صريح ومبلغ: يجب أن تكون أسبابه في صلبه، وطلب بيان الأسباب خاص بالرفض الضمني.",
        "La réponse est explicite : ses motifs doivent y figurer ; la demande de motifs vaut pour un refus implicite.",
    ),
    "nothing_to_reason": (
        "لم يصدر بعد أي جواب، ولم ينصرم أجله: لا يوجد رفض تُطلب أسبابه.",
        "Aucune réponse n’est donnée et son délai court encore : il n’y a pas de refus dont demander les motifs.",
    ),
    "early_court": (
        "لم يصدر بعد قرار ولم يتحقق سكوت يُطعن فيه: تُسجل الدعوى كما بلغت إلى المجلس، ولا يبدأ منها أي أجل.",
        "Ni décision ni silence à contester encore : la saisine est inscrite telle que le conseil l’a reçue, et aucun"
        " délai n’en part.",
    ),
    "granted_court": (
        "استُجيب للطلب، فلا يوجد رفض يُطعن فيه أمام رئيس المجلس: تُسجل الدعوى كما بلغت إلى المجلس، وللقاضي وحده أن يقول هل"
        " تُقبل.",
        "La demande est accordée : aucun refus n’est à contester devant le président. L’action est inscrite telle que"
        " le conseil l’a reçue ; le juge seul dira si elle est recevable.",
    ),
    "not_consent": (
        "السكوت ليس موافقة هنا: لا يوجد أي قرار لمجلس عمالة أو إقليم في لائحة المرسوم رقم 2.22.141.",
        "Le silence ne vaut pas accord ici : aucun acte d’un conseil préfectoral ou provincial n’est sur la liste du "
        "décret n° 2-22-141.",
    ),
    "silence_consents": (
        "السكوت هنا بمثابة موافقة: لا يُطعن إلا في رفض، ويُطلب تسليم القرار بعد انصرام الأجل.",
        "Le silence vaut accord ici : seul un refus se conteste ; passé le délai, la décision se demande.",
    ),
    "consent_needed": (
        "تلزم موافقة صاحب الطلب قبل طلب الوثيقة من إدارة أخرى.",
        "L’accord préalable du demandeur est nécessaire avant de demander la pièce à une autre administration.",
    ),
    "ground_needed": (
        "لا يُمدد الأجل إلا لإجراء خبرة تقنية أو بحث عمومي.",
        "Le délai ne se proroge que pour une expertise technique ou une enquête publique.",
    ),
    "length_needed": (
        "يجب بيان عدد أيام التمديد، على ألا يتجاوز مدة الخبرة أو البحث.",
        "Le nombre de jours de prorogation est à indiquer, sans dépasser la durée de l’expertise ou de l’enquête.",
    ),
    "length_free": (
        "لم يحدد القانون لهذا التمديد عددا من الأيام: لا يتجاوز مدة الخبرة أو البحث، وتُبين هذه المدة لصاحب الطلب.",
        "La loi ne chiffre pas cette prorogation : elle ne dépasse pas la durée de l’expertise ou de l’enquête, qui "
        "est indiquée au demandeur.",
    ),
    "reasons_needed": (
        "يُخبر الطالب بالتمديد مسبقا، كتابة، مع بيان الأسباب.",
        "Le demandeur est avisé de la prorogation d’avance, par écrit, avec les motifs.",
    ),
    "session_opened": ("سبق افتتاح الدورة.", "La session est déjà ouverte."),
    "not_extended": ("لا تُمدد إلا الدورة العادية.", "Seule la session ordinaire se proroge."),
    "not_in_force": (
        "هذا المقتضى غير ساري المفعول في هذا اليوم.",
        "Cette disposition n’est pas en vigueur ce jour-là.",
    ),
    "not_this_kind": ("هذه الواقعة لا تخص هذا النوع من الملفات.", "Ce fait ne concerne pas ce type de dossier."),
}


#: The same, where it speaks of the person, said to himself on his own page.
_TO_PERSON: dict[str, tuple[str, str]] = {
    "already_answered": ("سبق تبليغ الجواب إليكم.", "La réponse vous est déjà notifiée."),
    "reasons_told": ("سبق بيان الأسباب لكم.", "Les motifs vous sont déjà communiqués."),
    "taken_back": (
        "سحبتم طلبكم: لم يبق قرار ولا سكوت تطعنون فيه. يمكنكم تقديم طلب جديد متى شئتم، وله أجله وطرق الطعن فيه."
        " إذا لم تسحبوه بأنفسكم فصرحوا بذلك في شباك المجلس، فيُصحح التقييد.",
        "Vous avez retiré votre demande : il ne reste ni décision ni silence à contester. Vous pouvez déposer une"
        " nouvelle demande à tout moment ; elle a son délai et ses voies. Si ce n’est pas vous qui l’avez retirée,"
        " dites-le au guichet, qui rectifie l’inscription.",
    ),
}


def to_person(reason: Reason) -> Reason:
    """A reason as the person it speaks of reads it on his own page."""
    ar, fr = _TO_PERSON.get(reason.code, (reason.ar, reason.fr))
    return Reason(reason.code, ar, fr)


def plain(code: str, article: str = "", law: str = "55-19") -> Reason:
    """A reason without date, with its article where there is one."""
    ar, fr = _PLAIN[code]
    if article:
        ar = f"{ar[:-1]} ({cite_ar(article, law)})."
        fr = f"{fr[:-1]} ({cite_fr(article, law)})."
    return Reason(code, ar, fr)


def inside(words: str) -> str:
    """A French name of a fact inside a sentence: without its capital."""
    return words[:1].lower() + words[1:]


def closed_by(kind: str, day: date) -> Reason:
    """The dossier was closed by a fact."""
    words = FACTS[kind]
    return Reason(
        "closed",
        f"الملف مغلق: {words.ar}، {weekday_written(day, 'ar')}.",
        f"Le dossier est clos : {inside(words.fr)}, le {weekday_written(day, 'fr')}.",
    )


def too_often(kind: str, times: int, article: str, law: str) -> Reason:
    """The count is used up."""
    words = FACTS[kind]
    ar, fr = ("مرة واحدة", "une seule fois") if times == 1 else (f"{times} مرات", f"{times} fois")
    if article:
        return Reason(
            "count",
            f"{words.ar}: لا يجوز إلا {ar} ({cite_ar(article, law)}).",
            f"{words.fr} : {fr} seulement ({cite_fr(article, law)}).",
        )
    return Reason("count", f"{words.ar}: سبق تسجيل ذلك.", f"{words.fr} : déjà enregistré.")


def too_late(last: date, article: str, law: str) -> Reason:
    """The window is over."""
    return Reason(
        "too_late",
        f"انصرم الأجل: كان آخر يوم فيه {weekday_written(last, 'ar')} ({cite_ar(article, law)}).",
        f"Trop tard : le dernier jour était le {weekday_written(last, 'fr')} ({cite_fr(article, law)}).",
    )


def late_elsewhere(last: date, article: str, law: str) -> Reason:
    """The window is over, and another authority was seised all the same: that happened, and is written down."""
    return Reason(
        "late_elsewhere",
        f"كان آخر يوم لذلك {weekday_written(last, 'ar')} ({cite_ar(article, law)}): يُسجل كما وقع، ولا يفصل في قبوله"
        " إلا من رُفع إليه الأمر.",
        f"Le dernier jour était le {weekday_written(last, 'fr')} ({cite_fr(article, law)}) : ce qui est arrivé est "
        "inscrit tel quel ; seule l’autorité saisie dit si elle l’accepte.",
    )


def relied_on(told: date) -> Reason:
    """The window is over since an entry was put right, and the council had told a later day."""
    return Reason(
        "relied_on",
        f"قبل تصحيح التقييد كان المجلس قد أخبر بأن آخر يوم هو {weekday_written(told, 'ar')}: يُقبل إلى غايته.",
        f"Avant la rectification, le conseil avait annoncé le {weekday_written(told, 'fr')} comme dernier jour : ce qui"
        " vient d’ici là est reçu.",
    )


def too_early(first: date, article: str, law: str) -> Reason:
    """Lawful, but only from a day on."""
    return Reason(
        "too_early",
        f"لا يجوز ذلك قبل {weekday_written(first, 'ar')} ({cite_ar(article, law)}).",
        f"Pas avant le {weekday_written(first, 'fr')} ({cite_fr(article, law)}).",
    )


def needs(kinds: tuple[str, ...]) -> Reason:
    """Something must have happened before."""
    ar = " أو ".join(FACTS[kind].ar for kind in kinds)
    fr = " ou ".join(inside(FACTS[kind].fr) for kind in kinds)
    return Reason("needs", f"يجب أن يُسجل قبل ذلك: {ar}.", f"Il faut d’abord : {fr}.")


def advice(day: date) -> Reason:
    """The only date shown to a person as advice."""
    return Reason(
        "advice",
        f"يُنصح بالقيام بذلك في أجل أقصاه {weekday_written(day, 'ar')}.",
        f"Par prudence, au plus tard le {weekday_written(day, 'fr')}.",
    )
