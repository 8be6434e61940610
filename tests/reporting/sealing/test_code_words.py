"""Code words: the list is fit for an eleven-year-old, typing is forgiving, and browser and server agree."""

import base64
import json
import re
import string
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from reporting.sealing import CodeWords, CodeWordsRefused, SealingError, code_words

ROOT = Path(__file__).resolve().parents[3]
HELPER = Path(__file__).with_name("code_words.mjs")
MODULE = ROOT / "static" / "js" / "sealing" / "code-words.mjs"
SALT = b"phoenix-code-words:site.example"
SIX = "acorn badger candle dolphin envelope feather"
KNOWN = CodeWords(
    lookup="392cd1f7603549fed96b3fc445ba3498088d8d6dceba66effdd3afc95eb0f6c9",
    reply_key="O6MAgHMDxWYbexa0+GzJr4R3bBUCatovIFRNz+kRkZI=",
)

# Of each group at most one may be in the list: they sound alike, or people take one for the other.
CONFUSED = """
flower/flour pair/pear deer/dear hare/hair whale/wail tail/tale sail/sale sea/see son/sun knight/night piece/peace
steak/stake stair/stare plain/plane rain/reign/rein road/rode sew/sow sole/soul tide/tied time/thyme toe/tow veil/vale
waist/waste wait/weight weather/whether week/weak wood/would write/right ring/wring break/brake bread/bred board/bored
boulder/bolder cellar/seller cereal/serial check/cheque coarse/course creak/creek queue/cue currant/current
draft/draught fir/fur flea/flee gait/gate grate/great grown/groan hail/hale hall/haul hangar/hanger hear/here heal/heel
herd/heard hole/whole hour/our idle/idol jam/jamb key/quay lead/led leak/leek loan/lone made/maid mail/male main/mane
maize/maze meat/meet medal/meddle metal/mettle miner/minor moose/mousse morning/mourning muscle/mussel oar/ore pail/pale
pain/pane palate/palette past/passed pause/paws peak/peek peal/peel pedal/peddle pier/peer place/plaice pour/poor
wrap/rap read/reed reel/real role/roll root/route rose/rows sauce/source scene/seen scent/sent seam/seem sight/site
sore/soar steel/steal storey/story suite/sweet symbol/cymbal tea/tee team/teem through/threw throne/thrown tuna/tuner
vain/vein wave/waive wear/where way/weigh which/witch yoke/yolk dairy/diary desert/dessert quiet/quite angle/angel
collage/college effect/affect accept/except advice/advise loose/lose beech/beach berry/bury beat/beet blue/blew
ceiling/sealing chilly/chilli chord/cord choir/quire cruise/crews freeze/frieze lesson/lessen links/lynx manner/manor
plum/plumb practice/practise presence/presents prince/prints racket/racquet whirl/whorl zinc/sink bandana/banana
"""
# American, or in use with two spellings, so that one person would write another word than was kept.
SPELLINGS = """
color colour gray grey center centre meter metre liter litre theater theatre favorite favourite honor honour harbor
harbour flavor flavour rumor rumour armor armour humor humour neighbor neighbour catalog catalogue check cheque curb
kerb tire tyre plow plough mold mould mustache moustache program programme license licence jewelry jewellery aluminum
aluminium donut doughnut yogurt yoghurt pajamas pyjamas cozy cosy gram gramme disk disc omelet omelette barbeque
barbecue chili chilli woolen woollen traveler traveller skillful skilful story storey draft draught whiskey whisky
ketchup catsup math maths mom mum sidewalk faucet diaper cookie eraser elevator sneaker
"""
# Everyday words that were taken out: they bring up violence, weapons, death, sex, bodies, drugs, drink, religion, race,
# family, police, secrets, love, names, brands, places near us or numbers, or turn rude or frightening beside another.
UNWANTED = """
afraid amber angel anger arm army arrest attack aunt baby back ball bandit bear beast bed bedroom beer belt bible bird
black blade blanket blind blood blow bone boyfriend boy bride brother bullet bully cage camera chase chick child church
cider cobweb coconut copper court cow crash crime crystal cuckoo cuddle dad daisy danger dark date daughter dead death
devil doctor dragon drug drunk elbow enemy escape evil face fairy faith family fat father fear fiddle fight finger fire
flame force fox friend ghost girl god gorilla grass hair hammer hate heart heaven hit holy home horn hug hunt hurt joint
joy kick kill kiss knife lonely love mask midnight monkey monster mosque mother mouth mug mum murder mushroom nurse
online orphan pain pants parcel parent password phoenix pig pill pillow pirate poison police poppy pot promise pub punch
punish pussy race rat rose sad sausage scar scare scream secret shadow shark shoot sick sleep slipper smoke snake sneak
spider spy stab steal sword threat tickle tongue trust uncle underwear victim violet war weapon wedding whisper whistle
white wife wine witch yellow calne cricklade corsham devizes downton melksham mere pewsey tidworth westbury wilton
amazon lego bomb gun slave strip touch naked bottom skin body drink kidnap robber thief grave coffin bra
"""


