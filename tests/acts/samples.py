"""Sample act documents used by the tests and by the pictures. Fictional people only."""

from typing import Any

from tadbir.acts.documents.layout import LAYOUTS

COUNCIL = {
    "code": "OED",
    "slug": "nakhil",
    "host": "nakhil.example.ma",
    "kind": "province",
    "name_ar": "مجلس إقليم النخيل",
    "name_fr": "Conseil provincial de Nakhil",
    "territory_ar": "إقليم النخيل",
    "territory_fr": "Province de Nakhil",
    "place_ar": "النخيل",
    "place_fr": "Nakhil",
}
HEAD = "9f2c4ab07e11d36852c0a4f7be8813905d6fa1e2739bc45800ffe1a26c7d9b34"


def act(kind: str, **more: Any) -> dict[str, Any]:
    """A minimal valid act document of `kind`."""
    return {
        "v": 1,
        "council": dict(COUNCIL),
        "kind": kind,
        "layout": kind if kind in LAYOUTS else "act",
        "number": "2026/000123",
        "date": "2026-12-01",
        "series": kind,
        "dossier": "D-2026/000457",
        "title_ar": "وصل إيداع ملف",
        "title_fr": "Récépissé de dépôt de dossier",
        "blocks": [],
        "fr": [],
        "recipient": None,
        "signature": None,
        "remedies": [],
        "register_head": HEAD,
        "demo": True,
        "issued_at": "2026-12-01T09:42:10Z",
    } | more


CLOCK = {
    "starts_on": "2026-12-01",
    "do_by": "2027-02-01",
    "file_before": "2027-03-03",
    "article": "16",
    "sentence_ar": "يجيبكم المجلس داخل أجل ستين (60) يوما كاملا من تاريخ إيداع الملف كاملا (المادة 16 من القانون رقم 55.19).",
    "sentence_fr": "Le conseil répond dans un délai de soixante (60) jours francs à compter du dépôt du dossier complet (article 16 de la loi n° 55-19).",
    "steps": [
        {"text_ar": "الملف كامل يوم 1 دجنبر 2026.", "text_fr": "Dossier complet le 1er décembre 2026."},
        {
            "text_ar": "60 يوما كاملا لا يحتسب فيها اليوم الأول ولا الأخير: 31 يناير 2027.",
            "text_fr": "60 jours francs, premier et dernier jours non comptés : 31 janvier 2027.",
        },
        {
            "text_ar": "31 يناير 2027 يوم أحد، فيؤجل إلى أول يوم عمل: الاثنين 1 فبراير 2027.",
            "text_fr": "Le 31 janvier 2027 est un dimanche : report au lundi 1er février 2027.",
        },
    ],
}
REMEDIES = [
    {
        "text_ar": "طعن أمام رئيس المجلس داخل 30 يوما، ويجيب داخل 15 يوما، وإلا فلدى العامل (القانون رقم 55.19، المادة 21)",
        "text_fr": "Recours devant le président du conseil dans les 30 jours ; il répond dans les 15 jours, à défaut devant le gouverneur (loi n° 55-19, article 21)",
        "file_before": "2027-03-03",
    }
]


def receipt_complete(**more: Any) -> dict[str, Any]:
    """A complete file: «ملف مودع»."""
    return (
        act(
            "receipt",
            recipient={
                "name_ar": "جمعية الواحة للتنمية (ICE: 001234567000089)",
                "name_fr": "Association Al Waha (ICE : 001234567000089)",
            },
            remedies=REMEDIES,
            receipt={
                "state": "filed",
                "regime": "55-19",
                "procedure_ar": "طلب رخصة استغلال فضاء إقليمي لنشاط ثقافي",
                "procedure_fr": "Autorisation d’usage d’un espace provincial pour une activité culturelle",
                "filed_at": "2026-12-01T09:42",
                "channel_ar": "بالشباك",
                "channel_fr": "au guichet",
                "code": "7KQ4-M2XP",
                "missing": [],
                "clock": CLOCK,
            },
        )
        | more
    )


