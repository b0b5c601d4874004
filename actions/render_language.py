"""Help in other languages: the bot speaks German only, and these people advise in many languages."""

from __future__ import annotations

from knowledge_base.recognise.language import language_name

_SENTENCES = {
    "en": "I am an AI assistant and I only answer in German. These people can help you, some of them in other languages:",
    "tr": "Ben bir yapay zekâ asistanıyım ve yalnızca Almanca yanıt veriyorum. Bu kişiler size yardımcı olabilir, bazıları başka dillerde de:",
    "pl": "Jestem asystentem AI i odpowiadam tylko po niemiecku. Te osoby mogą Państwu pomóc, częściowo także w innych językach:",
    "ro": "Sunt un asistent AI și răspund doar în germană. Aceste persoane vă pot ajuta, unele și în alte limbi:",
    "fr": "Je suis un assistant IA et je réponds uniquement en allemand. Ces personnes peuvent vous aider, parfois dans d'autres langues :",
    "es": "Soy un asistente de IA y solo respondo en alemán. Estas personas pueden ayudarle, algunas también en otros idiomas:",
    "it": "Sono un assistente IA e rispondo solo in tedesco. Queste persone possono aiutarLa, alcune anche in altre lingue:",
    "uk": "Я помічник зі штучним інтелектом і відповідаю лише німецькою. Ці люди можуть вам допомогти, деякі — іншими мовами:",
    "ru": "Я помощник на базе ИИ и отвечаю только по-немецки. Эти люди могут вам помочь, некоторые — на других языках:",
    "ar": "أنا مساعد ذكاء اصطناعي وأجيب بالألمانية فقط. يمكن لهؤلاء الأشخاص مساعدتك، وبعضهم بلغات أخرى:",
}


def language_lines(code: str) -> list[str]:
    """The sentence in the language (English if there is none) and the same in German."""
    return [
        _SENTENCES.get(code, _SENTENCES["en"]),
        f"Ich antworte nur auf Deutsch und habe Ihre Nachricht als {language_name(code)} erkannt. "
        "Diese Stellen helfen Ihnen weiter, zum Teil auch in anderen Sprachen:",
    ]