def node(task, **details):
    done = subprocess.run(
        ["node", str(HELPER), task], input=json.dumps(details).encode(), capture_output=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def one_slip_away(word):
    """Whatever one slip of the finger makes of a word: a letter lost, added, wrong, or swapped with the next."""
    letters = string.ascii_lowercase
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    wrong = {a + c + b[1:] for a, b in cuts if b for c in letters}
    added = {a + c + b for a, b in cuts for c in letters}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return (lost | wrong | added | swapped) - {word}


ENDINGS = "s es ed ing er ers ly y ful ish less ness or ist al ion"


def forms_of(word):
    """Other forms of a word that a person may write for it: plural, past, -ing, -er, -ly and the like."""
    whole = {word + ending for ending in ENDINGS.split()} | {word + word[-1] + ending for ending in ("ed", "ing", "er")}
    cut = {word[:-1] + ending for ending in ("ies", "ied", "ily", "ing", "ed", "er", "or", "ion") if word[-1] in "ey"}
    siblings = {word[:-2] + ending for ending in ("ing", "ed") if word.endswith("er")}
    return whole | cut | siblings


def in_list(names):
    return sorted(set(names) & set(code_words.words()))


def test_there_are_2048_words_in_order_each_once():
    words = code_words.words()
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)


def test_the_file_has_one_word_a_line_and_nothing_else():
    text = (ROOT / "reporting/sealing/words/code-words.txt").read_bytes()
    assert re.fullmatch(rb"([a-z]{3,8}\n){2048}", text)


def test_most_words_have_four_to_seven_letters():
    usual = [word for word in code_words.words() if 4 <= len(word) <= 7]
    assert len(usual) > 0.75 * 2048


def test_a_slip_of_the_finger_never_makes_another_word():
    assert [(word, in_list(one_slip_away(word))) for word in code_words.words() if in_list(one_slip_away(word))] == []


def test_no_word_stands_beside_its_plural_or_another_form_of_it():
    assert [(word, in_list(forms_of(word))) for word in code_words.words() if in_list(forms_of(word))] == []


@pytest.mark.parametrize("group", CONFUSED.split())
def test_of_words_that_sound_alike_at_most_one_is_there(group):
    assert len(in_list(group.split("/"))) <= 1


def test_no_word_is_spelled_in_two_ways():
    assert in_list(SPELLINGS.split()) == []


def test_no_word_is_rude_frightening_or_about_a_person():
    assert in_list(UNWANTED.split()) == []


def test_six_words_with_single_spaces_are_made_and_no_two_of_ten_thousand_sets_are_equal():
    made = [code_words.make() for _ in range(10_000)]
    made += node("make", list=code_words.words(), times=10_000)
    assert len(set(made)) == 20_000
    assert all(re.fullmatch(r"[a-z]+( [a-z]+){5}", words) for words in made)
    # With 120,000 draws every word comes up; one is missing once in 10^22 runs.
    assert {word for words in made for word in words.split()} == set(code_words.words())


