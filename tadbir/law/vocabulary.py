"""The words everybody shares: kinds of fact, owners, laws, types and kinds of dossier, in Arabic and French.

A kind of fact that is not here is refused by the rules and by `may()`. The data keys that rules and
permissions read are named beside each kind; a domain may keep others.
"""

from __future__ import annotations

from .rule import Words

_FACTS: dict[str, tuple[str, str]] = {
    # Filing. filed: channel, procedure, sheet, delay_days, delay_unit (days|working_days), investment (bool),
    # complete (bool), receipt (false if none was given), urgent (31-13), right (09-08: access|rectification|
    # objection), silence (consent where the sheet's decision is on the regulatory list).
    "filed": ("إيداع الملف", "Dépôt du dossier"),
    "receipt_given": ("تسليم الوصل", "Remise du récépissé"),
    "missing_listed": ("تبليغ لائحة الوثائق الناقصة", "Communication de la liste des pièces manquantes"),
    "document_received": ("التوصل بوثيقة", "Réception d’une pièce"),
    "completed": ("اكتمال الملف", "Dossier complet"),
    # *_asked: document or subject. *_received: asked (id of the request answered).
    "replacement_asked": ("طلب تعويض وثيقة غير مطابقة", "Demande de remplacement d’une pièce non conforme"),
    "replacement_received": ("التوصل بالوثيقة البديلة", "Réception de la pièce de remplacement"),
    "original_asked": (
        "طلب الاطلاع على الأصل أو على نسخة مشهود بمطابقتها",
        "Demande de l’original ou d’une copie certifiée",
    ),
    "original_received": (
        "الإدلاء بالأصل أو بالنسخة المشهود بمطابقتها",
        "Production de l’original ou de la copie certifiée",
    ),
    "information_asked": ("طلب معلومات تكميلية", "Demande d’informations complémentaires"),
    "information_received": ("التوصل بالمعلومات التكميلية", "Réception des informations complémentaires"),
    "request_received": ("توصل المعني بالأمر بالطلب", "Réception de la demande par l’intéressé"),  # asked
    "exchange_asked": ("طلب وثيقة من إدارة أخرى", "Demande d’une pièce à une autre administration"),  # consent
    "exchange_obtained": ("التوصل بالوثيقة من الإدارة الأخرى", "Pièce obtenue de l’autre administration"),
    "exchange_failed_told": (
        "إخبار المرتفق بتعذر الحصول على الوثيقة",
        "Usager informé de l’impossibilité d’obtenir la pièce",
    ),
    "opinion_asked": ("طلب رأي مصلحة", "Demande d’avis à un service"),
    "opinion_received": ("التوصل برأي المصلحة", "Réception de l’avis du service"),
    "extended": ("تمديد الأجل", "Prorogation du délai"),  # ground (expertise|inquiry), days
    # Ways a dossier stops.
    "withdrawn": ("سحب الطلب", "Retrait de la demande"),
    "misdirected": ("توجيه الطلب إلى الجهة المختصة", "Orientation vers l’autorité compétente"),
    "duplicate_of": ("ملف مكرر لملف آخر", "Doublon d’un autre dossier"),
    "file_returned": ("إرجاع الملف", "Retour du dossier"),
    # Office.
    "entry_corrected": ("تصحيح تقييد", "Correction d’une inscription"),
    "reassigned": ("إسناد الملف إلى جهة أخرى", "Réaffectation du dossier"),
    "code_reprinted": (
        "إعادة طبع رمز التتبع بعد التحقق من الهوية",
        "Code de suivi réimprimé après contrôle d’identité",
    ),  # seen
    "personal_data_erased": ("مسح المعطيات الشخصية", "Effacement des données personnelles"),  # ground, registers
    "dated_anew": (
        "إعادة حساب الآجال بعد تغيير في التقويم أو القواعد",
        "Échéances recalculées après un changement du calendrier ou des règles",
    ),
    # Outcome. sense: granted|partial|refused.
    "outcome_signed": ("إمضاء الجواب", "Signature de la réponse"),
    "notified": ("تبليغ الجواب", "Notification de la réponse"),
    "delivered_on_spot": ("تسليم الجواب في الحين", "Réponse remise sur-le-champ"),
    "lapsed": ("انصرام الأجل", "Expiration du délai"),  # rule, trigger
    "person_told_of_lapse": ("إخبار المعني بالأمر بانصرام الأجل", "Intéressé informé de l’expiration du délai"),
    # Remedies. appeal_filed: level (president|governor). grievance_filed: body (council|president).
    "appeal_filed": ("تقديم طعن", "Dépôt d’un recours"),
    "appeal_answered": ("البت في الطعن", "Réponse au recours"),
    "governor_invited": ("دعوة العامل رئيس المجلس إلى البت", "Invitation du gouverneur à statuer"),
    "grievance_filed": ("تقديم تظلم", "Dépôt d’un recours gracieux"),
    "grievance_answered": ("الجواب عن التظلم", "Réponse au recours gracieux"),
    "court_seised": ("رفع دعوى أمام القضاء", "Saisine du tribunal"),
    "reasons_asked": ("طلب بيان الأسباب", "Demande de communication des motifs"),
    "reasons_given": ("بيان الأسباب", "Communication des motifs"),
    "silence_delivery_asked": (
        "طلب تسليم القرار بناء على سكوت الإدارة",
        "Demande de délivrance de l’acte acquis par le silence",
    ),
    "silence_certificate_asked": ("طلب إشهاد بالسكوت لدى العامل", "Demande d’attestation de silence au gouverneur"),
    "silence_explanation_asked": (
        "مراسلة العامل رئيس المجلس في شأن السكوت",
        "Demande d’explication du gouverneur sur le silence",
    ),
    "silence_explained": ("جواب الرئيس عن مراسلة العامل", "Explication du président au gouverneur"),
    # 31-13.
    "extension_notified": ("إخبار الطالب بتمديد الأجل", "Prorogation notifiée au demandeur"),  # reasons
    "complaint_to_head": ("شكاية إلى رئيس المجلس", "Réclamation au président du conseil"),
    "complaint_answered": ("الجواب عن الشكاية", "Réponse à la réclamation"),  # sense
    "cdai_seised": (
        "شكاية إلى لجنة الحق في الحصول على المعلومات",
        "Saisine de la commission du droit d’accès à l’information",
    ),
    "cdai_answered": (
        "جواب لجنة الحق في الحصول على المعلومات",
        "Réponse de la commission du droit d’accès à l’information",
    ),
    # 09-08. The council is the controller; declarations go to the CNDP.
    "rectified": ("تصحيح المعطيات أو مسحها أو إغلاقها", "Données rectifiées, effacées ou verrouillées"),
    "access_given": ("تمكين الشخص من الولوج إلى معطياته", "Accès donné aux données"),
    "declaration_filed": ("إيداع تصريح لدى اللجنة الوطنية", "Déclaration déposée à la CNDP"),
    "declaration_receipt": ("التوصل بوصل التصريح", "Récépissé de déclaration reçu"),
    "authorisation_filed": ("إيداع طلب إذن لدى اللجنة الوطنية", "Demande d’autorisation déposée à la CNDP"),
    "authorisation_extended": ("تمديد أجل دراسة طلب الإذن", "Délai d’examen de l’autorisation prorogé"),
    "authorisation_answered": ("جواب اللجنة الوطنية عن طلب الإذن", "Réponse de la CNDP à la demande d’autorisation"),
    # Complaints.
    "acknowledged": ("إشعار بالتوصل", "Accusé de réception"),
    "defect_found": ("ملاحظة عيب في الشكاية", "Défaut constaté dans la réclamation"),
    "defect_notified": ("جواب معلل بعيب الشكاية", "Réponse motivée sur le défaut de la réclamation"),
    "report_published": ("نشر التقرير السنوي", "Publication du rapport annuel"),  # year
    "indicators_published": ("نشر المؤشرات السنوية", "Publication des indicateurs annuels"),  # year
    # Petitions.
    "bureau_accepted": ("قبول العريضة من طرف المكتب", "Pétition acceptée par le bureau"),
    "bureau_refused": ("رفض العريضة من طرف المكتب", "Pétition refusée par le bureau"),
    "put_on_agenda": ("تسجيل العريضة في جدول الأعمال", "Pétition inscrite à l’ordre du jour"),
    # Sessions. scheduled: date, type (ordinary|extraordinary|of_right). The last one counts.
    "scheduled": ("تحديد تاريخ الدورة", "Fixation de la date de la session"),
    "agenda_sent": ("تبليغ جدول الأعمال إلى العامل", "Ordre du jour notifié au gouverneur"),
    "notice_sent": ("توجيه الإشعار إلى الأعضاء", "Avis adressé aux membres"),
    "opened": ("افتتاح الدورة", "Ouverture de la session"),
    "session_extended": ("تمديد الدورة", "Prorogation de la session"),
    "closed": ("اختتام الدورة", "Clôture de la session"),
    "minutes_sent_governor": ("توجيه المحضر إلى العامل", "Procès-verbal transmis au gouverneur"),
    "minutes_sent_members": ("توجيه المحضر إلى الأعضاء", "Procès-verbal transmis aux membres"),
    "attendance_sent": ("توجيه نسخة سجل الحضور إلى العامل", "Registre de présence transmis au gouverneur"),
    "decisions_posted": ("تعليق المقررات", "Affichage des délibérations"),
    # Resolutions and orders. adopted: nature (resolution|order), regulatory (false: an order about one case).
    # received_by_governor: visa (bool).
    "adopted": ("اتخاذ المقرر أو القرار", "Adoption de la délibération ou de l’arrêté"),
    "session_closed": ("اختتام الدورة التي اتخذ فيها المقرر", "Clôture de la session de la délibération"),
    "sent_to_governor": ("توجيه المقرر إلى العامل", "Transmission au gouverneur"),
    "received_by_governor": ("توصل العامل مقابل وصل", "Réception par le gouverneur contre récépissé"),
    "opposed": ("تعرض العامل", "Opposition du gouverneur"),
    "visa_granted": ("منح التأشيرة", "Visa accordé"),
    "visa_refused": ("رفض التأشيرة", "Visa refusé"),
    "posted": ("تعليق المقرر بمقر المجلس", "Affichage au siège"),
}

