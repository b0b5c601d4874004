"""Other languages, from four words on; German in all its forms stays German."""

import pytest

from knowledge_base.recognise.language import foreign_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hello, I am a nurse from India, how can I get my diploma recognised in Germany?", "en"),
        ("Where can I find help with my job?", "en"),
        ("Diplomamı burada nasıl tanıtabilirim ve kim bana yardım eder?", "tr"),
        ("Gdzie mogę uznać swój dyplom i kto mi w tym pomoże?", "pl"),
        ("Où est-ce que je peux faire reconnaître mon diplôme ?", "fr"),
        ("¿Dónde puedo pedir que se reconozca mi título?", "es"),
        ("Де я можу визнати свій диплом?", "uk"),
        ("Где я могу признать свой диплом?", "ru"),
        ("أين يمكنني الاعتراف بشهادتي؟", "ar"),
    ],
)
def test_other_languages_are_recognised(text: str, code: str) -> None:
    assert foreign_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Wir sind 12 Leute in Lüdenscheid und wollen KI einführen",
        "Jung, mir han en Brauhaus in Aachen un wolle online reserviere lasse",
        "go digital 2026 antrag",
        "Smart Factory Workshop mit Machine Learning in Hagen",
        "brauchen ein ERP mit cloud und business intelligence",
        "diploma",
        "microsoft ki training azubis",
    ],
)
def test_german_stays_german(text: str) -> None:
    assert foreign_language(text) is None
