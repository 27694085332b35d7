"""The words that are answered with help before anything else: signs of something serious, despair, a cramp right now.

Pure. These words are code: they are only added to, so that no editor and no library takes one away. How they are looked
for says ``stretchsite.finding.help_first``.
"""

from __future__ import annotations

#: Whoever looks for one of these is shown first when to get help. All the words of a line, in any order.
RED_FLAGS = (
    *("dvt", "blood clot", "clot", "thrombosis", "embolism", "swollen leg", "swollen calf", "hot calf", "red calf"),
    *("cauda equina", "numb", "numb between legs", "saddle", "bladder", "bowel", "incontinence", "incontinent"),
    *("cant pee", "cant wee", "pins needles", "leg weak", "weak legs", "foot drop", "paralysed", "cant feel"),
    *("chest pain", "chest tight", "heart attack", "heart pain", "breathless", "short breath", "cant breathe"),
    *("stroke", "face drop", "slurred speech", "faint", "fainting", "collapse", "passed out", "worst headache"),
    *("cancer", "weight loss", "losing weight", "fever", "night sweats", "infection", "hot joint"),
    *("fracture", "broken bone", "broken leg", "broken hip", "fell", "had fall", "cant stand", "cant walk"),
    *("cold leg", "pale leg", "blue leg", "double vision", "emergency", "999", "911", "112", "help now"),
    *("swelling leg", "swelling calf", "paralysis", "cant urinate", "cant pass urine", "cant move leg", "lost weight"),
    *("shortness breath", "lost control bladder", "lost control bowel"),
    *("red leg", "hot leg", "leg bigger", "calf bigger", "leg gave way", "leg gives way", "felt pop", "dent muscle"),
    *("both legs sciatica", "both legs tingling", "back pain night", "back awake", "back pain wakes", "d v t"),
    *("wee problems", "trouble weeing", "trouble peeing", "wetting myself", "poo myself", "cant poo", "accident"),
    *("crushing chest", "chest pressure", "chest hurt", "left arm pain", "palpitations"),
    *("face drooping", "blurred vision", "seizure", "unconscious", "blackout", "cant speak", "peeing myself"),
    *("no feeling leg", "no feeling down below", "leaking urine", "cant lift foot", "pregnant bleeding"),
    *("coughing blood", "coughing up blood", "blood urine", "hip popped out", "dislocated hip", "sudden headache"),
    *("bleeding", "tingling saddle", "tingling groin", "tingling between legs", "tingling bottom", "tingling genitals"),
    *("tingling face", "tingling both feet", "cant put weight", "cant bear weight", "cant take weight"),
    *("worst pain life", "worst pain ever"),
    # the signs of the site's own notes
    *("cold pale", "foot pale", "foot blue", "toes blue", "foot white", "cant swallow", "trouble swallowing"),
    *(
        "sight bad",
        "sight worse",
        "sight lost",
        "lose sight",
        "cant see",
        "going blind",
        "lost balance",
        "cant balance",
    ),
    *(
        "both legs pain",
        "both legs hurt",
        "feeling sex",
        "sex different",
        "sex worse",
        "cant hold pee",
        "cant hold wee",
    ),
    *("cant hold poo", "holding pee", "holding wee", "holding poo", "dirty wound", "tetanus", "lockjaw"),
    *("leg discoloured", "leg discolored", "leg darker", "leg colour", "calf colour", "calf discoloured", "hard veins"),
    *("sore veins", "takes no weight", "leg popped", "leg dent", "calf dent", "back chills", "leg chills", "crash"),
    *("back knock", "hot skin spreading", "cramp ten minutes", "cramp hour", "thin bones", "steroids back"),
    # chest
    *("angina", "chest heavy", "chest ache", "chest discomfort", "chest burning", "chest squeezing", "chest stabbing"),
    *("jaw arm pain",),
    # bladder and bowel
    *("weeing myself", "wee myself", "peed myself", "weed myself", "pissed myself", "pooed myself", "shit myself"),
    *("soiled myself", "cant go toilet", "cant piss", "leaking pee", "leaking wee", "leaking poo", "feel wipe"),
    *("tingling bum", "pissing blood", "lost control poo", "lost control pee"),
    # stroke
    *("slurring", "cant get words", "weak one side", "tia", "lost vision", "loss vision", "losing vision"),
    *("cant move arm", "cant move face", "cant move hand", "cant move foot", "droopy face", "face sagging"),
    *("droopy mouth", "droopy eye", "convulsion", "convulsing", "cant talk", "trouble speaking", "confused suddenly"),
    # clot
    *(
        "leg swole",
        "calf swole",
        "leg swelled",
        "phlebitis",
        "calf pain flight",
        "leg pain flight",
        "calf pain surgery",
    ),
    *("leg pain surgery", "calf pain operation", "leg pain operation", "calf hurts flight", "leg hurts flight"),
    # fall and tear
    *("fallen cant", "cant get up floor", "broken ankle", "broken foot", "broken toe", "broken back", "broken neck"),
    *("broken arm", "broken wrist", "broken hand", "broken rib", "broken knee", "broken pelvis", "broken shin"),
    *("broken thigh", "broke ankle", "broke leg", "broke hip", "broke foot", "broke back", "broke wrist", "broke arm"),
    *("torn calf", "torn achilles", "torn hamstring", "torn muscle", "torn tendon", "torn ligament", "tore calf"),
    *("tore achilles", "tore hamstring", "tore muscle", "rupture", "snapped achilles", "snapped calf", "heard pop"),
    *("snapped tendon", "snapped hamstring", "achilles popped", "calf popped", "dislocated"),
    # breath and blood
    *("trouble breathing", "difficulty breathing", "difficult breathe", "struggling breathe", "hurts breathe"),
    *("pain breathing", "hard breathe", "cant catch breath", "gasping", "blood wee", "blood pee", "blood poo"),
    *("blood stool", "vomiting blood", "spitting blood", "throwing up blood", "sick blood"),
    # what else is typed for something serious
    *("heart racing", "heart hurts", "heart pounding", "heart failure", "chest tightening", "chest sore", "arm weak"),
    *("lump calf", "lump leg", "deep vein", "messed myself", "erection", "knocked down", "hit car", "bone sticking"),
    *("fall stairs", "tripped over", "high temperature", "shivering back", "thunderclap", "stiff neck headache"),
    *("blurry vision", "blacked out", "choking", "epileptic", "meningitis", "black toes", "black foot", "no pulse"),
    *("gangrene", "cellulitis", "hot swollen", "agony", "excruciating", "unbearable", "poisoned", "aneurysm", "dying"),
    *("die", "cant lift toes", "neck dizzy", "sudden dizzy", "no feeling bum", "no feeling foot", "no feeling arm"),
    # help itself
    *("111", "ambulance", "urgent", "urgently", "sepsis", "septic", "paralized", "paralised"),
)
#: The same, where the words are too plain to be looked for apart, or are misspelt as other words: as they stand.
FLAGS_AS_SAID = (
    *("chess pain", "chest pane", "chestpian", "chestpane", "hart attack", "hartattack", "bloodclt", "ifell"),
    *("i have fallen", "ive fallen", "i had fallen", "has fallen", "have fallen over", "fallen over", "fallen down"),
    *("after a fall", "after my fall", "after falling", "after a bad fall", "had a bad fall", "cant get up"),
    *("gave way", "gives way", "giving way", "not breathing", "stopped breathing", "a and e", "gone weak", "gone dead"),
    *("having a fit", "had a fit", "having fits", "out of breath", "cant get my breath", "no feeling when i wipe"),
)
#: The same, where nothing else is asked.
FLAGS_ALONE = frozenset(
    {
        "help",
        "help me",
        "help me please",
        "please help",
        "please help me",
        "i need help",
        "need help",
        "fits",
        "cant move",
        "i cant move",
    }
)
#: Lines that say nothing serious of one of these parts, where nothing is asked but to ease it. In any doubt they do.
CALM = {
    "pins needles": frozenset({"finger", "fingers", "foot", "hand", "heel", "thumb", "toe", "toes", "wrist"}),
    "chest tight": frozenset({"muscle", "muscles", "pec", "pecs"}),
    "tingling bottom": frozenset({"foot"}),
}
#: What may stand beside them.
BESIDE_CALM = frozenset({"ease", "left", "loosen", "relax", "release", "right", "stretch", "stretches", "stretching"})
#: Beside these "left" alarms all the same: the chest, and all of an arm.
NOT_LEFT = frozenset({"chest", "finger", "fingers", "hand", "thumb", "wrist"})
#: These say nothing in any question but one that is to be calm.
NEVER_SILENT = frozenset({"cant", "could", "help", "long", "need", "needs", "no", "not", "off", "over", "up"})
#: What only sounds like a line: as it stands, and with nothing beside it but ``BESIDE_HARMLESS``.
HARMLESS = (
    *(
        "fell asleep",
        "falls asleep",
        "fell runner",
        "fell runners",
        "weight loss exercises",
    ),
    *("weight loss exercise", "weight loss workout", "exercises for weight loss", "swimming stroke", "swim stroke"),
    *("swimming strokes", "faint hope", "hot pack", "hot water bottle", "red resistance band"),
    *("blue resistance band", "blue band", "leg warmers", "blue leg warmers", "red leg warmers", "cycling saddle"),
    *("bike saddle", "saddle height", "suicide squat", "suicide squats", "suicide sprint", "suicide sprints"),
    *("suicide drill", "suicide drills", "suicide runs", "crash mat", "crash diet"),
)
BESIDE_HARMLESS = frozenset(
    {"ankle", "back", "calf", "foot", "glute", "hamstring", "hip", "knee", "leg", "quad", "thigh", "best"}
    | {"ease", "loosen", "relax", "release", "stretch", "stretches", "stretching", "exercise", "exercises"}
)
#: Whoever looks for one of these is told first, in words of its own, that somebody answers now.
IN_DESPAIR = (
    *("suicide", "suicidal", "kill myself", "killing myself", "end my life", "ending my life", "take my life"),
    *("want die", "wanna die", "wish dead", "better off dead", "dont want live", "no reason live"),
    *("overdose", "overdosed", "overdosing", "unalive", "kms", "nothing live for", "no point living", "end own life"),
    *("self harm", "selfharm", "harm myself", "harming myself", "hurt myself purpose", "want end it all"),
    *("took many pills", "taken many pills", "took many tablets", "taken many tablets", "swallowed many pills"),
    *("swallowed many tablets", "hang myself", "hanging myself", "slit wrists", "better off without me"),
)
#: The same, where the words are too plain to be looked for apart: as they stand, one after the other.
DESPAIR_AS_SAID = (
    *("kill my self", "killing my self", "kill self", "killing self", "kil myself", "kil my self", "harm my self"),
    *("cut myself", "cutting myself", "cut my self", "cutting my self", "burning myself", "starving myself"),
    *("want to hurt myself", "going to hurt myself", "want to hurt my self", "hurt my self on purpose"),
    *(
        "end it all",
        "ending it all",
        "want to end it",
        "wanna end it",
        "going to end it",
        "gonna end it",
        "just end it",
    ),
    *("end it now", "end it tonight", "ready to end it", "too many pills", "too many tablets", "too many painkillers"),
    *(
        "all my tablets",
        "all my pills",
        "all the tablets",
        "all the pills",
        "all my painkillers",
        "took all my medication",
    ),
    *("all of my tablets", "all of my pills", "whole packet of pills", "whole packet of tablets"),
    *("too much paracetamol", "too many paracetamol", "too much ibuprofen", "too many ibuprofen", "took an od"),
    *("worth living", "point in living", "dont want to be here", "not want to be here"),
    *("dont wanna be here", "dont want to wake up", "dont want to be alive", "dont wanna be alive", "tired of living"),
    *("tired of life", "done with life", "cant go on like this", "cant go on anymore", "cant go on any more"),
    *("no point going on", "no point in going on", "wish i was never born", "wish i wasnt here", "wish i was gone"),
    *("nothing to live for", "jump off a bridge", "jump in front of a train", "kys", "nobody would miss me"),
    *(
        "hate my life",
        "hate myself",
        "lot of pills",
        "lots of pills",
        "loads of pills",
        "lot of tablets",
        "lots of tablets",
    ),
    *("loads of tablets", "swallowed tablets", "swallowed pills", "to many pills", "to many tablets", "too many pils"),
    *("too much medication", "whole prescription", "drank bleach", "want to disappear", "give up on life"),
    *(
        "giving up on life",
        "want to be dead",
        "rather be dead",
        "should be dead",
        "wish i were dead",
        "my life is over",
    ),
    *("ready to die", "how to die", "painless death", "end my suffering", "dont wanna live", "jump off bridge"),
    *("jump off a building", "crisis line", "crisis team", "samaritans"),
)
#: The same, where nothing else is asked.
DESPAIR_ALONE = frozenset(
    {"end it", "i cant go on", "cant go on", "no point", "whats the point", "hurting myself", "i keep hurting myself"}
    | {"cant take it anymore", "i cant take it anymore", "cant do this anymore", "i cant do this anymore", "cant cope"}
    | {"i cant cope", "hopeless", "i feel hopeless", "no one cares", "nobody cares", "kill me", "od", "ending it"}
)
#: A typing error in a question with one of these is never mended: what it is read as may be said back to whoever asked.
NEVER_MENDED = frozenset(
    {"meself", "myself", "pill", "pills", "pils", "tablet", "tablets", "painkiller", "painkillers"}
)
#: Whoever looks for one of these may have it now, and is shown first what to do about it.
CRAMP_NOW = ("cramp", "charlie horse", "charley horse", "calf seized", "foot seized", "leg seized", "thigh seized")
