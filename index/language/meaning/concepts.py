"""From words to concepts: phrases looked up, and those with several meanings decided by what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.language.meaning.paraphrases import Said, paraphrases
from index.language.text.normalise import Token
from index.language.text.word_lists import word_list
from index.language.vocabulary import Vocabulary
from index.language.vocabulary_file import Condition
from index.language.words.filler import ADDICTION_CUES
from index.language.words.phrases import Entry, Hit, PhraseIndex, phrase_index
from index.language.words.spelling import everyday_words

_USING: Final = word_list("cues.using")
_STRONG: Final = word_list("cues.strong")
_WEAKLY: Final = frozenset({"on", "did", "doing", "uso", "usa", "usar", "usan", "usando"})
_NOT_PLAIN: Final = word_list("cues.not_plain")
_USED_FOR: Final = word_list("cues.used_for")
_LINKS: Final = word_list("cues.links")
_LOOSE_LINKS: Final = word_list("cues.loose_links")
_GETTING: Final = frozenset({"get", "gets", "getting", "got", "come", "coming", "stay", "staying", "wean", "weaning", "been"})
_NEEDS_DETOX: Final = word_list("cues.withdrawal")
_JOINS: Final = frozenset({"and", "or", "y", "o", "plus"})
_NEEDS: Final = ("sub.", "med.", "pay.", "crisis.")
_BODY: Final = word_list("scope.body")
_BUILT: Final = word_list("scope.built")
_ARTICLES: Final = frozenset({"a", "an", "the", "my", "our", "this", "these", "old"})
_REHAB: Final = frozenset({"rehab", "rehabs", "rehabilitation", "rehabilitacion"})
LONGEST_SHORT: Final = 3  # letters; shorter words in capitals are mostly abbreviations
BESIDE: Final = 3  # words to either side that count as beside
# What else in a text makes an everyday word mean a drug or a kind of care.
_CONTEXT_PREFIXES: Final = ("sub.", "care.", "med.", "cond.withdrawal", "tx.", "help.samhsa", "svc.drug_testing", "group.")


@dataclass(frozen=True, slots=True)
class Found:
    """Concepts read in words `start` to `end` (exclusive), in order of weight; `denied` if those words rule them out."""

    start: int
    end: int
    concepts: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """What the meaning of one phrase may depend on: the words, how they were typed, and what else was found."""

    words: Sequence[str]
    tokens: tuple[Token, ...]
    language: str
    sure: tuple[Hit, ...]
    hits: tuple[Hit, ...]


def read_concepts(
    words: Sequence[str], tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary, language: str
) -> list[Found]:
    """Return what the free words mean, in order, without overlap."""
    found, text = _phrases(words, tokens, free, vocabulary, language)
    said = paraphrases(words, free)
    if not said:
        return found
    said = [one for one in said if _is_meant(one, found, text)]
    if any(one.only for one in said):
        found, _ = _phrases(words, tokens, _not_inside(free, [one for one in said if one.only]), vocabulary, language)
    return _with_paraphrases(found, said)


def _phrases(
    words: Sequence[str], tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary, language: str
) -> tuple[list[Found], _Text]:
    """Return what the vocabulary's phrases in free words mean, and what it was decided by."""
    index = phrase_index(vocabulary)
    hits = list(index.scan(words, free, (0, len(words))))
    if _is_other_rehab(words, hits):
        hits = [hit for hit in hits if _REHAB.isdisjoint(words[hit.start : hit.end])]
    sure = tuple(hit for hit in hits if not hit.entry.needs_context and _means_one_thing(hit.entry))
    text = _Text(words, tuple(tokens), language, sure, tuple(hits))
    return [found for hit in hits for found in _resolved(hit, text, free, index)], text


def _not_inside(free: Sequence[bool], said: Sequence[Said]) -> list[bool]:
    left = list(free)
    for one in said:
        left[one.start : one.end] = [False] * (one.end - one.start)
    return left


def _is_meant(said: Said, found: Sequence[Found], text: _Text) -> bool:
    """Say whether what a paraphrase needs beside it is there."""
    if said.beside and not any(concept.startswith(said.beside) for hit in found for concept in hit.concepts):
        return False
    return not said.needs_context or in_context(Hit(said.start, said.end, Entry((), said.concepts, True, None)), text)


def _with_paraphrases(found: Sequence[Found], said: Sequence[Said]) -> list[Found]:
    """Return what was found with what the paraphrases add; what shares words with one becomes one thing with it."""
    joined = list(found)
    for one in (one for one in said if one.concepts):
        inside = [hit for hit in joined if hit.start < one.end and one.start < hit.end]
        concepts = dict.fromkeys((*one.concepts, *(concept for hit in inside for concept in hit.concepts)))
        start, end = min((hit.start for hit in inside), default=one.start), max((hit.end for hit in inside), default=one.end)
        joined = [hit for hit in joined if hit.end <= one.start or one.end <= hit.start]
        joined.append(Found(min(start, one.start), max(end, one.end), tuple(concepts), one.denies))
    return sorted(joined, key=lambda hit: hit.start)


def _means_one_thing(entry: Entry) -> bool:
    """Say whether a phrase has one meaning, at most barred beside some words ("AA batteries")."""
    return entry.rule is None or (len(entry.rule.readings) == 1 and entry.rule.readings[0].when == Condition())


def _is_other_rehab(words: Sequence[str], hits: Sequence[Hit]) -> bool:
    """Say whether what is rehabilitated is a body or a building: "rehab after a stroke", "rehab a house"."""
    if any(_concept_in(hit, ("sub.", "med.", "group.")) for hit in hits):
        return False
    if is_about_a_body(words):
        return True
    verbs = (spot for spot, word in enumerate(words[:-1]) if word == "rehab" and words[spot + 1] in _ARTICLES)
    return any(not _BUILT.isdisjoint(words[spot + 2 : spot + 2 + BESIDE]) for spot in verbs)


