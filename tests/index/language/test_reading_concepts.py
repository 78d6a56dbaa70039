"""Reading concepts out of free text: words, context, corrections, exclusions."""

from __future__ import annotations

import pytest

from index.geo.places import Gazetteer
from index.language.meaning.roles import Role, filter_of, role_of
from index.language.names.listed import ListedNames, NoNames
from index.language.signals.intent import Intent
from index.language.understanding import Understanding, understand
from index.language.vocabulary import Vocabulary

VOCABULARY = Vocabulary.load()


def read(text: str, lang: str = "en") -> Understanding:
    return understand(text, vocabulary=VOCABULARY, places=Gazetteer.load(), names=NoNames(), lang=lang)


def ids(text: str) -> set[str]:
    return set(read(text).ids())


class TestMeaning:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            pytest.param("xanax detox", {"sub.alprazolam", "care.detox"}, id="brand and care"),
            pytest.param("transitionalhousing in tampa", {"care.sober_living"}, id="words run together"),
            pytest.param("out patient rehab", {"care.outpatient"}, id="one word typed as two"),
            pytest.param(
                "withdrawal from percocet", {"cond.withdrawal", "care.detox", "sub.oxycodone"}, id="withdrawal asks for detox"
            ),
            pytest.param("desintoxicación sin seguro", {"care.detox", "pay.uninsured"}, id="Spanish"),
            pytest.param("quiero dejar de tomar", {"sub.alcohol"}, id="drinking in Spanish"),
            pytest.param("no puedo dejar de beber", {"sub.alcohol"}, id="cannot stop"),
            pytest.param("husband drinking", {"pop.family_members", "sub.alcohol"}, id="family without a my"),
            pytest.param("hermano heroina", {"pop.family_members", "sub.heroin"}, id="family in Spanish"),
            pytest.param("i relapsed on heroin", {"care.treatment", "sub.heroin"}, id="relapse asks for treatment"),
            pytest.param("online aa now", {"group.aa", "fmt.online", "sched.now"}, id="online, which fellowship, when"),
            pytest.param("withdrawing from fentanyl", {"cond.withdrawal", "care.detox", "sub.fentanyl"}, id="withdrawing"),
            pytest.param("womens rehab", {"pop.women", "care.treatment"}, id="rehab inside a phrase"),
            pytest.param("wine every night", {"sub.alcohol"}, id="a drink in the context of a habit"),
            pytest.param("ayuda con mi hija fentanilo", {"pop.family_members", "sub.fentanyl"}, id="help with somebody"),
            pytest.param("rehab con mi hija", {"pop.parents_children"}, id="in company of a child"),
            pytest.param("buprenorphine online", {"med.buprenorphine", "care.telehealth"}, id="online with a medicine"),
            pytest.param("buddhist meeting", {"group.dharma"}, id="kind of meeting"),
            pytest.param("clonazapem taper", {"sub.clonazepam", "care.taper"}, id="misspelling that no list has"),
        ],
    )
    def test_words_mean_concepts(self, text, meant):
        """What people type finds the concepts behind it."""
        assert meant <= ids(text)

    @pytest.mark.parametrize("spelling", ["klonopin", "clonazepam", "klonapin", "k-pins"])
    def test_spellings_of_one_drug_agree(self, spelling):
        """Brand, generic, street name and misspelling are the same drug."""
        assert read(f"{spelling} detox").ids(Role.PREFER) == ("sub.clonazepam",)

    @pytest.mark.parametrize(
        ("with_context", "without", "concept"),
        [
            ("addicted to ice", "ice cream near me", "sub.methamphetamine"),
            ("xanax bars addiction", "bars near me", "sub.alprazolam"),
            ("snorting coke", "coke county", "sub.cocaine"),
            ("lean and percs problem", "lean meat", "sub.codeine"),
        ],
    )
    def test_everyday_word_names_a_drug_only_in_context(self, with_context, without, concept):
        """A street name that is an ordinary word needs another word of this field beside it."""
        assert concept in ids(with_context)
        assert concept not in ids(without)

    @pytest.mark.parametrize(
        ("text", "concept"),
        [
            ("drug free housing", "pay.free"),
            ("physical rehab after knee surgery", "care.treatment"),
            ("smoking weed every day", "sub.nicotine"),
            ("baby blues support", "sub.fentanyl"),
            ("medica me ayuda", "pay.medica"),
            ("wine tasting napa", "sub.alcohol"),
        ],
    )
    def test_lookalike_is_not_meant(self, text, concept):
        """Compounds and other fields block a term."""
        assert concept not in ids(text)

    def test_meaning_depends_on_the_neighbours(self):
        """Ketamine is a treatment beside "infusion" and a drug beside "addiction"."""
        assert "tx.ketamine" in ids("ketamine infusion for depression")
        assert "sub.ketamine" in ids("ketamine addiction")


