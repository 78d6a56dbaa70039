"""Rules that decide what words mean beside each other: denials, questions, names, what belongs to other fields."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.names.listed import ListedNames
from index.language.signals.intent import Intent
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

NAMES = ListedNames(["CoOccurring Disorders Institute", "Harbor Light Center", "Recovery Works", "Kentucky River Home"])


def read(text: str) -> Understanding:
    return understand(text, vocabulary=Vocabulary.load(), places=Gazetteer.load(), names=NAMES)


def excluded(text: str) -> set[str]:
    return {match.id for match in read(text).excluded}


class TestDenials:
    @pytest.mark.parametrize(
        ("text", "ruled_out"),
        [
            pytest.param("smart recovery not 12 steps", {"group.twelve_step"}, id="beside meetings the meetings"),
            pytest.param("rehab without 12 step", {"tx.twelve_step"}, id="beside care the method"),
            pytest.param("counseling, no 12 step meetings", {"group.twelve_step"}, id="meetings by name"),
            pytest.param("not 12 step", {"group.twelve_step", "tx.twelve_step"}, id="alone both"),
            pytest.param("programa sin religión", {"care.faith_based"}, id="without religion"),
            pytest.param("alternatives to AA", {"group.aa"}, id="something else"),
            pytest.param("not looking for detox, just counseling", {"care.detox"}, id="not looking for"),
            pytest.param("tried AA and it didnt work", {"group.aa"}, id="tried"),
            pytest.param("consejería que no sea AA", {"group.aa"}, id="Spanish"),
            pytest.param("heroin help wethout methadone", {"med.methadone"}, id="a misspelt no"),
        ],
    )
    def test_what_is_ruled_out(self, text, ruled_out):
        """A no reaches what it names, in the sense that the words around it give."""
        assert excluded(text) == ruled_out

    @pytest.mark.parametrize(
        "text",
        [
            "dejar la cocaina sin internarme",
            "tratamiento sin internamiento",
            "sin tener que internarme",
            "no quiero internarme",
            "ayuda sin hospitalizarme",
        ],
    )
    def test_spanish_ways_of_not_staying_rule_out_staying(self, text):
        """Who will not be admitted wants no care day and night."""
        assert excluded(text) == {"care.inpatient"}

    @pytest.mark.parametrize(
        "text",
        [
            "detox without medicaid or insurance",
            "detox without insurance or medicaid",
            "detox no medicaid or medicare or insurance",
            "dont have medicaid or insurance need detox",
            "detox no insurance no medicaid",
            "detox without insurance or medicaid or medicare",
            "detox, no tengo seguro ni medicaid",
            "detox sin medicaid ni seguro",
        ],
    )
    def test_insurance_that_is_missing_rules_no_place_out(self, text):
        """A payer that somebody does not have is a need for care without insurance, and nothing else."""
        assert set(read(text).ids()) == {"care.detox", "pay.uninsured"}
        assert excluded(text) == set()

    def test_a_payer_that_is_not_wanted_stays_ruled_out(self):
        """Beside insurance that somebody has, a no to Medicaid is a no."""
        assert excluded("not medicaid, private insurance rehab") == {"pay.medicaid"}
        assert {"pay.uninsured", "pay.medicaid"} <= set(read("uninsured or medicaid rehab").ids())

    @pytest.mark.parametrize(
        "text",
        [
            "non addictive sleep medicine",
            "nonaddictive pain relief",
            "something for anxiety that isnt addictive",
            "medicamento no adictivo para ansiedad",
        ],
    )
    def test_what_is_not_addictive_rules_nothing_out(self, text):
        """ "Non-addictive" describes a medicine; treatment stays where it is."""
        assert excluded(text) == set()

    def test_care_stays_wanted_beside_what_is_ruled_out(self):
        """In "not religious rehab" it is the religion that is not wanted."""
        found = read("not religious rehab")
        assert "care.treatment" in found.ids()
        assert excluded("not religious rehab") == {"care.faith_based"}


class TestPhrases:
    @pytest.mark.parametrize(
        ("text", "concepts"),
        [
            pytest.param("cooccurring disorders", {"care.cooccurring"}, id="no hyphen, and no listing's name"),
            pytest.param("closed AA meeting", {"fmt.closed", "group.aa"}, id="a fellowship between"),
            pytest.param(
                "rehab that lets you bring a dog", {"acc.pets", "care.treatment"}, id="an animal and a word of bringing"
            ),
            pytest.param("alcohol counselors", {"tx.sud_counseling", "sub.alcohol"}, id="a drug inside a phrase"),
            pytest.param("looking for free clinic", {"care.fqhc"}, id="a small word takes nothing from a phrase"),
            pytest.param("drinking every nite", {"sub.alcohol"}, id="written short"),
            pytest.param("accepts kids 15 yrs old", {"pop.adolescents"}, id="an age says who needs care"),
        ],
    )
    def test_phrase_is_read(self, text, concepts):
        """Each phrase has its meaning, however its words are parted."""
        assert set(read(text).ids()) == concepts

    @pytest.mark.parametrize("text", ["AA batteries", "rehab a house", "inpatient rehab after hip replacement", "wildlife rehab"])
    def test_other_fields_are_not_this_one(self, text):
        """Batteries, houses, hips and owls are looked after elsewhere."""
        found = read(text)
        assert found.ids() == ()
        assert found.intent is None

    @pytest.mark.parametrize(
        ("text", "concept"), [("morning to night", "sched.tonight"), ("medical supervision", "pay.medicaid.ca")]
    )
    def test_lookalike_is_not_meant(self, text, concept):
        """Two words that sound like another phrase are not it."""
        assert concept not in read(text).ids()


class TestQuestions:
    @pytest.mark.parametrize(
        "text",
        [
            "can methadone be taken while pregnant",
            "are benzos opioids",
            "do i need a referral for detox",
            "is kratom legal in texas",
            "how much does rehab cost in florida",
            "el medicaid cubre rehabilitación",
            "should i go inpatient or outpatient",
            "signs my kid is using meth",
        ],
    )
    def test_question_asks_for_information(self, text):
        """Who asks what something is, costs or does wants to know, wherever."""
        assert read(text).intent is Intent.INFO

    @pytest.mark.parametrize(
        "text",
        [
            "do you take medicaid",
            "can someone help my son get off heroin",
            "is on heroin and needs detox",
            "are there any free rehabs in boise",
            "can i get methadone today",
            "which detox accepts pets",
        ],
    )
    def test_question_asks_for_a_place(self, text):
        """Who asks who takes, offers or helps wants a place."""
        assert read(text).intent is Intent.FIND_FACILITY


class TestNames:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            pytest.param("Recovery Works", None, id="everyday words, exactly a name"),
            pytest.param("harbor light center lowell", "Lowell, MA", id="a town behind"),
            pytest.param("kentucky river home lowell", "Lowell, MA", id="a state inside the name"),
            pytest.param("Soroptimist House of Hope", None, id="in capitals, unlisted"),
            pytest.param("Amber Lantern Outreach", None, id="ends as organizations do"),
        ],
    )
    def test_name_is_a_name(self, text, place):
        """A listing's name is looked for as a name, near the town behind it."""
        found = read(text)
        assert found.intent is Intent.PROVIDER_NAME
        assert (found.place.place.label if found.place else None) == place

    @pytest.mark.parametrize("text", ["pot roast rekipe", "Clinic For Pregnant Women", "Best Treatment Program"])
    def test_other_words_are_no_name(self, text):
        """Words with slips, and descriptions in capitals, name nobody."""
        assert read(text).intent is not Intent.PROVIDER_NAME