def receipt_filing(**more: Any) -> dict[str, Any]:
    """An incomplete file: «ملف في طور الإيداع» with the missing documents."""
    return (
        receipt_complete(
            receipt={
                "state": "filing",
                "regime": "55-19",
                "procedure_ar": "طلب رخصة استغلال فضاء إقليمي لنشاط ثقافي",
                "procedure_fr": "Autorisation d’usage d’un espace provincial",
                "filed_at": "2026-12-01T09:42",
                "channel_ar": "بالشباك",
                "channel_fr": "au guichet",
                "code": "7KQ4-M2XP",
                "supply_by": "2026-12-31",
                "supply_until": "2027-01-04",
                "missing": [
                    {"text_ar": "نسخة من النظام الأساسي للجمعية", "text_fr": "Copie des statuts de l’association"},
                    {"text_ar": "برنامج النشاط مع تواريخه", "text_fr": "Programme daté de l’activité"},
                    {
                        "text_ar": "شهادة التأمين عن المسؤولية المدنية",
                        "text_fr": "Attestation d’assurance responsabilité civile",
                    },
                ],
                "clock": None,
            },
            remedies=[],
        )
        | more
    )


def letter(**more: Any) -> dict[str, Any]:
    """A decision letter with a table, amounts and mixed directions."""
    return (
        act(
            "letter",
            title_ar="منح دعم مالي لجمعية الواحة للتنمية",
            title_fr="Subvention à l’association Al Waha",
            sender_ar="رئيس مجلس إقليم النخيل",
            sender_fr="Le président du conseil provincial de Nakhil",
            reference_ar="طلبكم المودع بتاريخ 1 دجنبر 2026 تحت رقم D-2026/000457",
            reference_fr="votre demande du 1er décembre 2026, n° D-2026/000457",
            attachments_ar="نسخة من اتفاقية الشراكة",
            attachments_fr="une convention de partenariat",
            greeting_ar="سلام تام بوجود مولانا الإمام",
            greeting_fr="",
            recipient={
                "name_ar": "فاطمة الزهراء بنعلي",
                "name_fr": "Fatima Zahra Benali",
                "quality_ar": "رئيسة جمعية الواحة للتنمية",
                "quality_fr": "présidente de l’association Al Waha",
                "address_ar": "حي الأمل، رقم 12، النخيل",
                "address_fr": "12, quartier Al Amal, Nakhil",
            },
            blocks=[
                {
                    "t": "p",
                    "text": "وبعد، فجوابا على طلبكم المشار إليه أعلاه، يشرفني أن أخبركم بأن المجلس وافق، خلال دورته العادية لشهر أكتوبر، على منح جمعيتكم دعما ماليا قدره 12 450,00 درهم برسم سنة 2026.",
                },
                {
                    "t": "table",
                    "head": ["الشطر", "الموضوع", "التاريخ المتوقع", "المبلغ بالدرهم"],
                    "widths": [2, 5, 4, 4],
                    "rows": [
                        ["1", "تجهيز قاعة المطالعة", "2027-01-15", "8 000,00"],
                        ["2", "اقتناء كتب (Éditions Atlas)", "2027-04-30", "4 450,00"],
                    ],
                },
                {
                    "t": "p",
                    "text": "ويبقى صرف الشطر الثاني رهينا بتقديم تقرير عن استعمال الشطر الأول. وللاستفسار يمكنكم الاتصال بالرقم ‎+212 500-00-00-00 أو مراسلة contact@nakhil.example.ma.",
                },
                {"t": "list", "items": ["تقديم الحساب البنكي للجمعية", "توقيع اتفاقية الشراكة داخل أجل 30 يوما"]},
                {"t": "note", "text": "كل تغيير في عنوان الجمعية يبلغ إلى المجلس كتابة."},
            ],
            fr=[
                {
                    "t": "p",
                    "text": "En réponse à votre demande, le conseil a accordé à votre association une subvention de 12 450,00 dirhams au titre de 2026.",
                }
            ],
            signature={
                "quality_ar": "عن الرئيس وبتفويض منه، نائبه الأول",
                "quality_fr": "Pour le président et par délégation, le premier vice-président",
                "name_ar": "يوسف العلمي",
                "name_fr": "Youssef El Alami",
                "delegation_ar": "قرار التفويض رقم 7/2026 بتاريخ 12 يناير 2026",
                "delegation_fr": "Arrêté de délégation n° 7/2026 du 12 janvier 2026",
                "means": "wet_ink",
            },
            remedies=[
                {
                    "text_ar": "طعن أمام رئيس المجلس",
                    "text_fr": "Recours devant le président du conseil",
                    "file_before": "2027-01-29",
                    "if_received": "2026-12-31",
                },
                {
                    "text_ar": "دعوى الإلغاء أمام المحكمة الإدارية داخل 60 يوما من التبليغ (القانون رقم 41.90)",
                    "text_fr": "Recours en annulation devant le tribunal administratif dans les 60 jours (loi n° 41-90)",
                    "file_before": "2027-01-29",
                },
            ],
            copies=[
                {"text_ar": "السيد مدير المصالح", "text_fr": "Monsieur le directeur des services"},
                {"text_ar": "الأرشيف", "text_fr": "Archives"},
            ],
        )
        | more
    )