class TestAges:
    @pytest.mark.parametrize(
        ("text", "group"),
        [
            ("rehab for my 72 yo mother", "pop.older_adults"),
            ("19yr old son", "pop.young_adults"),
            ("16 years old", "pop.adolescents"),
            ("hija de 12 años", "pop.adolescents"),
            ("im 15 and vaping", "pop.adolescents"),
            ("my son 16 smokes weed", "pop.adolescents"),
        ],
    )
    def test_age_names_a_group(self, text, group):
        """A stated age means the group that programs are made for."""
        assert group in ids(text)

    @pytest.mark.parametrize(
        "text", ["clonazepam for 10 years", "sober 15 years", "45 years old", "detox in 10 days", "im 30 days clean"]
    )
    def test_other_numbers_do_not(self, text):
        """Years of use and middle age name no group."""
        assert not ids(text) & {"pop.older_adults", "pop.young_adults", "pop.adolescents"}


class TestCorrections:
    def test_correction_is_said(self):
        """A corrected word is shown as typed and as read."""
        (made,) = read("detocks klonopin").corrections

        assert (made.typed, made.kind) == ("detocks", "term")

    @pytest.mark.parametrize("text", ["alcohollic help", "i am suicidull"])
    def test_words_we_do_not_say_are_not_shown(self, text):
        """A correction to a word of danger or stigma is made, and not echoed."""
        understanding = read(text)

        assert understanding.concepts
        assert not understanding.corrections

    @pytest.mark.parametrize("word", ["medicare", "naltrexone", "clonidine", "trazodone"])
    def test_word_that_exists_is_never_corrected(self, word):
        """A word somebody may mean stays, however close another one is."""
        assert not read(f"{word} help").corrections

    def test_wrong_drug_is_worse_than_none(self):
        """Between two drugs of a no-fuzzy group at the same distance nothing is chosen."""
        from index.language.words.spelling import speller

        assert speller(VOCABULARY).correct("nalxone") in {None, "naloxone"}
        assert speller(VOCABULARY).correct("medicaie") is None

    def test_town_is_not_a_misspelt_drug(self):
        """An exact place name beats any correction."""
        assert read("rehab ambler pa").place.place.city == "Ambler"


class TestExclusions:
    @pytest.mark.parametrize(
        ("text", "excluded"),
        [
            ("not religious rehab", "care.faith_based"),
            ("smart recovery not 12 step", "group.twelve_step"),
            ("anything but methadone", "med.methadone"),
            ("no quiero nada religioso", "care.faith_based"),
            ("detox but not a hospital", "care.hospital_inpatient"),
            ("no christian rehab", "care.faith_based"),
            ("i don't want methadone or suboxone", "med.buprenorphine_naloxone"),
        ],
    )
    def test_ruled_out_is_excluded_and_never_wanted(self, text, excluded):
        """A "no" reaches the next concept and those joined to it."""
        understanding = read(text)

        assert excluded in {match.id for match in understanding.excluded}
        assert excluded not in understanding.ids()

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("detox no insurance", "pay.uninsured"),
            ("rehab without waiting list", "sched.no_wait"),
            ("can't stop drinking", "sub.alcohol"),
            ("clínica sin cita", "sched.walk_in"),
            ("i dont want to keep using heroin", "sub.heroin"),
            ("no quiero seguir tomando", "sub.alcohol"),
            ("my son doesnt want to go to rehab", "care.treatment"),
        ],
    )
    def test_need_is_not_a_denial(self, text, wanted):
        """Phrases that begin with "no" may name a need."""
        understanding = read(text)

        assert wanted in understanding.ids()
        assert not understanding.excluded


class TestResidual:
    @pytest.mark.parametrize(
        "text",
        [
            "need a bed tonight",
            "alternatives to methadone",
            "16 year old boy weed",
            "aa mtg 7pm",
            "wife on pills",
            "iop w/ medicaid",
        ],
    )
    def test_words_that_say_no_more_are_not_left_over(self, text):
        """Filler, family and clock times are not searched as words."""
        assert read(text).residual == ()