FACTS: dict[str, Words] = {kind: Words(ar, fr) for kind, (ar, fr) in _FACTS.items()}

OWNERS: dict[str, Words] = {
    "administration": Words("الإدارة", "l’administration"),
    "unit": Words("المصلحة المكلفة", "le service chargé"),
    "president": Words("رئيس المجلس", "le président du conseil"),
    "council": Words("المجلس", "le conseil"),
    "bureau": Words("مكتب المجلس", "le bureau du conseil"),
    "committee": Words("اللجنة", "la commission"),
    "secretary": Words("كاتب المجلس", "le secrétaire du conseil"),
    "member": Words("عضو المجلس", "le membre du conseil"),
    "designated_officer": Words("الشخص المكلف بتلقي طلبات المعلومات", "la personne chargée de l’information"),
    "head": Words("رئيس الهيئة (رئيس المجلس)", "le responsable de l’organisme (président du conseil)"),
    "controller": Words("المسؤول عن المعالجة", "le responsable du traitement"),
    "security_officer": Words(
        "المسؤول عن أمن نظم المعلومات", "le responsable de la sécurité des systèmes d’information"
    ),
    "authorising_officer": Words("الآمر بالصرف", "l’ordonnateur"),
    "administrations": Words("الإدارات والهيئات المعنية", "les administrations et organismes concernés"),
    "user": Words("المرتفق", "l’usager"),
    "requester": Words("طالب المعلومات", "le demandeur"),
    "plaintiff": Words("صاحب الدعوى", "le demandeur en justice"),
    "petitioner": Words("وكيل العريضة", "le mandataire de la pétition"),
    "governor": Words("عامل العمالة أو الإقليم", "le gouverneur"),
    "interior": Words("السلطة الحكومية المكلفة بالداخلية", "l’autorité chargée de l’intérieur"),
    "cndp": Words(
        "اللجنة الوطنية لمراقبة حماية المعطيات ذات الطابع الشخصي",
        "la Commission nationale de contrôle de la protection des données (CNDP)",
    ),
    "cdai": Words("لجنة الحق في الحصول على المعلومات", "la commission du droit d’accès à l’information (CDAI)"),
    "judge": Words("القاضي", "le juge"),
}

