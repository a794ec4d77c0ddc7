"""Arithmetic that authors write over named numbers: read safely, worked out, and written out for people."""

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from mlsd_coach.matching.units import SECONDS, read_unit

LONGEST = 300
"""Characters of a formula; nothing that fits a line is longer."""
HIGHEST_POWER = 12
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "/"}
_RANKS: dict[type[ast.operator], int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}
_BYTE_STEPS = (("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("bytes", 1.0))


@dataclass(frozen=True)
class Formula:
    """A formula that holds nothing but arithmetic."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]
    """The names used, each once, in their order."""


def parse_formula(text: str) -> Formula:
    """Read a formula of + - * / ( ), numbers, names, sqrt() and small powers; ValueError says what else is in it."""
    if len(text) > LONGEST:
        raise ValueError(f"the formula is longer than {LONGEST} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ValueError(f"'{text.strip()}' is no arithmetic: write it as in `requests_per_day / 86400`") from None
    names: dict[str, None] = {}
    _check(tree, names)
    return Formula(text.strip(), tree, tuple(names))


def _check(node: ast.expr, names: dict[str, None]) -> None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return
    if isinstance(node, ast.Name):
        names.setdefault(node.id)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        _check(node.operand, names)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        _check(node.left, names)
        _exponent(node)
    elif isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        _check(node.left, names)
        _check(node.right, names)
    elif _is_root(node):
        _check(_inside(node), names)
    else:
        raise ValueError(
            f"'{ast.unparse(node)}' is not taken in a formula: only + - * / ( ), numbers, names and sqrt()"
        )


def _exponent(node: ast.BinOp) -> int:
    power = node.right
    if isinstance(power, ast.Constant) and type(power.value) is int and power.value <= HIGHEST_POWER:
        return power.value
    raise ValueError(f"a power is a whole number up to {HIGHEST_POWER}, not '{ast.unparse(power)}'")


def _is_root(node: ast.expr) -> bool:
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sqrt"
    return is_call and isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords


def _inside(node: ast.expr) -> ast.expr:
    assert isinstance(node, ast.Call)  # noqa: S101 - what _is_root has told
    return node.args[0]


def evaluate(formula: Formula, values: Mapping[str, float]) -> float:
    """Work a formula out; ValueError when a name has no value, or the result is no finite number."""
    missing = [name for name in formula.names if name not in values]
    if missing:
        raise ValueError(f"no value for {', '.join(missing)} in '{formula.text}'")
    try:
        result = _value(formula.tree, values)
    except ZeroDivisionError:
        raise ValueError(f"'{formula.text}' divides by zero") from None
    except OverflowError:
        raise ValueError(f"'{formula.text}' is too large to work out") from None
    if not math.isfinite(result):
        raise ValueError(f"'{formula.text}' is too large to work out")
    return result


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]  # _check let numbers alone pass
    if isinstance(node, ast.Name):
        return float(values[node.id])
    if isinstance(node, ast.UnaryOp):
        value = _value(node.operand, values)
        return -value if isinstance(node.op, ast.USub) else value
    if not isinstance(node, ast.BinOp):
        value = _value(_inside(node), values)
        if value < 0:
            raise ValueError(f"sqrt of {value:g}, which is negative")
        return math.sqrt(value)
    left = _value(node.left, values)
    if isinstance(node.op, ast.Pow):
        return float(left ** _exponent(node))
    right = _value(node.right, values)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    return left * right if isinstance(node.op, ast.Mult) else left / right


def write_working(formula: Formula, shown: Mapping[str, str], result: str) -> str:
    """Write a formula out for people: 3,000,000,000 requests / 86,400 = 34,700 requests/s.

    `shown` gives each name's value with its unit.
    """
    return f"{_written(formula.tree, shown, 0)} = {result}"


def _written(node: ast.expr, shown: Mapping[str, str], rank: int) -> str:
    """Write a part out, in brackets when it binds more loosely than what stands around it."""
    if isinstance(node, ast.Constant):
        return write_number(float(node.value), digits=15)  # type: ignore[arg-type]  # a number, by _check
    if isinstance(node, ast.Name):
        return shown.get(node.id, node.id.replace("_", " "))
    if isinstance(node, ast.UnaryOp):
        return (
            f"-{_written(node.operand, shown, 3)}"
            if isinstance(node.op, ast.USub)
            else _written(node.operand, shown, 3)
        )
    if not isinstance(node, ast.BinOp):
        return f"sqrt({_written(_inside(node), shown, 0)})"
    if isinstance(node.op, ast.Pow):
        return f"{_written(node.left, shown, 4)}^{_exponent(node)}"
    own = _RANKS[type(node.op)]
    # a - (b - c) and a / (b × c) keep their brackets
    right = own + 1 if isinstance(node.op, ast.Sub | ast.Div) else own
    text = f"{_written(node.left, shown, own)} {_SIGNS[type(node.op)]} {_written(node.right, shown, right)}"
    return f"({text})" if own < rank else text


def write_number(value: float, *, digits: int = 3) -> str:
    """Write a number to so many significant figures, with commas: 34,700."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    if abs(rounded) < 1e-4:
        return f"{rounded:g}"
    text = f"{rounded:,.{min(15, max(0, places))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_value(value: float, unit: str) -> str:
    """Write a value in base units for people: bytes as GB, times as ms or days, rates in the unit's own time."""
    read = read_unit(unit)
    tail = f"/{match.group(1).strip()}" if (match := re.search(r"(?:/|\bper\b|_per_|^per_)(.*)$", unit)) else ""
    if read.kind in {"bytes", "flow"}:
        whole = value if read.kind == "bytes" else value * _seconds_of(tail)
        name, size = next((step for step in _BYTE_STEPS if abs(whole) >= step[1] * 0.9995), _BYTE_STEPS[-1])
        return f"{write_number(whole / size)} {name}{tail}"
    if read.kind == "time":
        return _write_time(value, unit, read.factor)
    if read.kind == "percent":
        return f"{write_number(value * 100)} %"
    own = re.sub(r"^_?per_?", "/", unit).replace("_per_", "/").replace(" per ", "/").replace("_", " ")
    number = write_number(value / read.factor)
    return f"{number}{own}" if own.startswith("/") else f"{number} {own}"


def _seconds_of(tail: str) -> float:
    return SECONDS.get(tail.strip("/ "), 1.0)


def _write_time(value: float, unit: str, factor: float) -> str:
    if value < 1 and factor <= 1:
        return f"{write_number(value * 1e3)} ms"
    if factor < 1:
        return f"{write_number(value)} s"
    return f"{write_number(value / factor)} {unit.replace('_', ' ')}"
