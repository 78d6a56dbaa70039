"""docs/embedding.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from directory.widget.bundle import SOURCE
from directory.widget.snippets import policy_lines

PAGE = (Path(__file__).parents[3] / "docs" / "embedding.md").read_text(encoding="utf-8")
SOURCES = "".join(path.read_text(encoding="utf-8") for path in SOURCE.iterdir())


def section(heading: str) -> str:
    """The text under a heading, up to the next of any level."""
    return re.split(r"\n#+ ", PAGE.partition(f"# {heading}\n")[2])[0]


class TestTheTables:
    def test_every_attribute_is_documented_and_no_other(self):
        """In the order of the code."""
        listed = re.search(r"ATTRIBUTES = \[(.*?)\]", SOURCES, re.DOTALL).group(1)

        assert re.findall(r"^\| `([a-z-]+)` \|", section("Attributes"), re.MULTILINE) == re.findall(r'"([a-z-]+)"', listed)

    def test_every_attribute_is_read(self):
        """None is watched for nothing."""
        options = (SOURCE / "options.js").read_text(encoding="utf-8").partition("export function optionsOf")[2]
        listed = re.findall(r"^\| `([a-z-]+)` \|", section("Attributes"), re.MULTILINE)

        assert [name for name in listed if f'"{name}"' not in options and name != "lang"] == []

    def test_every_custom_property_and_part_is_documented(self):
        """And no other."""
        style = section("Style")

        assert set(re.findall(r"`(--ts-[a-z-]+)`", style)) == set(re.findall(r"var\((--ts-[a-z-]+)", SOURCES))
        parts = style.partition("`::part()`:")[2].partition(".")[0]
        assert set(re.findall(r"`([a-z]+)`", parts)) == set(re.findall(r'part: "([a-z]+)"', SOURCES))

    def test_every_event_is_documented(self):
        """With what it carries."""
        assert set(re.findall(r"^\| `([a-z]+)`", section("Events"), re.MULTILINE)) == set(
            re.findall(r'#tell\("([a-z]+)"', SOURCES)
        )


class TestTheRest:
    def test_the_policy_lines_are_those_of_the_snippet_writer(self, client):
        """For the element and the frame."""
        with client.application.test_request_context(base_url="https://directory.example.org"):
            lines = policy_lines()

        assert [line for line in lines if line not in PAGE] == []

    def test_the_message_of_the_frame_is_the_documented_one(self):
        """A host listens for its name."""
        assert '"treatment-search-height"' in (SOURCE.parent / "frame.js").read_text(encoding="utf-8")
        assert '"treatment-search-height"' in PAGE