class TestDangerBesideItsLookalikes:
    @pytest.mark.parametrize(
        ("text", "crisis"),
        [
            ("she took too many pills", {"crisis.overdose"}),
            ("dad drank too much and wont wake up", {"crisis.alcohol_poisoning", "crisis.not_breathing"}),
            ("baby swallowed pill", {"crisis.poisoning"}),
            ("no quiero vivir", {"crisis.suicide"}),
        ],
    )
    def test_danger_is_named_once(self, text, crisis):
        """One event has one name."""
        assert {concept for concept in read(text).ids() if concept.startswith("crisis.")} == crisis

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("he takes too many pills", id="a habit"),
            pytest.param("she takes keppra for seizures and drinks", id="a medicine"),
            pytest.param("no tengo donde vivir", id="no home"),
            pytest.param("i dont want sober living", id="a kind of house"),
            pytest.param("alucinógenos", id="a class of drugs"),
            pytest.param("educación sobre sobredosis", id="a class about it"),
            pytest.param("she wont leave the baby to go to rehab", id="who stays with a child"),
            pytest.param("fentanal overdose prevenzion", id="prevention, misspelt"),
        ],
    )
    def test_lookalike_is_no_danger(self, text):
        """Habits, histories, houses and classes are ordinary searches."""
        assert read(text).crisis is None


class TestShorthand:
    def test_w_is_with_and_no_word_to_search(self):
        """Helplines write "w": it asks for nothing, and no correction is shown for it."""
        understanding = read("w pregnant meth medicaid 44102")

        assert understanding.residual == ()
        assert understanding.corrections == ()
        assert "pop.parents_children" in read("meth detox w kids").ids()

    def test_w_in_an_address_stays_west(self):
        """A street and a town keep their west."""
        assert read("w palm beach detox").place.place.city == "West Palm Beach"
        assert read("123 W Main St detox").corrections == ()


class TestWordsOfOtherFields:
    @pytest.mark.parametrize("text", ["weed killer for lawn", "alcohol wipes bulk order", "alcohol swabs", "weed whacker"])
    def test_a_drugs_name_in_a_product_asks_for_nothing(self, text):
        """Garden and kitchen have words that name drugs elsewhere."""
        assert read(text).intent is None

    @pytest.mark.parametrize("text", ["is it illegal to share adderall", "illegal drugs counseling"])
    def test_what_is_illegal_is_no_immigrant(self, text):
        """A law speaks of things; "im illegal need rehab" of a person."""
        assert "pop.immigrants" not in read(text).ids()
        assert "pop.immigrants" in read("im illegal need rehab").ids()

    def test_an_open_clinic_is_no_open_meeting(self):
        """In Spanish too a clinic may be open without being a meeting."""
        assert "fmt.open" not in read("clínica de suboxone abierta los sábados").ids()
        assert "fmt.open" in read("reunión de AA abierta").ids()

    def test_meetings_by_phone_are_no_telehealth(self):
        """Beside a fellowship the phone is how one joins; beside care it is telehealth."""
        assert "fmt.phone" in read("sex addicts anonymous by phone").ids()
        assert "care.telehealth" in read("therapy by phone").ids()

    def test_a_count_of_days_is_no_day_program(self):
        """ "Thirty day program" says how long, "day program" when."""
        assert "care.php" not in read("thirty day program denver").ids()
        assert "care.php" in read("day program denver").ids()

    def test_sober_homes_are_sober_homes(self):
        """A phrase counts in the plural, also where its last word is short."""
        assert "care.sober_living" in read("florida sober homes").ids()
