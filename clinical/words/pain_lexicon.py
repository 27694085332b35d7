"""The words by which what people write about pain is read, by language; a phrase of several becomes one sign.

Pure. English has all of them; of other languages at least what a figure needs. A language that is missing here is not
read at all, which ``stretchsite.E001`` says.
"""

from __future__ import annotations

import re

#: What is felt, by language; scales that measure nothing else stand for it.
_PAIN = {
    "en": "pain pains painful hurt hurts hurting sore soreness ache aches aching achy discomfort symptom symptoms "
    "vas nrs nprs",
    "de": "schmerz schmerzen schmerzhaft",
    "fr": "douleur douleurs",
}
#: What else is counted or measured out of ten.
_OTHER = {
    "en": "effort pull pulls stretch stretching stretches rpe exertion repetition repetitions rep reps times sets set "
    "people adults patients women men children runners athletes us cases studies force tension tightness pressure "
    "load weight breathlessness tiredness fatigue difficulty borg steps second seconds minute minutes hour hours day "
    "days week weeks month months turns circles lifts squats sessions breaths side sides knee knees metres "
    "cm kg o'clock am pm",
    "de": "anstrengung zug wiederholungen menschen",
    "fr": "effort traction repetitions personnes",
}
_NO = {
    "en": "no not never nobody none neither nor without cannot isn't aren't don't doesn't shouldn't mustn't can't "
    "won't wasn't needn't myth wrong avoid hardly instead",
    "de": "nicht kein keine keinen nie ohne",
    "fr": "ne pas jamais sans aucune",
}
_IF = {
    "en": "if when whenever once until unless where",
    "de": "wenn falls sobald",
    "fr": "si quand",
}
#: Orders that turn a whole sentence into a warning.
_ORDER = {
    "en": "stop wait ask call ring phone contact help emergency warning halve reduce 999 111 112 more_of",
    "de": "stopp aufhören arzt",
    "fr": "arrêtez arrêter médecin",
}


#: Those who are told of, and not told anything.
_OTHERS_DO = {"en": "people athletes patients runners many they those others"}
#: What reports figures that were found: "pain fell from 6 to 3 out of 10".
_REPORTED = {
    "en": "fell fallen dropped went decreased improved rose was were had reported average averaged mean scored",
}


def _all(words: dict[str, str]) -> frozenset[str]:
    return frozenset(word for said in words.values() for word in said.split())


PAIN, OTHER, NO, IF, ORDER = map(_all, (_PAIN, _OTHER, _NO, _IF, _ORDER))
OTHERS_DO, REPORTED = map(_all, (_OTHERS_DO, _REPORTED))
#: What takes back what is said after it: "never …", "stop even if …".
TAKES_BACK = NO | ORDER
#: Signs that phrases become: that it is fine, that one goes on, how far, and beyond what.
FINE, GO_ON, UP_TO, BELOW, BEYOND, MORE = "is_fine", "go_on", "up_to", "below_it", "beyond_it", "more_of"
#: What a phrase becomes that waves pain away, however strong it is.
AGAINST = "against_it"
#: Where a bare number after pain says how strong it is.
BEFORE_A_NUMBER = frozenset({UP_TO, BELOW, "of", "at", "a", "about", "level", "limit", "vas", "nrs", "nprs", "is"})
#: The colours of a scale of pain like a traffic light, but for the one to stop at.
GREEN, COLOURS = "green", frozenset({"green", "amber", "yellow", "orange"})
#: Who or what is spoken of instead of pain, before it is said that something is fine.
OTHERS_SPOKEN_OF = frozenset({"it", "you", "they", "we", "there", "who", "whose"}) | IF

