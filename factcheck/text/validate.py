"""A YAML mapping held against a pydantic model; every error lands on the characters that caused it.

Unknown keys, keys without a value and null (which removes a key) are judged here, before pydantic, because only the
nodes still know where a key stands and how it was written.
"""

from __future__ import annotations

import types
from collections.abc import Collection
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from factcheck.errors import Place, Problem
from factcheck.text.fields import found
from factcheck.text.nodes import Mapping, Node, Scalar, Sequence, descend, is_null, reached, to_python
from factcheck.text.suggest import did_you_mean

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class _Shape:
    """What the keys of a value are judged by: a model, a list or mapping of shapes, or nothing."""

    form: Literal["model", "list", "map", "any"]
    model: type[BaseModel] | None = None
    inner: _Shape | None = None


_ANY = _Shape("any")


def validate(
    model: type[M], node: Node, what: str = "", *, elsewhere: Collection[str] = ()
) -> tuple[M | None, list[Problem]]:
    """The model that `node` describes, or None with every problem found.

    `what` names the thing for the reader ("claim 'russia-share'"); keys in `elsewhere` are known but read by
    someone else.
    """
    if not isinstance(node, Mapping):
        message = f"expected a mapping{_in(what)}, found {found(to_python(node))}"
        return None, [Problem(message, node.place())]
    check = _Check(model, node, what)
    values = check.model(model, node, (), elsewhere)
    result: M | None = None
    try:
        result = model.model_validate(values)
    except ValidationError as error:
        check.add(error)
    return (None if check.problems else result), check.problems


class _Check:
    def __init__(self, model: type[BaseModel], root: Mapping, what: str) -> None:
        self.root = root
        self.root_shape = _Shape("model", model)
        self.what = what
        self.problems: list[Problem] = []
        self._misspelt: set[Path] = set()  # mappings with an unknown key

    def model(
        self, model: type[BaseModel], node: Mapping, path: Path, elsewhere: Collection[str] = ()
    ) -> dict[str, Any]:
        """The values of a mapping for its model, without the keys that are null, unknown or read elsewhere."""
        shapes = _shapes(model)
        values = {}
        for key, (key_node, value) in node.entries.items():
            if key in elsewhere:
                continue
            if key not in shapes:
                self._unknown(key_node, value, (*shapes, *elsewhere), path)
            elif not is_null(value):
                values[key] = self._value(shapes[key], value, (*path, key))
        return values

    def _value(self, shape: _Shape, node: Node, path: Path) -> Any:
        if shape.form == "list" and shape.inner and not isinstance(node, Sequence):
            return self._value(shape.inner, node, path)  # the model makes a list of one, or refuses
        if shape.form == "list" and shape.inner and isinstance(node, Sequence):
            return [self._value(shape.inner, item, (*path, i)) for i, item in enumerate(node.items)]
        if shape.form == "model" and shape.model and isinstance(node, Mapping):
            return self.model(shape.model, node, path)
        if shape.form == "map" and shape.inner and isinstance(node, Mapping):
            return self._map(shape.inner, node, path)
        return to_python(node)

    def _map(self, shape: _Shape, node: Mapping, path: Path) -> dict[str, Any]:
        values = {}
        for key, (key_node, value) in node.entries.items():
            if is_null(value):
                message = f"{self._name((*path, key))} has no value"
                self.problems.append(Problem(message, key_node.place()))
            else:
                values[key] = self._value(shape, value, (*path, key))
        return values

    def _unknown(self, key: Scalar, value: Node, known: Collection[str], path: Path) -> None:
        self._misspelt.add(path)
        if is_null(value):
            hint = did_you_mean(str(key.value), known) or "quote this, if it is the end of a text"
            message = f"unknown key '{key.value}' without a value{_in(self._name(path))}"
            self.problems.append(Problem(message, key.place(), hint))
            return
        hint = did_you_mean(str(key.value), known)
        if not hint and len(known) <= 12:
            hint = f"known keys: {', '.join(known)}"
        self.problems.append(Problem(f"unknown key '{key.value}'{_in(self._name(path))}", key.place(), hint))

    def add(self, error: ValidationError) -> None:
        """Notes pydantic's errors; of several at one place (the members of a union) the first."""
        places = {problem.place for problem in self.problems}
        for details in error.errors(include_url=False):
            if self._follows(details):
                continue
            problem = self._problem(details)
            if problem.place not in places:
                places.add(problem.place)
                self.problems.append(problem)

    def _follows(self, details: ErrorDetails) -> bool:
        """True for what is only missing because its key is misspelt, which is noted already."""
        path = details["loc"][:-1] if details["type"] == "missing" else details["loc"]
        judged_whole = details["type"] == "wrong" and isinstance(details["input"], BaseModel | dict)
        return (details["type"] == "missing" or judged_whole) and reached(self.root, path) in self._misspelt

    def _problem(self, details: ErrorDetails) -> Problem:
        context = details.get("ctx", {})
        if details["type"] == "missing":
            return self._missing((*reached(self.root, details["loc"][:-1]), details["loc"][-1]))
        key = context.get("key")
        path = reached(self.root, details["loc"] if key is None else (*details["loc"], key))
        message, hint = _words(details, self._field(path), str(path[-1]) if path else "")
        subject = f"{self._name(path)}: " if path else (f"{self.what}: " if self.what else "")
        return Problem(subject + message, self._place(path, context), hint)

    def _missing(self, path: Path) -> Problem:
        field = self._field(path)
        hint = _example(field, str(path[-1]))
        owner = self._name(path[:-1]) or "this"
        return Problem(f"{owner} has no '{path[-1]}'", self._place(path[:-1], {}), hint)

    def _place(self, path: Path, context: AbstractMapping[str, Any]) -> Place:
        node, _ = descend(self.root, path)
        if isinstance(node, Scalar):
            return node.place(context.get("offset") or 0, context.get("length"))
        return node.place()

    def _field(self, path: Path) -> FieldInfo | None:
        """The model's field that `path` leads to."""
        shape, field = self.root_shape, None
        for step in path:
            if (shape.form == "list" and isinstance(step, int)) or shape.form == "map":
                shape = shape.inner or _ANY
                continue
            while shape.form == "list":
                shape = shape.inner or _ANY
            if shape.model is None or step not in _shapes(shape.model):
                return None
            field, shape = _fields(shape.model)[str(step)], _shapes(shape.model)[str(step)]
        return field

    def _name(self, path: Path) -> str:
        """('review', 'status') → 'status' in 'review' of claim 'x'."""
        parts = [f"item {step + 1}" if isinstance(step, int) else f"'{step}'" for step in reversed(path)]
        return " of ".join([*parts, self.what] if self.what else parts)