def is_about_a_body(words: Sequence[str]) -> bool:
    """Say whether words name what other fields rehabilitate: a knee, a stroke."""
    return not _BODY.isdisjoint(words)


def say_a_need(found: Iterable[Found]) -> bool:
    """Say whether a drug, a medicine, a way to pay or danger is read: no name that nobody lists may swallow these."""
    return any(concept.startswith(_NEEDS) for hit in found for concept in hit.concepts)


def _resolved(hit: Hit, text: _Text, free: Sequence[bool], index: PhraseIndex) -> Iterator[Found]:
    """Yield what a hit means; when it means nothing here, what shorter phrases inside it mean."""
    concepts = _meaning(hit, text)
    if concepts is not None:
        if concepts:
            yield Found(hit.start, hit.end, _with_implied(concepts, hit.entry.words))
        return
    if hit.end - hit.start > 1:
        for inner in index.scan(text.words, free, (hit.start, hit.end), hit.end - hit.start - 1):
            yield from _resolved(inner, text, free, index)


def _with_implied(concepts: tuple[str, ...], words: Sequence[str]) -> tuple[str, ...]:
    """Add detox where withdrawal or getting off something is named; wanting to quit alone does not ask for detox."""
    if "cond.withdrawal" in concepts and not _NEEDS_DETOX.isdisjoint(words):
        return (*concepts, "care.detox")
    return concepts


def _meaning(hit: Hit, text: _Text) -> tuple[str, ...] | None:
    """Return the concepts of a hit; () when a rule says it means nothing, None when it does not hold here."""
    if hit.entry.rule is not None:
        for reading in hit.entry.rule.readings:
            if _holds(reading.when, hit, text) and not (reading.unless and _any_holds(reading.unless, hit, text)):
                return reading.concepts
        return None
    if hit.entry.needs_context and not _supported(hit, text):
        return None
    return hit.entry.concepts


def _supported(hit: Hit, text: _Text) -> bool:
    """Say whether a term that needs context has it: everyday words as drug names need it closer than others."""
    if _plainly_used(hit, text):
        return True
    if not in_context(hit, text):
        return False
    if not all(concept.startswith("sub.") for concept in hit.entry.concepts):
        return True
    return any(word not in everyday_words() for word in hit.entry.words) or _used(hit, text)


def _plainly_used(hit: Hit, text: _Text) -> bool:
    """Say whether the words right before leave no doubt: "smoking ice", "did too much coke"."""
    for spot in range(hit.start - 1, max(-1, hit.start - 5), -1):
        word = text.words[spot]
        if word == "off" and spot and text.words[spot - 1] in _GETTING:
            return True
        if word in _STRONG:
            return word not in _WEAKLY or hit.entry.words[0] not in _NOT_PLAIN
        if word not in _LINKS:
            return False
    return False


def _used(hit: Hit, text: _Text) -> bool:
    """Say whether somebody takes, quits or is treated for what is named: "snorting snow", "ice addiction", "percs and blues"."""
    before = text.words[hit.start - 1] if hit.start else ""
    earlier = text.words[hit.start - 2] if hit.start > 1 else ""
    after = text.words[hit.end] if hit.end < len(text.words) else ""
    if before in _USING or after in _USED_FOR or (before in _LINKS and earlier in _USING):
        return True
    if before in _JOINS or after in _JOINS:
        beside = {hit.start - 1, hit.end + 1}
        return any(_concept_in(other, ("sub.",)) and (other.end in beside or other.start in beside) for other in text.hits)
    return before in _LOOSE_LINKS


def in_context(hit: Hit, text: _Text) -> bool:
    """Say whether another word of this field stands in the text."""
    outside = (word for place, word in enumerate(text.words) if not hit.start <= place < hit.end)
    if any(word in ADDICTION_CUES for word in outside):
        return True
    return any(_concept_in(other, _CONTEXT_PREFIXES) for other in text.sure if other.start != hit.start)


def _concept_in(hit: Hit, prefixes: Sequence[str]) -> bool:
    return any(concept.startswith(tuple(prefixes)) for concept in hit.entry.concepts)


def _parts(condition: Condition, hit: Hit, text: _Text) -> Iterator[bool]:
    words, start, end = text.words, hit.start, hit.end
    if condition.after:
        yield start > 0 and words[start - 1] in condition.after
    if condition.before:
        yield end < len(words) and words[end] in condition.before
    if condition.beside:
        near = (*words[max(0, start - BESIDE) : start], *words[end : end + BESIDE])
        yield not set(near).isdisjoint(condition.beside)
    if condition.anywhere:
        yield not {*words[:start], *words[end:]}.isdisjoint(condition.anywhere)
    if condition.kinds:
        yield any(_concept_in(other, condition.kinds) for other in text.sure if other.start != start)
    if condition.upper:
        yield all(token.upper for token in text.tokens[start:end]) and not _shouted(text.tokens[:start] + text.tokens[end:])
    if condition.alone:
        yield end - start == len(words)
    if condition.context:
        yield in_context(hit, text)
    if condition.language:
        yield condition.language == text.language


def _shouted(others: Sequence[Token]) -> bool:
    """Say whether the other words are in capitals too: then capitals tell nothing."""
    long = [token for token in others if len(token.word) > LONGEST_SHORT and token.word.isalpha()]
    return bool(long) and all(token.upper for token in long)


def _holds(condition: Condition, hit: Hit, text: _Text) -> bool:
    return all(_parts(condition, hit, text))


def _any_holds(condition: Condition, hit: Hit, text: _Text) -> bool:
    return any(_parts(condition, hit, text))