class TestRoles:
    @pytest.mark.parametrize(
        ("concept", "role"),
        [
            ("care.detox", Role.FILTER),
            ("sub.heroin", Role.PREFER),
            ("pay.aetna", Role.PREFER),
            ("pay.medicaid.ca", Role.FILTER),
            ("care.treatment", Role.PREFER),
            ("acc.pets", Role.PREFER),
            ("pop.family_members", Role.MENTION),
            ("crisis.suicide", Role.CRISIS),
            ("help.988", Role.LINE),
            ("sched.tonight", Role.TIME),
        ],
    )
    def test_role_of_concept(self, concept, role):
        """One table says what narrows, what ranks, and what only says who asks."""
        assert role_of(VOCABULARY, concept) is role

    def test_state_brand_filters_by_medicaid(self):
        """A state's name for Medicaid is stated by sources as Medicaid."""
        assert filter_of(VOCABULARY, "pay.medicaid.ca") == "pay.medicaid"

    def test_unstated_level_filters_by_its_parent(self):
        """No code says ASAM 3.1: residential is what can be required."""
        assert filter_of(VOCABULARY, "care.residential.low") == "care.residential"

    def test_insurer_never_filters(self):
        """Nobody states which plans a place takes."""
        assert role_of(VOCABULARY, "pay.aetna") is not Role.FILTER


class TestIntent:
    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("detox near denver", Intent.FIND_FACILITY),
            ("aa meeting tonight", Intent.FIND_MEETING),
            ("samhsa hotline number", Intent.HELPLINE),
            ("is klonopin withdrawal dangerous", Intent.INFO),
            ("i want to kill myself", Intent.CRISIS),
            ("(512) 555-0100", Intent.PROVIDER_NAME),
            ("cuánto dura la desintoxicación", Intent.INFO),
            ("alcohol help without going to AA", Intent.FIND_FACILITY),
            ("anywhere but texas", Intent.FIND_FACILITY),
            ("no puedo dejar de beber", Intent.FIND_FACILITY),
            ("qwertyuiop", None),
            ("", None),
        ],
    )
    def test_intent_of_text(self, text, intent):
        """Each text asks for one kind of answer, or for none."""
        assert read(text).intent == intent


class TestNames:
    NAMES = ListedNames(["Cedar House Recovery", "Austin Recovery", "Phoenix House", "Zelmandia Foundation"])

    def named(self, text: str) -> Understanding:
        return understand(text, vocabulary=VOCABULARY, places=Gazetteer.load(), names=self.NAMES)

    @pytest.mark.parametrize("text", ["cedar house recovery", "Cedar Huose Recovery", "austin recovery", "zelmandia"])
    def test_listed_name_wins_over_its_words(self, text):
        """A listing's name, one slip in it, or its own first word means the listing."""
        understanding = self.named(text)

        assert understanding.intent is Intent.PROVIDER_NAME
        assert understanding.concepts == ()

    def test_town_in_a_name_is_not_the_place(self):
        """Phoenix House in New York is searched in New York."""
        understanding = self.named("Phoenix House New York")

        assert understanding.name.name == "Phoenix House"
        assert understanding.place.place.state == "NY"

    @pytest.mark.parametrize("text", ["Serenity House", "zelmandai cedar"])
    def test_unlisted_name_is_searched_by_its_words(self, text):
        """A text that reads like a name, or whose words all stand in names, is a name."""
        understanding = self.named(text)

        assert understanding.intent is Intent.PROVIDER_NAME
        assert " ".join(understanding.residual) == text.lower()

    @pytest.mark.parametrize("text", ["phoenix", "phoenix detox", "austin"])
    def test_town_is_no_short_form_of_a_name_that_begins_so(self, text):
        """A text that is a place, or a place and a kind of care, is not the listing whose name begins with the town."""
        understanding = self.named(text)

        assert understanding.intent is Intent.FIND_FACILITY
        assert understanding.place is not None

    def test_description_is_not_a_name(self):
        """A text made of concepts stays a description although somebody may be called that."""
        assert ListedNames(["Recovery Center"]).match(["recovery", "center"]) is not None
        understanding = understand(
            "recovery center", vocabulary=VOCABULARY, places=Gazetteer.load(), names=ListedNames(["Recovery Center"])
        )

        assert understanding.intent is Intent.FIND_FACILITY