_COUNTED = "zero one two three four five six seven eight nine ten"
NUMBERS = {word: number for number, word in enumerate(_COUNTED.split())}
_DIGITS = r"\d{1,3}(?:\.\d{1,2})?"
#: A figure: its lower end where it has one, its upper end.
RANGE = rf"(?:(?P<least>{_DIGITS}) ?(?:-|to|or|and|bis|à) ?)?(?P<most>{_DIGITS})"
OF_TEN = re.compile(
    rf"\b{RANGE} ?(?:/|(?:out of|of|from|in|on|von|sur) (?:a (?:possible|scale of|maximum of) )?) ?(?P<whole>100?)\b"
)
PER_CENT = re.compile(rf"\b{RANGE} ?(?P<whole>%|per cent\b|mm (?:on|of) the vas\b)")
#: A scale without a figure on it.
NO_FIGURE = re.compile(r"\bof 10\b")
BARE = re.compile(rf"\b{RANGE}\b")


def _phrases(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), f" {sign} ") for pattern, sign in pairs)


#: Phrases, in the order they are read: bounded, so that a text is read in linear time.
PHRASES = _phrases(
    (r"\b(?:the )?worst (?:possible |imaginable )?pain\b|\bmuscle soreness (?=(?:is|can be|may be) )", ""),
    (r"\bpain[ -]?free\b|\bpain (?:relief|killers?|medicines?|clinic|tablets?)\b|\bpainless(?:ly)?\b", ""),
    (r"\b[01] ?(?:-|to) ?10\b", "scale"),
    (r"\b(?:if|when) (?:it|this|that|(?:the|your|a|an) \w{1,20}(?: \w{1,20})?) should\b", "if it"),
    (
        r"\b(?:let|allow) (?:the |your )?(?:pain|discomfort|soreness) (?:to )?"
        r"(?:rise|go|get|reach|climb|increase|build)(?: up)?(?: to)? (?:a )?(?=\d)"
        r"|\b(?:max|maximum|up to|at most) (?:pain|discomfort|soreness):? (?=\d)",
        f"pain {UP_TO}",
    ),
    (
        r"\bpain may (?:rise|go|get|reach|climb)(?: up)?(?: to)? (?=\d)|\bon (?:the|a|your) pain scale,? (?=\d)",
        "pain level",
    ),
    (
        r"\bonly (?:sharp|severe|strong|bad|unbearable) pain is (?:a|the) (?:reason|sign) to stop\b",
        f"{GO_ON} for mild pain",
    ),
    (
        r"\b(?:do not|don't|never) let (?:(?:the|any|your|mild|some|a|little|bit|of) ){0,4}"
        r"(?:pain|discomfort|soreness) (?:stop|hinder|frighten|scare) you\b(?! from\b)",
        AGAINST,
    ),
    (r"\bno reason to stop(?= (?:for|because|if|when|even)\b)", GO_ON),
    (
        r"\b(?:do not|don't|never|no need to|need not|needn't|not need to|not have to|without) (?:ever )?"
        r"(?:stop(?:ping)?\b|rest\b(?! (?:your|the|on|it|an?)\b))|\bstop only\b|\bonly stop\b",
        GO_ON,
    ),
    (
        r"\bnever mind (?:(?:the|any|your) )?(?:pain|hurting|discomfort)\b(?! (?:below|under|up|of|less))"
        r"|^ ?(?:(?:the|any|your) )?(?:pain|hurting|discomfort) (?:does not|doesn't|don't|do not) "
        r"(?:matter|count|apply)\b(?! (?:below|under|up|if|unless|until))",
        AGAINST,
    ),
    (r"\b(?:carry|keep|press|push|hold|go|get) on\b(?! to (?:the|another|your)\b)|\bkeep going\b|\bcontinue\b", GO_ON),
    (
        r"\b(?:not|no|isn't) (?:a )?(?:problem|reason to stop|cause for concern|danger)\b"
        r"|\b(?:not|don't) (?:worry|mind)\b|\bnothing to worry\b|\b(?:do not|does not|doesn't|don't) (?:matter|count)\b"
        r"|\bnever mind\b",
        FINE,
    ),
    (
        r"(?:(?<=\bpain is )|(?<=\bsore is )|(?<=\bache is )|(?<=\bsoreness is ))(?:good|safe|harmless|ideal)\b"
        r"|(?<=\d is )ideal\b|\bgood (?=(?:if|when) (?:it|this|that) hurts)"
        r"|\b(?:is|are|be) (?:to be )?expected\b|\bok(?:ay)? to (?:feel|have)\b"
        r"|\b(?<!than )(?:ok|okay|fine|normal|allowed|acceptable|all right|alright|permitted|erlaubt|in ordnung|"
        r"permise?)\b(?! to (?:mention|report|say|tell|ask))",
        FINE,
    ),
    (
        r"\b(?:no|not|never|not feel|not have) (?:more|higher|stronger|worse|greater) than\b"
        r"|\b(?:up to|at (?:the )?most|maximum(?: of)?|max|within|not over|not above|limit(?: is| of)?|höchstens)\b"
        r"|\bjusqu'[aà]\b|\bbis(?: zu)?\b|[≤]|<=",
        UP_TO,
    ),
    (r"\b(?:less than|below|under|lower than|unter|moins de)\b|<", BELOW),
    (
        r"\b(?:above|over|beyond|past|exceeds?|(?:more|worse|higher|stronger|greater) than|reach(?:es|ed)?|hits?)\b|>",
        BEYOND,
    ),
    (r"\b(?:or|and) (?:more|higher|worse|above|over|stronger)\b|\btoo (?:much|strong|far)\b", MORE),
    (r"\bsee (?=(?:a|an|your|the|someone|somebody)\b)|\b(?:speak|talk) to\b|\btell (?=(?:your|us|me)\b)", "ask"),
    (
        r"\b(?:needs?|to) (?:an? |the |your )?(?:hospital|doctor|gp|ambulance|a&e)\b"
        r"|\bat (?:rest|night)\b(?!.*\b(?:is_fine|fine|ok|okay|normal|allowed|acceptable|all right)\b)",
        "ask",
    ),
    (
        r"\b(?:leave|leaving) (?:it|this|that|them) out\b|\bskip (?:it|this|that)\b"
        r"|\bgo back an? (?:step|stage|week)\b",
        "stop",
    ),
    (r"\bdo half\b|\bease off\b|^ ?rest\b|^ ?(?:lower|reduce)\b|\bback off\b", "stop"),
    (r"\b(?:in|during|while|after|when|each|of the) (?:the |a |this |each )?(?:stretch(?:ing)?|sets?|pull)\b", ""),
    (r"^ ?should\b|\b(?:people|patients|adults|runners|athletes|those|anyone) (?:whose|who|with)\b", "if"),
    (rf"(?<=pain)(?<!if pain) ?[:-] +(?={FINE}\b *(?:$|[,;]))", "is"),
    (rf"[,:] (?:that|this|it)(?: is|'s)\b(?! +{FINE} +to (?!feel|have|go|keep|do\b))", "is"),
)

