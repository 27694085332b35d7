"""Characters nobody sees or that turn the direction of reading, and texts that cannot do without some of them."""

from __future__ import annotations

#: Forty, of every sort there is.
UNSEEN = (
    *("\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f"),  # controls
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180e", "\u3164", "\uffa0"),
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029"),
    *("\u202a", "\u202c", "\u202d", "\u202e", "\u2060", "\u2064", "\u2066", "\u2069"),  # direction, and joined words
    *("\ufe0f", "\ufeff", "\ufff9", "\uffff", "\U000e0041", "\U000e007f", "\U000e0100"),
)

#: What people write in their languages, with everything they need for it.
WELL_WRITTEN = {
    "Arabic": "تمدّد ربلة الساق (مرّتين)\u200f لمدة 30 ثانية",
    "Persian with joiners kept apart": "می‌خواهم آهسته بکشم",
    "Hebrew with a sign between": "מתיחה C++\u200e לשוק",
    "Hindi with both joiners": "पिंडली का खिंचाव, क्‍ष और क्‌ष",
    "Sinhala": "ක්‍රියාව",
    "Polish": "Rozciąganie łydki – żółć, źdźbło",
    "Chinese with a chosen shape": "葛󠄀飾区 小腿伸展",
    "Greek": "Διάταση γάμπας",
    "family": "Together 👨‍👩‍👧‍👦",
    "flags": "🇬🇧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🏳️‍🌈 🏴‍☠️",
    "key caps": "1️⃣ then #️⃣",
    "colours of skin": "👍🏽 👩🏾‍⚕️ 🧑🏽‍🤝‍🧑🏻",
    "signs as pictures": "❤️ ☀️ ‼️ ℹ️ ✔︎",
}
