"""The widget says in its label, before the name, that the operator of the directory owns a place."""

from __future__ import annotations

import pytest

from directory.disclosure import STAKE_LABEL, Language
from directory.widget.bundle import make_bundle
from directory.widget.words import words_of


@pytest.mark.parametrize("lang", ["en", "es"])
def test_it_has_the_words_of_every_other_channel(lang: Language):
    assert words_of(lang)["stake"] == f". {STAKE_LABEL[lang]}"


def test_they_stand_in_the_label():
    """Beside the label of the paid status, where the API marks the place."""
    script = make_bundle("").content.decode()
    assert '{class:"label"},row.disclosure[words.labelField],row.disclosure.operator_stake&&words.stake)' in script
