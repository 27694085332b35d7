"""A component counts as shown only where no reader can be without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines

from clinical.pages.always_shown import always_shown

PART = '{% include "components/signs.html" %}'


def shown(source: str) -> set[str]:
    template: Any = engines["django"].from_string(source)
    return always_shown(template.template)


@pytest.mark.parametrize(
    "source",
    [
        PART,
        f'{{% extends "base.html" %}}{{% block main %}}<div class="{{{{ x }}}}">{PART}</div>{{% endblock %}}',
        f'{{% extends "base.html" %}}{{% block main %}}{{% block own %}}{PART}{{% endblock %}}{{% endblock %}}',
        f"{{% with a=1 %}}{PART}{{% endwith %}}",
        f"<details><p>More</p></details>{PART}",
    ],
)
def test_what_everybody_sees_counts(source: str):
    assert shown(source) == {"components/signs.html"}


@pytest.mark.parametrize(
    "source",
    [
        f"{{% if page.long %}}{PART}{{% endif %}}",
        f"{{% if page.long %}}{{% else %}}{PART}{{% endif %}}",
        f"{{% for item in items %}}{PART}{{% endfor %}}",
        f"{{% for item in items %}}{{% empty %}}{PART}{{% endfor %}}",
        f'{{% part "notes" %}}{PART}{{% endpart %}}',
        f'{{% extends "base.html" %}}{{% block no_such_block %}}{PART}{{% endblock %}}',
        f'{{% extends "base.html" %}}{{% block head %}}{PART}{{% endblock %}}',
        f'{{% extends "base.html" %}}{PART}',
        f"<template>{PART}</template>",
        f"<details class=x><summary>Notes</summary>{PART}</details>",
        f"{{% if x %}}<details>{{% endif %}}{PART}</details>",
        f"<div hidden>{PART}</div>",
        f"<!-- {PART} -->",
        f'<p title="{PART}">',
    ],
)
def test_what_somebody_may_miss_does_not(source: str):
    assert shown(source) == set()