def _example(field: FieldInfo | None, key: str) -> str:
    """`for example link: {from: id, to: retweet_of}`, where the field has an example."""
    return f"for example {key}: {_flow(field.examples[0])}" if field is not None and field.examples else ""


def _flow(example: Any) -> str:
    """An example as YAML has it on one line."""
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in example.items()) + "}"
    return f"[{', '.join(map(_flow, example))}]" if isinstance(example, list) else str(example)


def _in(name: str) -> str:
    return f" in {name}" if name else ""


def _words(details: ErrorDetails, field: FieldInfo | None, key: str) -> tuple[str, str]:
    """Message and hint for one of pydantic's errors at `key`."""
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "wrong":
        return str(context["message"]), str(context["hint"])
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error", details["msg"])), ""
    if kind in ("literal_error", "enum"):
        choices = [str(choice).lower() if isinstance(choice, bool) else str(choice) for choice in _choices(field)]
        expected = _or(choices) or str(context.get("expected"))
        hint = did_you_mean(str(value), choices) or (f"write {key}: {choices[0]}" if len(choices) == 1 else "")
        return f"expected {expected}, found {found(value)}", hint
    if kind in ("too_short", "too_long"):
        return _items_wanted(context), _example(field, key)
    expected = _EXPECTED.get(kind, "")
    if expected:
        return f"expected {expected}, found {found(value)}", _example(field, key) if kind in _SHAPES else ""
    return f"expected {_expected(details, field)}, found {found(value)}", ""


def _items_wanted(context: AbstractMapping[str, Any]) -> str:
    """expected at least 2 items, found 1"""
    side, wanted = next((words, context[end]) for end, words in _SIDES.items() if end in context)
    return f"expected {side} {wanted} {'item' if wanted == 1 else 'items'}, found {context['actual_length']}"


_SIDES = {"min_length": "at least", "max_length": "at most"}


def _expected(details: ErrorDetails, field: FieldInfo | None) -> str:
    """What a rule without words of its own asks for: the field's example, else what the library says of it."""
    if field is not None and field.examples:
        return f"something like {_or([_flow(example) for example in field.examples])}"
    if details["type"] == "string_pattern_mismatch":
        return f"another form ({field.description})" if field is not None and field.description else "another form"
    return details["msg"].removeprefix("Input should be ").removeprefix("a valid ")


_EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
# What an example shows best.
_SHAPES = {"string_type", "list_type", "tuple_type", "dict_type", "model_type", "model_attributes_type"}


def _or(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" or {words[-1]}" if len(words) > 1 else "".join(words)


def _choices(field: FieldInfo | None) -> list[Any]:
    """The values of every Literal in a field's annotation."""
    found_choices: list[Any] = []

    def walk(annotation: Any) -> None:
        if get_origin(annotation) is Literal:
            found_choices.extend(get_args(annotation))
        else:
            for argument in get_args(annotation):
                walk(argument)

    if field is not None:
        walk(field.annotation)
    return found_choices


@cache
def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


@cache
def _shapes(model: type[BaseModel]) -> dict[str, _Shape]:
    return {key: _shape(field.annotation) for key, field in _fields(model).items()}


def _shape(annotation: Any) -> _Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0])
    if origin in (Union, types.UnionType):
        shapes = [_shape(argument) for argument in arguments if argument is not type(None)]
        return next((shape for shape in shapes if shape.form != "any"), _ANY)
    if origin in (list, tuple):
        inner = _shape(arguments[0])
        return _ANY if inner.form == "any" else _Shape("list", inner=inner)
    if origin is dict:
        return _ANY if arguments[1] is Any else _Shape("map", inner=_shape(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Shape("model", annotation)
    return _ANY