def test_the_browser_takes_words_evenly():
    numbers = [2048 * 2 + 5, 0, 2047, 2048, 2**32 - 1, 1]
    expected = [code_words.words()[number % 2048] for number in numbers]
    assert node("drawn", list=code_words.words(), numbers=numbers) == " ".join(expected)


def test_the_browser_makes_no_words_from_a_list_cut_short():
    assert node("makeFromShortList", list=code_words.words()[:1000]) == "RangeError"


SEPARATORS = ["   ", ",", ", ", "-", ".", "_", "/", " – ", "\r\n", "\t", "\u00a0", "\u2028"]
TYPED_WELL = [
    *(SIX.replace(" ", separator) for separator in SEPARATORS),
    *(SIX, SIX.upper(), SIX.title(), f"  {SIX}\n", f"“{SIX}.”"),
    "".join(f"{number}. {word}\n" for number, word in enumerate(SIX.split(), 1)),
    "".join(f"{number}){word} " for number, word in enumerate(SIX.split(), 1)),
    "1st acorn 2nd badger 3rd candle 4th dolphin 5th envelope 6th feather",
    "a) acorn b) badger c) candle d) dolphin e) envelope f) feather",
    "①acorn②badger③candle④dolphin⑤envelope⑥feather",
    "• acorn\n• badger\n• candle\n• dolphin\n• envelope\n• feather",
    "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else "\u3000" for letter in SIX),  # as wide as Chinese
    SIX.replace("env", "e\u00adnv").replace("dol", "d\u200bol"),  # marks without width
]
TYPED_BADLY = [
    *("", " ", "zebra", "\x00" * 6, "9" * 100, "😀" * 500),
    SIX.rsplit(" ", 1)[0],
    f"{SIX} zebra",
    SIX.replace("acorn", "acorns"),
    SIX.replace("acorn", "àcorn"),
    SIX.replace("acorn", "аcorn"),  # the first letter is Cyrillic
    SIX.replace(" ", ""),
    SIX.replace("acorn", "constructor"),
    SIX.replace("acorn", "<script>alert"),
    "Sam lives at number seven near school",
    SIX + " " * 400,
]


@pytest.mark.parametrize("typed", TYPED_WELL)
def test_six_words_are_understood_however_they_are_typed(typed):
    assert code_words.normalise(typed) == SIX


@pytest.mark.parametrize("typed", TYPED_BADLY)
def test_what_is_not_six_words_is_refused_without_repeating_it(typed):
    with pytest.raises(CodeWordsRefused) as refused:
        code_words.normalise(typed)
    assert isinstance(refused.value, SealingError)
    assert str(refused.value) == str(CodeWordsRefused())
    # Nothing typed hangs on the error either, where an error report would find it.
    assert refused.value.args == (str(CodeWordsRefused()),)
    assert refused.value.__context__ is None


def test_the_refusal_is_one_sentence_and_names_no_word_of_the_list():
    sentence = str(CodeWordsRefused())
    assert re.fullmatch(r"[A-Z][^.!?]+\.", sentence)
    assert in_list(re.findall("[a-z]+", sentence.lower())) == []


def test_the_browser_understands_and_refuses_the_same():
    answers = node("normalise", list=code_words.words(), typed=TYPED_WELL + TYPED_BADLY)
    refusal = {"refused": str(CodeWordsRefused()), "name": "CodeWordsRefused"}
    assert answers == [{"words": SIX}] * len(TYPED_WELL) + [refusal] * len(TYPED_BADLY)


def by_cryptography(words, salt):
    """The two values from another implementation, with its numbers written out."""
    master = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=600_000).derive(words.encode())
    lookup, reply = (HKDF(SHA256(), 32, salt=None, info=info).derive(master) for info in (b"lookup", b"reply"))
    return CodeWords(lookup=lookup.hex(), reply_key=base64.b64encode(reply).decode())


