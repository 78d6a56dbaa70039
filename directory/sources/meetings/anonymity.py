"""What must never be taken over from a meeting list: people's names, phones and e-mails, passcodes, payment handles.

Mutual-help fellowships are anonymous, and their lists carry such things in every free field. So free text (notes, contact
fields) is not read at all, and the few short fields that are read pass through here. In doubt, words go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_CODE_WORD: Final = r"(?:pass\s?-?(?:code|word)|pwd|access\s+code|contraseña)"
# Words that mean other things too (Pin Oak Lane) give a code away only before a sign or something with a digit.
_DOOR: Final = r"(?:door|gate|entry|entrance|building|buzzer|lock|key|puerta|entrada)"
_PERHAPS_CODE: Final = rf"(?:{_DOOR}\s+)?(?:pw|pin|clave|código|code)"
_NUMBER: Final = r"(?:\+?1[\s.·-]?)?\(?\d{3}\)?[\s.·–-]{0,3}\d{3}[\s.·–-]{0,3}\d{4}"
_CAPITAL: Final = r"(?-i:[A-ZÁÉÍÓÚÑ][a-záéíóúñ])"
_TEXT_PATTERNS: Final = (
    r"\S+@\S+\.\w+",  # an e-mail address
    r"\S+@(?:gmail|yahoo|hotmail|outlook|aol|icloud|proton|msn|comcast)\b\S*",
    r"\S+\s*[(\[{]\s*at\s*[)\]}]\s*\S+",
    rf"[(\[][^()\[\]]*{_NUMBER}[^()\[\]]*[)\]]",  # who stands with a number in brackets goes with it
    r"(?<!\w)c/o\b[^,;()]*",
    rf"\b(?:home|residence|casa)\s+(?:of|de)\s+{_CAPITAL}.*",
    rf"[,;:(–—-]\s*(?:call|text|e-?mail|see|ring|llame a)\s+{_CAPITAL}.*",
    rf"(?:\b(?:with|led by|hosted by|chaired by)|\bw/)\s+{_CAPITAL}\w*\s(?-i:[A-Z])\b\.?(?![\w'’])",
    rf"\b(?:{_CAPITAL}\w*\s)?(?!(?:Veteran|Children|Soldier|Wom[ae]n|M[ae]n|Nurs|Elder|Senior|Girl|Boy|Mother|Father|People|Friend))"
    rf"{_CAPITAL}\w*['’]s\s+(?:home|residence|apartment|garage|backyard|porch)\b(?!\s+for\b)",
    rf"\b(?!(?:St|Saint|Dr|Our|The|Father|Sister|Mother)\b)(?<!St\s)(?<!St\.\s){_CAPITAL}\w*\s{_CAPITAL}\w*['’]s\s+house\b",
    r"https?://\S+|www\.\S+",  # links have fields of their own, and may carry a passcode
    r"\b(?:venmo|pay\s?pal|zelle|cash\s?app)\b\W*\S*",
    rf"\b{_CODE_WORD}\b\s*(?:is\b|es\b|[=:#-])*\s*\S+",
    rf"\b{_PERHAPS_CODE}\b\s*(?:(?:is|es)\b\s*)?(?:[=:#]\s*\S+|\S*\d\S*)",
    r"\bpass\s*[=:#]\s*\S+",
    r"\b(?:contacto?|call|text|e-?mail|phone|tel|llame|secretary)\s*:.*",
    r"(?<!conscious )\b(?:contacto?|ask\s+for|hosted\s+by|chaired\s+by|secretary)\s+(?-i:[A-Z][a-z]).*",
    r"\b(?:meeting|zoom)\s+id\b\W*[\d\s-]*",
    r"(?<!\w)(?:@(?-i:[A-Z]*[a-z])|\$[a-z])[\w.-]*",  # a handle; "@UCI" is a place
)
_PHONE: Final = r"(?<!\w)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\w)"
_LONG_NUMBER: Final = r"(?<![\w$])\+?(?:\d[\s().-]{0,2}){6,}\d"  # seven digits or more: a phone, a meeting's number
_IN_WORDS: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_TEXT_PATTERNS, _LONG_NUMBER))
# House numbers run long (1109-1115 Main St.), corners stand behind an @, and streets are named after people.
_IN_STREETS: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_TEXT_PATTERNS[:-1], _PHONE))
# A first name and an initial is how members sign. Rooms and buildings look the same, and so do the founders in groups' names;
# before another name the initial is a middle one (a hall named after somebody).
_MEMBER: Final = re.compile(
    r"\b(?!(?:Suite|Ste|Room|Rm|Bldg|Building|Unit|Hall|Floor|Apt|Wing|Lot|Level|St|Ave|Avenue|Street|Step|Part|Door|Gate)\b)"
    r"(?!(?:Bill W|Bob S|Lois W|Jimmy K|Anne B)\b)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ [A-Z](?:\.(?!\w|\s[A-Z])|\.?['’]s\b)"
)
# At the end of a street, where no road is called so: a direction ("Main N.") and a lettered road ("Road K.") are no signature.
_SIGNED_STREET: Final = re.compile(
    r"(?:^|(?<=\s))(?!(?:Suite|Ste|Room|Rm|Bldg|Building|Unit|Hall|Floor|Apt|Wing|Lot|Level|St|Ave|Avenue|Street|Road|Rd|Lane|Ln|Drive|"
    r"Dr|Highway|Hwy|Route|Rte|Blvd|Boulevard|Circle|Cir|Court|Ct|Way|Place|Pl|Parkway|Pkwy|Trail|Loop|Terrace|Square|County|State|Box)\b)"
    r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ (?![NSEW]\.)[A-Z]\.$"
)
MOST_LETTERS: Final = 400  # of a name or a street; the patterns take time that grows with the square of it
_EMPTY_BRACKETS: Final = re.compile(r"[(\[]\W*[)\]]")
_SPACES: Final = re.compile(r"\s+")
_LOOSE_ENDS: Final = " \t-–—,;:/|#*"
_PERSONAL_ROOM: Final = re.compile(r"/(?:my|meet/pmi|u|user|in|profile|lookup)/|/~", re.IGNORECASE)
_NAMED_ROOM: Final = re.compile(r"/[jsw]/(?!\d)", re.IGNORECASE)  # of Zoom: a number opens a meeting, a name is its owner's
_WHICH_MEETING: Final = frozenset({"id", "meeting", "meeting_id", "meetingid", "mid", "m", "slug", "single_meeting_id", "p"})
_PLAIN_ID: Final = re.compile(r"[\w-]+")
_WEB: Final = ("http", "https")
_PEOPLES_HOSTS: Final = ("facebook.com", "venmo.com", "paypal.com", "paypal.me", "cash.app", "linkedin.com", "wa.me")


def public_words(text: str) -> str:
    """Return a short text (a name, a venue) without anything that points to a person or opens a door.

    >>> public_words("Sunrise Group (Zoom ID 123 456 7890, passcode: 4711)")
    'Sunrise Group'
    """
    return _without(_MEMBER.sub(" ", _without(text, _IN_WORDS)), ())


def public_street(text: str) -> str:
    """Return a street without a phone, a code or a contact that somebody wrote behind it.

    >>> public_street("1109-1115 Martin L. King Blvd @ 5th, call: 719-555-0123")
    '1109-1115 Martin L. King Blvd @ 5th'
    """
    return _without(_SIGNED_STREET.sub(" ", _without(text, _IN_STREETS)), ())


def _without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    text = text[:MOST_LETTERS]
    for pattern in patterns:
        text = pattern.sub(" ", text)
    tidy = _SPACES.sub(" ", _EMPTY_BRACKETS.sub(" ", text)).strip(_LOOSE_ENDS)
    return tidy + ")" * (tidy.count("(") - tidy.count(")"))


def public_link(text: str) -> str:
    """Return a web address without its query, fragment and user, where passcodes stand; "" when it names a person.

    Personal meeting rooms and profiles name their owner, so they are left out.

    >>> public_link("https://zoom.us/j/123?pwd=abc")
    'https://zoom.us/j/123'
    """
    text = text.strip()
    if text.startswith("www."):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    path = unquote(parts.path)
    if parts.scheme not in _WEB or "." not in host or any(letter.isspace() for letter in text):
        return ""
    personal = _PERSONAL_ROOM.search(path + "/") or "@" in path or _ends_with_any(host, _PEOPLES_HOSTS)
    named = _ends_with_any(host, ("zoom.us",)) and _NAMED_ROOM.search(path)
    if personal or named or re.search(_CODE_WORD + r"\W", path, re.IGNORECASE):
        return ""
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, parts.path, "", ""))


def public_page(text: str) -> str:
    """Return the address of a meeting's own page in its list; the query stays where it only says which meeting.

    >>> public_page("https://example.org/meetings?meeting=sunrise&utm_source=app")
    'https://example.org/meetings?meeting=sunrise'
    """
    bare = public_link(text)
    stated = parse_qsl(urlsplit(text.strip()).query) if bare else []
    kept = [(name, value) for name, value in stated if name.casefold() in _WHICH_MEETING and _PLAIN_ID.fullmatch(value)]
    return f"{bare}?{urlencode(kept)}" if kept else bare


def _ends_with_any(host: str, hosts: Iterable[str]) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def public_dial_in(text: str) -> str:
    """Return the number of a conference line without the meeting's number and code that one-tap links add.

    >>> public_dial_in("+17195550123,,530851127#,,*123456#")
    '+17195550123'
    """
    return re.split(r"[,;*#a-z]", text.strip(), maxsplit=1, flags=re.IGNORECASE)[0].strip()


def public_key(key: str) -> str:
    """Return the key of a row, in its place a digest where an address or a number of somebody stands in it.

    >>> public_key("sunrise-group-2"), len(public_key("jane@example.org"))
    ('sunrise-group-2', 24)
    """
    private = "@" in key or re.search(r"(?<!\w)\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\w)", key)
    return blake2b(key.encode(), digest_size=12).hexdigest() if private else key
