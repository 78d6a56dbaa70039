"""Which towns lie in a box of degrees: what a map names."""

from __future__ import annotations

from index.geo.places import Gazetteer


class TestTownsInABox:
    def test_the_most_populous_come_first(self):
        towns = Gazetteer.load().towns_in(39.0, -105.5, 40.2, -104.5, 3)
        assert [town.label for town in towns] == ["Denver, CO", "Aurora, CO", "Lakewood, CO"]

    def test_a_box_may_cross_the_antimeridian(self):
        """The Aleutian Islands lie on both sides."""
        assert Gazetteer.load().towns_in(51.0, 172.0, 55.0, -166.0, 5)
        assert not Gazetteer.load().towns_in(51.0, -176.0, 54.0, -177.0, 0)