def minutes(**more: Any) -> dict[str, Any]:
    """Minutes of a sitting, with the generic layout."""
    return (
        act(
            "minutes",
            title_ar="محضر الدورة العادية لشهر أكتوبر 2026",
            title_fr="Procès-verbal de la session ordinaire d’octobre 2026",
            fr=[],
            blocks=[
                {
                    "t": "kv",
                    "rows": [
                        ["تاريخ الجلسة", "12 أكتوبر 2026 على الساعة 10:00"],
                        ["المكان", "قاعة الاجتماعات بمقر المجلس"],
                        ["الأعضاء المزاولون", "15"],
                        ["الحاضرون", "11"],
                    ],
                },
                {"t": "h", "text": "أولا: التحقق من النصاب"},
                {
                    "t": "p",
                    "text": "افتتح السيد رئيس المجلس الجلسة على الساعة 10:15، وبعد التحقق من حضور أكثر من نصف عدد الأعضاء المزاولين مهامهم أعلن قانونية الاجتماع.",
                },
                {"t": "h", "text": "ثانيا: النقط المدرجة في جدول الأعمال"},
                {
                    "t": "list",
                    "ordered": True,
                    "items": ["الدراسة والتصويت على مشروع ميزانية سنة 2027", "اتفاقية شراكة مع جمعية الواحة للتنمية"],
                },
                {
                    "t": "table",
                    "head": ["النقطة", "الموافقون", "الرافضون", "الممتنعون"],
                    "rows": [["1", "9", "1", "1"], ["2", "11", "0", "0"]],
                },
                {"t": "p", "text": "ورفعت الجلسة على الساعة 13:40."},
            ],
        )
        | more
    )


def blanks(count: int = 6, **more: Any) -> dict[str, Any]:
    """A block of pre-numbered blank receipts."""
    return (
        act(
            "blank_receipts",
            title_ar="وصولات ورقية مرقمة مسبقا",
            title_fr="Récépissés papier prénumérotés",
            numbers=[f"P-2026/{n:04d}" for n in range(1, count + 1)],
        )
        | more
    )


def register_pages(rows: int = 60, **more: Any) -> dict[str, Any]:
    """Pages of a register, ready to be signed off."""
    return (
        act(
            "register_pages",
            title_ar="سجل المراسلات الواردة",
            title_fr="Registre du courrier arrivé",
            blocks=[
                {
                    "t": "table",
                    "head": ["ر.ت", "التاريخ", "المرسل", "الموضوع"],
                    "widths": [1, 2, 4, 5],
                    "rows": [
                        [str(n), f"2026-11-{n % 28 + 1:02d}", "جمعية الأفق", f"طلب معلومات عدد {n}/2026"]
                        for n in range(1, rows + 1)
                    ],
                }
            ],
        )
        | more
    )