#: A question and the facts that answer it.
ANSWERS: dict[str, tuple[str, ...]] = {
    "replacement_asked": ("replacement_received",),
    "original_asked": ("original_received",),
    "information_asked": ("information_received",),
    "exchange_asked": ("exchange_obtained", "exchange_failed_told"),
    "opinion_asked": ("opinion_received",),
    "defect_notified": ("completed",),
    "appeal_filed": ("appeal_answered",),
    "grievance_filed": ("grievance_answered",),
    "reasons_asked": ("reasons_given",),
    "silence_explanation_asked": ("silence_explained",),
    "complaint_to_head": ("complaint_answered",),
    "cdai_seised": ("cdai_answered",),
    "declaration_filed": ("declaration_receipt",),
    "authorisation_filed": ("authorisation_answered",),
}

#: Owners outside the council, to whom only `file_before` is shown as advice.
PERSONS = frozenset({"user", "requester", "plaintiff", "petitioner", "member"})

#: Owners who are the council's own people: their duties stand in its trays, and it shares them out as it likes.
HOUSE = (
    "administration",
    "president",
    "designated_officer",
    "head",
    "controller",
    "unit",
    "council",
    "bureau",
    "committee",
    "secretary",
    "authorising_officer",
    "security_officer",
)

#: Other bodies. Every owner is in the house, a person or one of these: who adds an owner says which.
OTHERS = frozenset({"administrations", "governor", "interior", "cndp", "cdai", "judge"})

