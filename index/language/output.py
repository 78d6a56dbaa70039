"""A reading as plain values: the shape that the API answers, for one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.geo.places import Place
from index.language.understanding import ConceptMatch, Understanding
from index.language.vocabulary import Vocabulary


def as_json(understanding: Understanding, vocabulary: Vocabulary, lang: str = "en") -> Mapping[str, object]:
    """Return the reading as JSON-ready values. `notices` is empty here: they belong to the service above."""
    place = understanding.place
    excluded_place = understanding.place_excluded
    stated = understanding.radius
    return {
        "concepts": [_concept(match, vocabulary, lang) for match in understanding.concepts],
        "excluded": [_concept(match, vocabulary, lang) for match in understanding.excluded],
        "place": place_json(place.place, place.alternatives) if place else None,
        "place_excluded": place_json(excluded_place) if excluded_place else None,
        "other_places": [place_json(other) for other in understanding.other_places],
        "near_me": understanding.near_me,
        "radius": {"miles": stated.miles, "matched": stated.matched} if stated else None,
        "time": list(understanding.time),
        "residual": list(understanding.residual),
        "corrections": [{"typed": made.typed, "shown": made.shown, "kind": made.kind} for made in understanding.corrections],
        "intent": understanding.intent.value if understanding.intent else None,
        "crisis": _crisis(understanding, vocabulary),
        "language": understanding.language,
        "notices": [],
    }


def place_json(place: Place, alternatives: Sequence[Place] = ()) -> Mapping[str, object]:
    """Return a place as the API shows it; its alternatives have the same parts, without further ones."""
    parts: dict[str, object] = {
        "label": place.label,
        "kind": place.kind.value,
        "city": place.city or None,
        "county": place.county or None,
        "state": place.state,
        "zip": place.zip or None,
        "lat": place.point.lat,
        "lon": place.point.lon,
        "time_zone": place.time_zone,
    }
    parts["alternatives"] = [
        {key: value for key, value in place_json(other).items() if key != "alternatives"} for other in alternatives
    ]
    return parts


def _concept(match: ConceptMatch, vocabulary: Vocabulary, lang: str) -> Mapping[str, object]:
    return {
        "id": match.id,
        "label": vocabulary.label(match.id, lang),
        "kind": vocabulary.concept(match.id).kind.value,
        "matched": match.matched,
        "corrected_from": match.corrected_from,
        "role": match.role.value,
    }


def _crisis(understanding: Understanding, vocabulary: Vocabulary) -> Mapping[str, object] | None:
    if understanding.crisis is None:
        return None
    concept = vocabulary.concept(understanding.crisis)
    return {
        "id": concept.id,
        "tier": concept.tier.value if concept.tier else "988",
        "lines": list(concept.resources or (concept.id,)),
    }
