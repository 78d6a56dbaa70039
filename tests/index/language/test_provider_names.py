"""Names of providers: listed ones with words around them, scattered or with a slip, and the shapes of those nobody listed."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import ListedNames, NameIndex, NoNames
from index.language.signals.intent import Intent
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

LISTED = ListedNames(
    [
        "Turning Point",
        "Saint Josephs Hospital",
        "Crossroads Treatment Centers",
        "Joseph Path Family Center",
        "New Beginnings",
        "Phoenix House",
        "Morton Center",
    ]
)


def read(text: str, names: NameIndex) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("turning point", "Turning Point"),
        ("turning point recovery", "Turning Point"),
        ("turning point recovery center tampa", "Turning Point"),
        ("saint joseph hospital", "Saint Josephs Hospital"),
        ("saint joseph hospital detox", "Saint Josephs Hospital"),
        ("crossroads treatment greenville", "Crossroads Treatment Centers"),
        ("path joseph center health", "Joseph Path Family Center"),
        ("new beginnings detox", "New Beginnings"),
        ("turnng point recovery", "Turning Point"),
    ],
)
def test_a_listed_name_is_found_among_generic_words(text, name):
    """All words of the text but those any name may have stand in one name: that name is meant."""
    understanding = read(text, LISTED)

    assert understanding.name is not None
    assert understanding.name.name == name
    assert understanding.intent is Intent.PROVIDER_NAME


@pytest.mark.parametrize(
    "text",
    ["denver detox center", "boston center detox", "new york detox", "saint joseph detox", "where is a turning point rehab"],
)
def test_a_search_for_care_is_no_name(text):
    """A town with a kind of care, and a text that asks, stay what they are."""
    assert read(text, LISTED).name is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Hazelden Betty Ford Center City MN", "Center City"),
        ("gateway foundation carbondale il", "Carbondale"),
        ("rosecrance rockford", "Rockford"),
        ("denver springs", ""),
        ("Cumberland Heights", ""),
        ("Memphis Recovery Centers", ""),
        ("Santa Fe Recovery Center Gallup NM", "Gallup"),
        ("Hotel California by the Sea", ""),
        ("Leyden Family Service", ""),
        ("Hope House", ""),
    ],
)
def test_the_shape_of_a_name_is_known_without_a_list(text, town):
    """Words of their own before a town, nouns of organizations and capitals read as a name; a town inside it is no place."""
    understanding = read(text, NoNames())

    assert understanding.intent is Intent.PROVIDER_NAME
    assert (understanding.place.place.city if understanding.place else "") == town


@pytest.mark.parametrize("text", ["quuxingham klonopin detox denver", "zorblin xanax clinic", "marisolka medicaid rehab"])
def test_a_drug_or_a_payment_is_in_no_name_that_nobody_lists(text):
    """An odd word beside it may be a slip or a nickname; what was asked for, and its notice, count."""
    understanding = read(text, NoNames())

    assert understanding.intent is Intent.FIND_FACILITY
    assert understanding.concepts


@pytest.mark.parametrize(
    "text",
    ["Denver detox center", "Detox Denver", "Boston Worcester", "Sober Living Los Angeles", "Saint Paul Minnesota", "santa fe"],
)
def test_care_and_towns_in_capitals_are_no_names(text):
    """Capitals alone make no name of a search for care or of a place."""
    assert read(text, NoNames()).intent is Intent.FIND_FACILITY


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("epilepsy doctor", Intent.INFO),
        ("neurologist boise", Intent.INFO),
        ("best pizza in tulsa", None),
        ("what do they do to you on the first day of detox", Intent.INFO),
        ("fentanyl detox or methadone which is better", Intent.INFO),
        ("tips to quit cigarettes", Intent.INFO),
        ("dose masshealth cover a sober house", Intent.INFO),
        ("group for people who lost someone to suicide", Intent.FIND_MEETING),
    ],
)
def test_questions_and_other_fields_are_told_apart(text, intent):
    """What asks for knowledge, for a doctor of another field or for a pizza is no search for care."""
    assert read(text, NoNames()).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "teen challenge",
        "Teen Challenge Dayton",
        "adult and teen challenge",
        "the salvation army denver",
        "salvation army drug rehab",
        "volunteers of america columbus ohio",
    ],
)
def test_a_well_known_organization_is_a_name_though_nobody_listed_it(text: str):
    """None of its words is a wish: "teen challenge" asks for no care of adolescents."""
    understanding = read(text, NoNames())
    assert (understanding.intent, understanding.concepts) == (Intent.PROVIDER_NAME, ())
    assert understanding.name is not None


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("a challenge for teens", "pop.adolescents"),
        ("salvation army heroin detox", "sub.heroin"),
        ("rehab for army veterans", "pop.veterans"),
    ],
)
def test_words_of_a_known_name_elsewhere_mean_what_they_say(text: str, concept: str):
    """A drug beside the name is never swallowed: its notices hang on it."""
    assert concept in read(text, NoNames()).ids()