LAWS: dict[str, Words] = {
    "112-14": Words("القانون التنظيمي رقم 112.14", "la loi organique n° 112-14"),
    "55-19": Words("القانون رقم 55.19", "la loi n° 55-19"),
    "31-13": Words("القانون رقم 31.13", "la loi n° 31-13"),
    "09-08": Words("القانون رقم 09.08", "la loi n° 09-08"),
    "2-09-165": Words("المرسوم رقم 2.09.165", "le décret n° 2-09-165"),
    "2-17-265": Words("المرسوم رقم 2.17.265", "le décret n° 2-17-265"),
    "03-01": Words("القانون رقم 03.01", "la loi n° 03-01"),
    "41-90": Words("القانون رقم 41.90", "la loi n° 41-90"),
    "05-20": Words("القانون رقم 05.20", "la loi n° 05-20"),
    "2-21-406": Words("المرسوم رقم 2.21.406", "le décret n° 2-21-406"),
    "2-16-300": Words("المرسوم رقم 2.16.300", "le décret n° 2-16-300"),
    "2-16-303": Words("المرسوم رقم 2.16.303", "le décret n° 2-16-303"),
    "2-16-306": Words("المرسوم رقم 2.16.306", "le décret n° 2-16-306"),
    "2-17-289": Words("المرسوم رقم 2.17.289", "le décret n° 2-17-289"),
    "2-22-431": Words("المرسوم رقم 2.22.431", "le décret n° 2-22-431"),
    "54-19": Words("القانون رقم 54.19", "la loi n° 54-19"),
    "69-99": Words("القانون رقم 69.99", "la loi n° 69-99"),
    "26-16": Words("القانون التنظيمي رقم 26.16", "la loi organique n° 26-16"),
    "council": Words("تعهد المجلس", "l’engagement du conseil"),
}

TYPES: dict[str, Words] = {
    "duty": Words("واجب", "obligation"),
    "right": Words("حق", "droit"),
    "effect": Words("أثر قانوني", "effet de droit"),
    "bar": Words("منع", "interdiction"),
}

CONFIDENCES: dict[str, Words] = {
    "verified": Words("مقروء في النص", "lu dans le texte"),
    "derived": Words("مستنتج من النصوص", "déduit des textes"),
    "memory": Words("غير مؤكد", "non confirmé"),
}

UNITS: dict[str, Words] = {
    "days": Words("يوما", "jours"),
    "working_days": Words("يوم عمل", "jours ouvrables"),
    "months": Words("شهرا", "mois"),
    "years": Words("سنة", "ans"),
    "hours": Words("ساعة", "heures"),
}
