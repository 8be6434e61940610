"""What no text of the concern form may say: when somebody reads, that somebody answers, and that nobody else will know.

When the team next reads is worked out from its hours, bank holidays and all; a time in a text would be wrong on some
day. A reply is never promised, and what is promised stands in one sentence that nobody words differently.
"""

import re

from django.core.exceptions import ValidationError

COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty[- ]four|forty[- ]eight)"
#: The clock, the days of the week, and how long something takes. How long the person writes is no such time.
TIME = re.compile(
    rf"""\b(?:
        \d{{1,2}}(?:[.:]\d\d)?\s?[ap]m | \d{{1,2}}:\d\d | \d{{1,2}}\so[’']clock | noon | midnight
      | (?:mon|tues|wednes|thurs|fri|satur|sun)days?
      | {COUNT}[\s-](?:working[\s-])?(?:hour|day|week)s?
      | (?:within|in|after)\s(?:{COUNT}|an?|a\sfew|the\snext\s?\w*)\s(?:working\s)?(?:minute|hour|day|week)s?
      | (?:same|next|following)\s(?:working\s)?(?:day|morning|week)
      | (?:working|office|school)\s(?:day|hour)s? | 24/7 | tomorrow | tonight
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
REPLY = re.compile(
    r"""\b(?:we|they|team|someone|somebody|officer|worker|person)(?:\swill|[’']ll)\s(?:(?:always|also|then|soon)\s)?
        (?:reply|answer|respond|write|call|ring|phone|text|email|contact|get\sback|tell\syou|let\syou\sknow)\b
      | \byou(?:\swill|[’']ll)\s(?:\w+\s)?(?:get|have|receive)\s(?:an?\s)?(?:answer|reply|response|message|call)\b
      | \bwe\s(?:can\s)?promise\b""",
    re.IGNORECASE | re.VERBOSE,
)
TOO_MUCH = re.compile(
    r"\b(?:no\s?one\selse|nobody\selse|only\s(?:we|they|the\steam|our\steam)|completely|totally|guarantee\w*)\b",
    re.IGNORECASE,
)
ADVICE = {
    TIME: "“%(words)s” is a time. When the team next reads is worked out from its hours and stands on the form by "
    "itself: leave times out.",
    REPLY: "“%(words)s” promises an answer. We promise that we read it, never that we reply.",
    TOO_MUCH: "“%(words)s” promises more than we can keep. What we promise stands on the form by itself.",
}


def refuse_promises(text: str) -> None:
    """Refuse a text with a time, a promise of a reply or another promise in it, and say which words do it."""
    found = [(advice, hit) for pattern, advice in ADVICE.items() if (hit := pattern.search(text))]
    if found:
        raise ValidationError(
            [ValidationError(advice, params={"words": hit[0]}, code="promise") for advice, hit in found]
        )
