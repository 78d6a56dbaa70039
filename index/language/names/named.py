"""Telling a provider's name from a description: a listed name wins over the words inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from index.language.names.listed import LEGAL_ENDINGS, NameIndex, NameMatch
from index.language.places.cues import NAME_NOUNS
from index.language.places.place_reading import BARE, CUED, PlaceReading
from index.language.text.normalise import Token, phrase
from index.language.text.word_lists import word_list
from index.language.words.filler import FILLER
from index.language.words.spelling import everyday_words

LONGEST_NAME: Final = 9  # words
LONGEST_TOWN: Final = 3  # words of a town behind a name
LONGEST_MADE_OF_NAMES: Final = 5  # words
SHORTEST_FIRST: Final = 4  # letters of a first word that words of care may follow
SHORTEST_ALONE: Final = 5  # letters of a single first word that stands for a whole name
ASKED_FOR: Final = frozenset(
    {"detox", "rehab", "rehabilitation", "treatment", "counseling", "clinic", "clinics", "hospital", "services"}
)
CAPITAL_NOUNS: Final = word_list("name.capital_nouns")
PLAIN_NOUNS: Final = word_list("name.plain_nouns")
LONGEST_BEFORE_A_TOWN: Final = 4  # words
HEADS: Final = word_list("name.heads")
HOUSE_FIRSTS: Final = word_list("name.house_firsts")
LEADS: Final = word_list("name.leads")
_HOUSES: Final = frozenset({"house", "home", "haven", "place", "lodge", "manor", "ranch"})
_SITES: Final = frozenset({"site", "website", "webpage", "homepage"})
NEVER_IN_NAMES: Final = word_list("name.never")
ENDINGS: Final = NAME_NOUNS | CAPITAL_NOUNS
_ENGLISH_FILLER: Final = word_list("filler.english")
_ELSEWHERE: Final = word_list("scope.elsewhere") - NAME_NOUNS - {"hotel"}
# Kinds of care that are asked for by these words: "Denver Detox" is no name, "Memphis Recovery Centers" is.
_NAMED_CARE: Final = frozenset({"detox", "rehab", "rehabilitation", "hospital", "clinic", "clinics", "counseling", "treatment"})
OPENERS: Final = frozenset({"new", "the", "la", "el", "los", "las", "first", "one", "a"})  # before the word that names
_OTHER_FORM: Final = {"saint": "st", "st": "saint", "mount": "mt", "mt": "mount", "ft": "fort", "fort": "ft", "centre": "center"}
_SMALL: Final = frozenset({"of", "the", "and", "for", "at", "new", "by"})


def name_in(
    tokens: Sequence[Token], rest: Sequence[int], names: NameIndex, described: set[int], placed: set[int]
) -> NameMatch | None:
    """Return the listed name that the text is: all its words, or all (`rest`) but the place.

    `described` are the places of words that mean a concept: a text made of those alone is a description even if somebody
    is called that ("Recovery Center"), unless it is exactly a name and more than that. A text that is all a place (`placed`)
    is that place, and "denver detox" no short form of a name that begins so.
    """
    if len(placed) == len(tokens):
        return None
    for chosen in (range(len(tokens)), rest):
        words = [tokens[place].word for place in chosen]
        if not 0 < len(words) <= LONGEST_NAME or not _may_be_a_name(chosen, tokens, described):
            continue
        found = names.match(words)
        if found is not None and _is_distinctive(chosen, tokens, described if found.exact else described | placed, found):
            return found
    return None


def name_and_care(
    tokens: Sequence[Token], rest: Sequence[int], names: NameIndex, described: set[int], placed: set[int]
) -> NameMatch | None:
    """Return the listed name that the text begins with where only words that any name may end with follow.

    "turning point recovery", "crossroads treatment", "saint joseph hospital detox": a place inside the words counts as part of
    the name only where the name ends as an organization does. Neither "denver detox center" nor a text that asks is a name.
    """
    if not NEVER_IN_NAMES.isdisjoint(token.word for token in tokens):
        return None
    for chosen in (range(len(tokens)), rest) if placed else (rest,):
        for length in range(min(len(chosen), LONGEST_NAME), 0, -1):
            head, tail = chosen[:length], chosen[length:]
            if any(not _may_follow(tokens[spot].word) for spot in tail):
                break
            if _begins_a_name(head, tokens, described) and (found := _match(names, [tokens[spot].word for spot in head])):
                if placed.isdisjoint(head):
                    if len(head) > 1 or tokens[head[0]].word not in everyday_words():
                        return found
                elif _is_an_organization(found, [tokens[spot].word for spot in head if spot in placed], len(head)):
                    return found
    return None


def _match(names: NameIndex, words: Sequence[str]) -> NameMatch | None:
    """Return the name of the words, also where one of them is written short in it or in full: "saint joseph hospital"."""
    found = names.match(words)
    if found is not None or _OTHER_FORM.keys().isdisjoint(words):
        return found
    return names.match([_OTHER_FORM.get(word, word) for word in words])


def _is_an_organization(found: NameMatch, town: Sequence[str], length: int) -> bool:
    """Say whether a name has as many words as were typed, ends as no place does, and holds the town as it was typed."""
    words = phrase(found.name)
    as_typed = all(word in words or _OTHER_FORM.get(word) in words or f"{word}s" in words for word in town)
    return len(words) == length > 1 and words[-1] in NAME_NOUNS and as_typed


def _may_follow(word: str) -> bool:
    return word in NAME_NOUNS or word in ASKED_FOR or word in LEGAL_ENDINGS or word in _SMALL


def _begins_a_name(head: Sequence[int], tokens: Sequence[Token], described: set[int]) -> bool:
    """Say whether the first word says something of its own: neither a kind of care nor a word of asking."""
    if len(head) > 1 and tokens[head[0]].word in OPENERS:
        head = head[1:]
    first = tokens[head[0]].word
    return head[0] not in described and first not in FILLER and first not in NAME_NOUNS and len(first) >= SHORTEST_FIRST


def name_holding(tokens: Sequence[Token], rest: Sequence[int], names: NameIndex, described: set[int]) -> NameMatch | None:
    """Return the name that holds all words of the text but those that any name may have: "joseph path center health"."""
    if not 1 < len(rest) <= LONGEST_NAME or not NEVER_IN_NAMES.isdisjoint(token.word for token in tokens):
        return None
    own = [spot for spot in rest if not _may_follow(tokens[spot].word) and tokens[spot].word not in ENDINGS]
    words = [tokens[spot].word for spot in own]
    if not words or any(spot in described or word in FILLER or not word.isalpha() for spot, word in zip(own, words, strict=True)):
        return None
    strange = any(word not in everyday_words() and len(word) >= SHORTEST_ALONE for word in words)
    return names.holding(words) if len(words) > 1 or strange else None


def name_before(
    tokens: Sequence[Token], names: NameIndex, described: set[int], is_town: Callable[[Sequence[str]], bool]
) -> tuple[NameMatch, int] | None:
    """Return the name that a text is but for a town at its end, and where the town begins: "harbor house lowell".

    Such a name may hold places of its own ("Kentucky River Community Care hyden").
    """
    for start in range(len(tokens) - 1, max(1, len(tokens) - LONGEST_TOWN - 1), -1):
        head = range(start)
        words = [token.word for token in tokens[:start]]
        if len(words) > LONGEST_NAME or not is_town([token.word for token in tokens[start:]]):
            continue
        found = names.match(words) if _may_be_a_name(head, tokens, described) else None
        plain = len(words) > 1 and described.isdisjoint(head)
        if found is not None and (found.exact or plain) and _is_distinctive(head, tokens, described, found):
            return found, start
    return None


def _may_be_a_name(chosen: Sequence[int], tokens: Sequence[Token], described: set[int]) -> bool:
    """Say whether words are worth looking up: some say more than a kind of care, and none is a word of asking."""
    words = [tokens[place].word for place in chosen]
    own = (word for place, word in zip(chosen, words, strict=True) if place not in described)
    says_no_care = len(words) > 1 and described.isdisjoint(chosen)  # "Recovery Works": everyday words, and no kind of care
    return NEVER_IN_NAMES.isdisjoint(words) and (says_no_care or any(word not in FILLER for word in own))


def _is_distinctive(chosen: Sequence[int], tokens: Sequence[Token], described: set[int], found: NameMatch) -> bool:
    if found.exact and len(chosen) > 1 and described.isdisjoint(chosen):
        return True
    own = [tokens[place].word for place in chosen if place not in described and tokens[place].word not in FILLER]
    if not own or (not found.exact and len(own) < len(chosen) and not everyday_words().isdisjoint(own)):
        return False  # "cooccurring disorders" describes care, though somebody's name begins so
    return found.exact or len(chosen) > 1 or (len(own[0]) >= SHORTEST_ALONE and own[0] not in everyday_words())


def made_of_names(tokens: Sequence[Token], names: NameIndex) -> NameMatch | None:
    """Return two to five words that all stand in names of the index, or nearly, and one of them in no dictionary, as a name."""
    words = [token.word for token in tokens]
    if not 2 <= len(words) <= LONGEST_MADE_OF_NAMES or not FILLER.isdisjoint(words):
        return None
    if not any(word not in everyday_words() and word.isalpha() and len(word) >= SHORTEST_ALONE for word in words):
        return None
    strange = [word for word in words if not names.knows(word)]
    if len(strange) > 1 or any(word in everyday_words() for word in strange):
        return None  # "pot roast rekipe" is no name with three slips
    found = tuple(word if word not in strange else names.near(word) or "" for word in words)
    return NameMatch(" ".join(found), found, exact=False) if all(found) else None


def looks_like_a_name(
    tokens: Sequence[Token], rest: Sequence[int], meant: tuple[set[int], set[int]], place: PlaceReading | None
) -> bool:
    """Say whether a text reads like an organization nobody listed: own words, then "House" or "Center", then perhaps a place.

    "Austin Recovery" in capitals is a name too: a town, and a noun that asks for nothing; so is "denver springs", where the
    noun names no care. `meant` are the words that mean a concept, and those that were corrected.
    """
    words = [tokens[spot] for spot in rest]
    capitals = all(token.raw[0].isupper() for token in tokens if token.word not in _SMALL)
    described = meant[0] if capitals else meant[0] | meant[1]
    if place is not None and 0 not in rest and words and all(token.word in ENDINGS or token.word in _SMALL for token in words):
        if len(words) == 1 and words[0].word in PLAIN_NOUNS and not described and place.strength == BARE:
            return True
        if capitals and _NAMED_CARE.isdisjoint(token.word for token in words):
            return True
    if _is_a_named_house(words) or (capitals and _is_led(words, described)) or _is_whose_site(tokens, described, place):
        return True
    before = tokens[: place.start] if place is not None else ()
    if _is_strange_before_a_town(before, described, place):
        return True
    if capitals and len(tokens) > 1 and not described and _says_more_than_a_place(tokens, rest, place):
        return True
    if not 2 <= len(words) <= LONGEST_NAME or not (words[-1].word in NAME_NOUNS or (capitals and _is_headed(words))):
        return False
    own = [token for spot, token in zip(rest, words, strict=True) if spot not in described and token.word not in ENDINGS | _SMALL]
    if capitals and not described and not own:  # "Hope House"
        return words[0].word not in NAME_NOUNS and words[-1].word in NAME_NOUNS
    if all(token.word in FILLER for token in own) or (not capitals and any(token.word in FILLER for token in own)):
        return False
    if words[-1].word in PLAIN_NOUNS and described.isdisjoint(rest):
        return True
    shortest = SHORTEST_ALONE if words[-1].word in ASKED_FOR else 1
    return capitals or any(
        token.word.isalpha() and len(token.word) >= shortest and token.word not in everyday_words() for token in own
    )


def _is_strange_before_a_town(words: Sequence[Token], described: set[int], place: PlaceReading | None) -> bool:
    """Say whether all that stands before a town are few words, one of them in no dictionary: "rosecrance rockford"."""
    if place is None or described or place.start != len(words) or place.strength == CUED:
        return False
    plain = 1 <= len(words) <= LONGEST_BEFORE_A_TOWN and all(token.word.isalpha() and token.word not in FILLER for token in words)
    return plain and any(len(token.word) > SHORTEST_ALONE and token.word not in everyday_words() for token in words)


def _says_more_than_a_place(tokens: Sequence[Token], rest: Sequence[int], place: PlaceReading | None) -> bool:
    """Say whether words that are all in capitals hold one that is part of no place and asks for nothing: "Cumberland Heights"."""
    if (place is not None and place.strength == CUED and place.misspelt is None) or all(token.raw.isupper() for token in tokens):
        return False
    own = [tokens[spot].word for spot in rest if tokens[spot].word not in _SMALL]
    asks = any((word in _ENGLISH_FILLER and word not in ENDINGS) or word in _ELSEWHERE for word in own)
    return not asks and bool(own) and (place is not None or any(word not in everyday_words() for word in own))


def _is_a_named_house(words: Sequence[Token]) -> bool:
    """Say whether two words are what many houses are called, whatever the capitals: "harbor house", "hope place"."""
    return len(words) == 2 and words[0].word in HOUSE_FIRSTS and words[1].word in _HOUSES


def _is_led(words: Sequence[Token], described: set[int]) -> bool:
    """Say whether words in capitals begin as undertakings do: "Operation …", "Project …"."""
    return 2 <= len(words) <= LONGEST_BEFORE_A_TOWN and words[0].word in LEADS and not described


def _is_whose_site(tokens: Sequence[Token], described: set[int], place: PlaceReading | None) -> bool:
    """Say whether the site of somebody is asked for, by a name in no dictionary: "is this the site for cenikor in houston"."""
    words = [token.word for token in tokens[: place.start if place is not None else len(tokens)]]
    start = next((spot + 2 for spot, (site, of) in enumerate(pairwise(words)) if site in _SITES and of in {"for", "of"}), 0)
    own = [word for word in words[start:] if word not in _SMALL and word != "in"] if start else []
    named = 1 <= len(own) <= LONGEST_BEFORE_A_TOWN and described.isdisjoint(range(start, len(words)))
    return named and any(len(word) >= SHORTEST_ALONE and word not in everyday_words() for word in own)


def _is_headed(words: Sequence[Token]) -> bool:
    """Say whether words in capitals end or begin as organizations do: "… Outreach", "House of Hope"."""
    behind = pairwise(words)
    return words[-1].word in CAPITAL_NOUNS or any(head.word in HEADS and of.word in {"of", "for"} for head, of in behind)
