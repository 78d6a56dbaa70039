"""Words that carry a question but no part of its answer, and words that decide what another one means."""

from __future__ import annotations

from typing import Final

from index.language.text.word_lists import word_list

FILLER: Final = word_list("filler.english") | word_list("filler.spanish")
ADDICTION_CUES: Final = word_list("cues.addiction")
CUE_WORDS: Final = ADDICTION_CUES | word_list("cues.correctable")