def test_the_values_are_the_known_ones_after_600_000_rounds():
    assert code_words.ITERATIONS == 600_000
    assert code_words.derive(SIX, SALT) == KNOWN
    assert by_cryptography(SIX, SALT) == KNOWN


def test_browser_and_server_make_the_same_values_of_twenty_sets():
    oddly = [lambda w: w, str.upper, lambda w: w.replace(" ", " - "), lambda w: "1. " + w.replace(" ", "\n2. ")]
    typed = [oddly[number % len(oddly)](code_words.make()) for number in range(20)]
    salt = "salt with ü".encode()
    theirs = node("derive", list=code_words.words(), typed=typed, salt=base64.b64encode(salt).decode())
    ours = [code_words.derive(code_words.normalise(text), salt) for text in typed]
    assert theirs == [{"lookup": value.lookup, "replyKey": value.reply_key} for value in ours]


def test_another_salt_and_other_words_make_other_values():
    others = [code_words.derive(SIX, b"another"), code_words.derive(SIX.replace("acorn", "zebra"), SALT)]
    values = [value for made in [KNOWN, *others] for value in (made.lookup, base64.b64decode(made.reply_key).hex())]
    assert len(set(values)) == 6
    assert all(re.fullmatch("[0-9a-f]{64}", value) for value in values)


def test_the_values_are_not_printed():
    assert repr(KNOWN) == "CodeWords()"


# RFC 5869 appendix A, tests 1 to 3: key, salt and info (GIVEN), and what comes of them (RFC_5869).
RFC_5869 = [
    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8"
    "367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
]
BYTES = bytes(range(256))
KEY = b"\x0b" * 22
GIVEN = [(KEY, BYTES[:13], BYTES[0xF0:0xFA]), (BYTES[:80], BYTES[0x60:0xB0], BYTES[0xB0:]), (KEY, b"", b"")]


@pytest.mark.parametrize(("given", "result"), list(zip(GIVEN, RFC_5869, strict=True)))
def test_hkdf_gives_what_the_rfc_says(given, result):
    key, salt, info = given
    assert code_words.hkdf(key, info, len(result) // 2, salt).hex() == result


@pytest.mark.parametrize("length", [1, 31, 32, 33, 64, 8160])
def test_hkdf_gives_what_cryptography_gives(length):
    for salt in (b"", b"s", b"s" * 100):
        theirs = HKDF(SHA256(), length, salt=salt or None, info=b"use").derive(b"key")
        assert code_words.hkdf(b"key", b"use", length, salt) == theirs


@pytest.mark.parametrize("length", [-1, 0, 8161])
def test_hkdf_gives_no_more_than_the_rfc_allows(length):
    with pytest.raises(ValueError, match=r"8,160"):
        code_words.hkdf(b"key", b"use", length)


def test_a_table_holds_a_keyed_digest_of_the_lookup():
    digest = code_words.lookup_digest("ab" * 32, b"pepper")
    assert digest == "e91cb26bd02148dee3e71f09b344c814f40da360150b2d82cb3f435954296564"
    assert code_words.lookup_digest("AB" * 32, b"pepper") == digest
    assert code_words.lookup_digest("ab" * 32, b"another") != digest


@pytest.mark.parametrize("lookup", ["", "ab" * 31, "ab" * 33, "xy" * 32, "ab" * 32 + "\n", "١" * 64, " " + "a" * 63])
def test_a_lookup_that_is_not_64_hex_digits_is_refused(lookup):
    with pytest.raises(CodeWordsRefused) as refused:
        code_words.lookup_digest(lookup, b"pepper")
    assert str(refused.value) == str(CodeWordsRefused())


def test_the_browser_module_uses_nothing_that_the_strictest_page_forbids():
    source = MODULE.read_text()
    assert len(source.splitlines()) < 80
    for forbidden in ("import ", "import(", "eval", "Function(", "innerHTML", "document", "Math.random", "Storage"):
        assert forbidden not in source