#: Not followed by what one does then: "until it hurts, then ease back".
_NOT_BACK = r"(?!,? (?:then|and) (?:ease|come|go|move|let go|return|back|stop|step|rest|slow|release)\b)"
#: What tells to go on against pain: no exercise allows that.
_ANY = r"(?:(?:the|any|your|some|a|little|bit|of|mild|tolerable) ){0,4}"
_FELT = r"(?:pain|pains|hurting|discomfort|soreness|ache|aches)\b"
NEVER_SAID = re.compile(
    rf"\b{AGAINST}\b"
    rf"|\b(?:push|work|go|train|stretch|breathe|run|press|{GO_ON})(?:ing)? (?:on )?(?:through|{BEYOND}) {_ANY}{_FELT}"
    rf"|\b(?:ignor(?:e|ing)|disregard(?:ing)?|despite|in spite of) {_ANY}{_FELT}"
    rf"|\b{BEYOND} the point of {_ANY}{_FELT}{_NOT_BACK}|\bno pain,? no gain\b"
    r"|\buntil it hurts\b(?!,? (?:then|and) (?:ease|come|go back|move back|let go|return|back|stop|step back)\b)"
    r"|\beven (?:if|when|though) (?:it|this|that) (?:hurts|is (?:painful|sore))\b(?! only\b)"
    rf"|\b{GO_ON} (?:if|when|although|though) (?:it|this|that) (?:hurts(?! a (?:little|bit))|is (?:painful|sore))"
    rf"|\b(?:should|must|has to|needs to) hurt\b(?! a (?:little|bit)| less\b| no )"
    rf"|\b{GO_ON} (?:just )?(?:for|because of) (?:(?:the|any|your) )?{_FELT}"
    rf"(?! (?:of|up_to|below_it|under|if|unless|at|that|which|when|is|has|goes|settles|eases|medication)\b)"
)
#: Words before it, in the same clause, that warn of what is told to nobody: "it is dangerous to push through pain".
WARNED_OF = frozenset(
    {"nothing", "resist", "dangerous", "harmful", "unsafe", "risky", "forget", "urge", "temptation", "tempted"}
)
#: What somebody does is no order to do it: "if you push through pain, you may get hurt".
IF_ONE_DOES = re.compile(r"\b(?:if|when|whenever) (?:you|they|people|someone|somebody) ?$")
_SOME = r"(?:(?:a|some|little|bit|of|mild|slight|moderate|the|tolerable|dull|strong) ){0,4}"
#: What says without a figure that some is fine.
SOME_SAID = re.compile(
    rf"\b(?:push|work|go|train|stretch|breathe|ease|lean|move|sink|relax)(?:ing)? (?:on )?into {_SOME}{_FELT}"
    rf"|\b(?:until you (?:feel|get|have)|to the point of) {_SOME}{_FELT}{_NOT_BACK}"
    r"|\b(?:hold|stay) (?:it |there )?where it hurts\b"
    r"|\b(?:meant|supposed) to (?:hurt|ache|be (?:sore|painful))\b(?! less)"
    rf"|\b(?:allow|tolerate|accept|put up with|aim for) {_SOME}{_FELT}(?! (?:to|relief)\b)"
    rf"|\byou (?:can|may) (?:still |safely )?(?:exercise|train|move|stretch|do (?:it|this)|{GO_ON}) with {_SOME}{_FELT}"
    r"|\bif (?:the |your )?pain (?:is|stays) (?:only |just )?"
    rf"(?:mild|slight|bearable|tolerable|moderate|severe|strong|bad),? (?:then |just )?{GO_ON}"
    r"|\b(?:it|this|that|they|stretch|exercise) (?:should|must|may|can|might|will) (?:also |still |well )?"
    r"(?:hurt|ache|(?:be|feel|get) (?:a (?:little|bit) )?(?:sore|painful|uncomfortable))\b(?! (?:if|when|to|less)\b)"
    rf"|\b{FINE} (?:if|when) (?:it|this|that) (?:hurts?|aches|is (?:painful|sore))\b"
    rf"|\b{GO_ON} (?:if|when|for) (?:it hurts a (?:little|bit)"
    rf"|{_SOME}{_FELT}(?! (?:has|have|is) (?:gone|settled|eased|less|better)\b| (?:goes|settles|eases)\b))"
    rf"|\b{FINE} (?:(?:to )?(?:feel|have) )?(?:about )?{_SOME}{_FELT}"
    rf"|\byou (?:can|may) (?:have|feel) {_SOME}{_FELT}(?! (?:if|where)\b)"
    rf"|\bexpect {_SOME}{_FELT}"
    r"|\blet (?:it|this|that) (?:hurt|ache)\b"
)
#: How much pain is named without a figure, where it is more than some.
STRONGER = (
    (
        re.compile(
            r"\b(?:unbearable|excruciating|agoni[sz]ing|extreme|terrible|awful)\b|\bvery (?:strong|severe|bad)\b"
            rf"|\b(?:any|all|every) {_FELT} (?:is|are) {FINE}(?! (?:if|when|up_to|below_it|that)\b)"
        ),
        10,
    ),
    (re.compile(r"\b(?:severe|strong|intense|bad|a lot of)\b"), 7),
    (re.compile(r"\bmoderate\b"), 4),
)
#: Where what is said of strong pain begins to warn: "some pain is okay, stop if it is severe".
WARNS_FROM = re.compile(r"\b(?:stop|unless|until|but|ask|call|not|no|never)\b")
#: Sore muscles the day after are no pain of the exercise.
SORE_LATER = re.compile(
    r"\b(?:sore(?:ness)?|muscle aches?|aches? in (?:the|your) muscles?)\b"
    r"(?=.{0,80}\b(?:next|day|days|after|afterwards|tomorrow|later)\b)"
)
_IS_FINE = r"(?:\w+ )?(?:fine|ok|okay|normal|allowed|acceptable|all right|no problem)\b"
#: A line that is a sentence, whatever is said before it: "Some pain is fine" under "Do not".
SENTENCE = re.compile(
    r"(?:up to \S{1,6} (?:(?:out )?of \S{2,3} )?)?(?:(?:a|some|little|bit|of|mild|slight|moderate|the) ){0,4}"
    rf"(?:pain|discomfort|soreness|aches?|aching)\b[^.!?;]{{0,120}}\b(?:is|are) {_IS_FINE}"
    rf"|it(?: is|['’]s) {_IS_FINE} (?:to|if|when)\b|you (?:can|may) (?:have|feel)\b",
    re.IGNORECASE,
)
#: What readers see before a line, or take it to mean, which completes it: a mistake is named to forbid it.
DO_NOT, DO_NOT_FEEL, STOP_IF, ASK_FIRST_IF = "Do not", "Do not feel", "Stop if", "Ask first if"
#: The same of what may be a whole sentence as well, so that what tells to go on against pain is read without it.
SEE_SOMEONE_IF = "See someone if"
#: Where a part of a line ends that its lead is said for.
PART = re.compile(r"(?<=;) +")
#: What every text has that is read: the beginnings of words of pain, here and in the patterns above.
STEM = re.compile(r"pain|hurt|sore|ach|comfort|symptom|\b(?:vas|nrs|nprs)\b|schmerz|douleur")
#: What takes back, after it, what is named as a saying or a mistake: "Pushing through pain makes it worse".
REFUTED = re.compile(
    r"^[^a-z]{0,3}(?:(?:can|may|will|only|often|just) ){0,2}(?:"
    r"(?:is|was|are) (?:(?:just|only|all|an?|bad|common) ){0,2}"
    r"(?:myth|wrong|false|untrue|outdated|advice|mistake|harmful|dangerous"
    r"|not (?:true|right|so|how|the way|good|needed|helpful|safe))\b"
    r"|(?:makes?|slows?|delays?|harms?|damages?|causes?|leads?|worsens?|prolongs?"
    r"|(?:does|do) not|doesn't|don't|cannot|can't)\b)"
)
#: What forbids all pain, and not only some of it: "never pain", "no pain above 3" says something else.
_FORBIDS_ALL = re.compile(
    r"\b(?:never|no|zero|not any|without(?: any)?|avoid (?:any|all)) (?:pain|hurting)\b"
    r"(?!,? \(?(?:relief|killers?|no gain|more|less|above|over|beyond|worse|stronger|greater|higher|of|than|up|that"
    r"|which|when|while|if|until|after|afterwards|at|in|on|to|from|lasting|left|remaining|elsewhere|anywhere"
    r"|the (?:next|day)|next|later|tomorrow|still)\b)"
    r"|\b(?:should|must) ?(?:not|never|n['’]t) hurt\b"
    r"(?! (?:more|too|much|badly|a lot|after|afterwards|for|longer|the)\b)"
    r"|\bpain[ -]?free\b(?! (?:side|leg|arm|hand|foot|knee|days?)\b)|\bpainless(?:ly)?\b",
    re.IGNORECASE,
)


def forbids_all_pain(text: str) -> str:
    """The words that forbid any pain at all; empty where none do."""
    match = _FORBIDS_ALL.search(text)
    return match.group() if match else ""
