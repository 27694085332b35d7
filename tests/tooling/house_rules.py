"""The rules of the house that no linter knows, each a function that lists the faults of one text."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

JUNK_MODULES = {"utils", "util", "helpers", "common", "services", "service", "helper", "misc", "core", "mixins"}

#: Words that have a better one in the glossary, as a part of a name.
BANNED_PARTS = {"workout", "reps", "client", "difficulty", "alert"}
#: Names that say nothing on their own, or not enough ("duration" of what?).
BANNED_WHOLE = {"info", "duration", "item2", "warning"}

MACHINE_PATH = re.compile(r"(?<![\w.:/<-])/(?:work|home|root|Users|private|tmp)/[\w.-]+")
SILENCED = re.compile(r"#\s*(?:noqa\b(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[\w, -]+\])?)(?P<rest>.*)$")
#: What silences a linter for a whole file: no reason is good enough.
WHOLE_FILE_SILENCED = re.compile(r"#\s*(?:mypy:|(?:ruff|flake8):\s*noqa\b)")
REASON = re.compile(r"[#(]\s*\w[^()]{7,}")

STYLE_ATTRIBUTE = re.compile(r"<[a-zA-Z][^>]*\sstyle\s*=", re.DOTALL)
EVENT_ATTRIBUTE = re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*=", re.DOTALL)
STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
SCRIPT_ELEMENT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
TEMPLATE_NAME = re.compile(r"{%-?\s*(?:include|extends)\s+[\"'](?P<name>[^\"']+)[\"']")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)


def names_in(text: str) -> Iterator[tuple[int, str]]:
    """Every name a Python text gives to something: classes, functions, parameters, variables and fields."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name


def imports_of(text: str, packages: set[str]) -> list[str]:
    """Imports of these packages, wherever in a Python text they stand."""
    faults = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                found = [(node.lineno, name.name) for name in names]
            case ast.ImportFrom(module=str(module), level=0):
                found = [(node.lineno, module)]
            case _:
                continue
        faults += [f"line {line}: {name}" for line, name in found if name.partition(".")[0] in packages]
    return faults


def banned_names(text: str) -> list[str]:
    """Names with a word in them that the glossary has a better one for."""
    faults = []
    for line, name in names_in(text):
        parts = {part.lower() for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)}
        if parts & BANNED_PARTS or name.lower() in BANNED_WHOLE:
            faults.append(f"line {line}: {name}")
    return faults


def unexplained_silences(text: str) -> list[str]:
    """Comments that silence a linter and do not say why, in brackets or behind a second hash, or do so for a file."""
    faults = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        found = SILENCED.search(token.string)
        unexplained = found and not REASON.match(found["rest"].strip())
        if unexplained or WHOLE_FILE_SILENCED.search(token.string):
            faults.append(f"line {token.start[0]}: {token.string}")
    return faults


def machine_paths(text: str) -> list[str]:
    """Paths that exist on one machine only."""
    return [found.group() for found in MACHINE_PATH.finditer(text)]


def inline_code(template: str) -> list[str]:
    """Style and script in a template, which the content security policy would refuse."""
    shown = COMMENT.sub("", template)
    faults = []
    for rule, what in ((STYLE_ATTRIBUTE, "a style attribute"), (EVENT_ATTRIBUTE, "an event attribute")):
        faults += [f"{what}: {found.group()[-60:]}" for found in rule.finditer(shown)]
    faults += ["a style element" for _ in STYLE_ELEMENT.finditer(shown)]
    for found in SCRIPT_ELEMENT.finditer(shown):
        if "src=" not in found["attributes"] or found["body"].strip():
            faults.append(f"an inline script: {found.group()[:60]}")
    return faults


def upward_templates(template: str, allowed: set[str]) -> list[str]:
    """Templates this one uses from a folder that it may not know; a relative name is never allowed."""
    faults = []
    for found in TEMPLATE_NAME.finditer(COMMENT.sub("", template)):
        folder, slash, _ = found["name"].partition("/")
        if slash and folder not in allowed:
            faults.append(found["name"])
    return faults


def strings_in(text: str) -> Iterator[tuple[int, str]]:
    """Every string of a Python text that is not a docstring."""
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def upward_strings(text: str, upper: tuple[str, ...]) -> list[str]:
    """Strings that name something of an upper floor, such as a model's label or a dotted path."""
    pointing = re.compile(rf"^(?:{'|'.join(upper)})\.[A-Za-z_]")
    return [f"line {line}: {string}" for line, string in strings_in(text) if pointing.match(string)]
