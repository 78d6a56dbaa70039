"""From free text to what is asked for: concepts, exclusions, a place, a time, leftover words, corrections, danger.

Pure and deterministic: the same text, vocabulary, places and names give the same reading; nothing is fetched or remembered.
"""

from __future__ import annotations

from index.language.names.listed import NameIndex
from index.language.places.numbers import phone_number
from index.language.places.places import Places
from index.language.reader import Reader
from index.language.reading import ConceptMatch, Understanding
from index.language.signals.intent import Intent
from index.language.text.language_guess import guess_language
from index.language.text.normalise import READ_LIMIT, clean, tokenise
from index.language.vocabulary import Vocabulary

__all__ = ["ConceptMatch", "Understanding", "understand"]


def understand(text: str, *, vocabulary: Vocabulary, places: Places, names: NameIndex, lang: str = "en") -> Understanding:
    """Read what a person typed. The crisis pass looks at all of it, everything else at the first 2,000 characters."""
    cleaned = clean(text)
    phone = phone_number(cleaned)
    tokens = tokenise(cleaned[:READ_LIMIT])
    language = guess_language([token.word for token in tokens], lang)
    if phone is not None or not tokens:
        return Understanding(text, language, phone=phone, intent=Intent.PROVIDER_NAME if phone else None)
    return Reader(text, cleaned, tokens, vocabulary, places, names, language).read()
