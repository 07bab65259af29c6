"""Expressions to Python: conditions as what is true and what is false, as SPARQL has errors too.

What can raise an error is marked so; a condition that may is asked through `holds`, a value through
`attempt`, so that `error || true` is true and `!error` isn't (section 17.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rdflib import Literal, URIRef, Variable

from kg.audit.compiled.elements import Call, Unsupported
from kg.audit.compiled.pieces import Code, Condition, Scope
from kg.audit.compiled.terms import XSD

_COMPARED = {"=": ("==", "!="), "!=": ("!=", "=="), "<": ("<", ""), ">": (">", "")} | {
    "<=": ("<=", ""),
    ">=": (">=", ""),
}
#: A function of SPARQL by its name: ours, the kinds of its arguments and of its value.
_FUNCTIONS: Mapping[str, tuple[str, str, str]] = {
    "ABS": ("abs({})", "number", "number"),
    "CEIL": ("ceiling({})", "number", "number"),
    "FLOOR": ("floor({})", "number", "number"),
    "ROUND": ("rounded({})", "number", "number"),
    "UnaryMinus": ("(-{})", "number", "number"),
    "UnaryPlus": ("{}", "number", "number"),
    "STRLEN": ("len({})", "text", "number"),
    "CONTAINS": ("({1} in {0})", "text", "truth"),
    "STRSTARTS": ("{}.startswith({})", "text", "truth"),
    "STRENDS": ("{}.endswith({})", "text", "truth"),
    "IRI": ("facts.node({})", "text", "node"),
    "URI": ("facts.node({})", "text", "node"),
    "CONCAT": ("concat({})", "text", "text"),
    "LANG": ("language({})", "any", "text"),
    "DATATYPE": ("datatype({})", "any", "node"),
    "ISNUMERIC": ("(type({}) in NUMBERS)", "any", "truth"),
    "ISIRI": ("isinstance({}, Node)", "any", "truth"),
    "ISURI": ("isinstance({}, Node)", "any", "truth"),
    "ISLITERAL": ("(not isinstance({}, Node))", "any", "truth"),
    "SAMETERM": ("({} == {})", "any", "truth"),
    f"{XSD}integer": ("to_integer({})", "any", "number"),
    f"{XSD}decimal": ("to_decimal({})", "any", "number"),
    f"{XSD}string": ("text({})", "any", "text"),
}
#: Functions whose value is in the language of their first argument.
_TEXTS = {"STRBEFORE": "before", "STRAFTER": "after", "SUBSTR": "substr"}
#: Those that never fail, whatever they are given.
_TOTAL = frozenset(("ISNUMERIC", "ISIRI", "ISURI", "ISLITERAL", "SAMETERM", f"{XSD}string"))


@dataclass(frozen=True)
class Expressions:
    """Compiles expressions; `constant` names a constant, `exists` compiles a group's EXISTS."""

    constant: Callable[[Any], str]
    exists: Callable[[Any, Scope], str]

    def condition(self, e: Any, scope: Scope) -> Condition:
        """What an expression says as a condition."""
        match e:
            case Call("&&" | "||" as name, args):
                parts = []
                for arg in args:
                    parts.append(self.condition(arg, scope))
                    scope = scope.narrowed(arg) if name == "&&" else scope
                true, false = (" and ", " or ") if name == "&&" else (" or ", " and ")
                return Condition(
                    f"({true.join(p.true for p in parts)})",
                    f"({false.join(p.false for p in parts)})",
                    all(p.is_total for p in parts),
                )
            case Call("UnaryNot", [arg]):
                inner = self.condition(arg, scope)
                return Condition(inner.false, inner.true, inner.is_total)
            case Call("EXISTS" | "NOTEXISTS" as name, [group]):
                made = self.exists(group, scope)
                pair = (made, f"(not {made})")
                return Condition(*(pair if name == "EXISTS" else reversed(pair)))
            case Call("BOUND", [variable]):
                text = scope.names.get(variable, "None")
                return Condition(f"({text} is not None)", f"({text} is None)")
            case Call("IN" | "NOT IN" as name, args):
                return self._membership(name, args, scope)
            case Call(name, [one, other]) if name in _COMPARED:
                return self._comparison(name, one, other, scope)
        code = self.value(e, scope)
        text = code.text if code.kind == "truth" else f"truth({code.text})"
        is_safe = code.is_safe and code.kind in ("truth", "text", "number")
        return Condition.of(text, f"not {text}", is_safe=is_safe)

    def _comparison(self, name: str, one: Any, other: Any, scope: Scope) -> Condition:
        a, b = self.value(one, scope), self.value(other, scope)
        sign, opposite = _COMPARED[name]
        is_ordered = a.kind == b.kind and a.kind in ("number", "text")
        is_safe = a.is_safe and b.is_safe and (bool(opposite) or is_ordered)
        true = f"({a.text} {sign} {b.text})"
        false = f"({a.text} {opposite} {b.text})" if opposite else f"not {true}"
        return Condition.of(true, false, is_safe=is_safe)

    def _membership(self, name: str, args: tuple[Any, ...], scope: Scope) -> Condition:
        code, *others = (self.value(arg, scope) for arg in args)
        if not all(other.is_safe for other in others):
            raise Unsupported(f"{name} with what may be an error")
        listed = f"({', '.join(other.text for other in others)},)"
        true, false = f"({code.text} in {listed})", f"({code.text} not in {listed})"
        if name == "NOT IN":
            true, false = false, true
        return Condition.of(true, false, is_safe=code.is_safe)

    def value(self, e: Any, scope: Scope) -> Code:
        """Python for a value; where it isn't safe it raises one of `errors.FAULTS`."""
        match e:
            case Variable():
                if e not in scope.names:
                    return Code("fault()", is_safe=False)
                text, kind = scope.names[e], scope.kinds.get(e, "any")
                return Code(f"sure({text})", kind, False) if e in scope.maybe else Code(text, kind)
            case URIRef():
                return Code(self.constant(e), "node")
            case Literal():
                return self._literal(e)
            case Call("+" | "-" | "*" as sign, args):
                a, b = (self._as(arg, "number", scope) for arg in args)
                return Code(f"({a.text} {sign} {b.text})", "number", a.is_safe and b.is_safe)
            case Call("STR", [arg]):
                code = self.value(arg, scope)
                text = {"text": "{}", "node": "{}.value"}.get(code.kind, "text({})")
                return Code(text.format(code.text), "text", code.is_safe)
            case Call("IF", [test, then, other]):
                return self._if(test, then, other, scope)
            case Call("COALESCE", args):
                return self._coalesce(args, scope)
            case Call("REGEX" | "REPLACE" as name, args):
                return self._pattern(name, args, scope)
            case Call(name, [first, *others]) if name in _TEXTS:
                return self._part(_TEXTS[name], first, others, scope)
            case Call(name, args) if name in _FUNCTIONS:
                template, kind, result = _FUNCTIONS[name]
                codes = [self._as(arg, kind, scope) for arg in args]
                texts = [code.text for code in codes]
                made = ", ".join(texts) if name == "CONCAT" else None
                text = template.format(made) if made else template.format(*texts)
                is_total = kind in ("number", "text") or name in _TOTAL
                return Code(text, result, is_total and all(code.is_safe for code in codes))
            case Call("&&" | "||" | "UnaryNot" | "EXISTS" | "NOTEXISTS" | "BOUND" | "IN"):
                return self._told(e, scope)
            case Call("NOT IN") | Call("=" | "!=" | "<" | ">" | "<=" | ">="):
                return self._told(e, scope)
            case Call(name):
                raise Unsupported("division" if name == "/" else name)
        raise Unsupported(str(e))

    def _as(self, e: Any, kind: str, scope: Scope) -> Code:
        """A value that must be of a kind, or else is an error."""
        code = self.value(e, scope)
        if kind in {"any", code.kind}:
            return code
        check = {"number": "number", "text": "string"}[kind]
        return Code(f"{check}({code.text})", kind, False)

    def _literal(self, e: Literal) -> Code:
        value = e.value
        if isinstance(value, bool):
            return Code(str(value), "truth")
        if isinstance(value, int):
            return Code(f"{value}" if value >= 0 else f"({value})", "number")
        if isinstance(value, Decimal):
            return Code(self.constant(e), "number")
        is_plain = e.language is None and str(e.datatype or f"{XSD}string") == f"{XSD}string"
        return Code(repr(str(e)), "text") if is_plain else Code(self.constant(e))

    def _if(self, test: Any, then: Any, other: Any, scope: Scope) -> Code:
        asked = self.condition(test, scope)
        a, b = self.value(then, scope.narrowed(test)), self.value(other, scope)
        kind = a.kind if a.kind == b.kind else "any"
        if asked.is_total:
            return Code(f"({a.text} if {asked.true} else {b.text})", kind, a.is_safe and b.is_safe)
        if asked.asked:
            return Code(f"({a.text} if {asked.asked} else {b.text})", kind, False)
        text = f"({a.text} if {asked.true} else {b.text} if {asked.false} else fault())"
        return Code(text, kind, False)

    def _coalesce(self, args: tuple[Any, ...], scope: Scope) -> Code:
        codes = [self.value(arg, scope) for arg in args]
        kind = codes[0].kind if len({code.kind for code in codes}) == 1 else "any"
        if codes[0].is_safe:
            return codes[0]
        *firsts, _ = args
        if all(arg in scope.maybe for arg in firsts if isinstance(arg, Variable)) and all(
            isinstance(arg, Variable) for arg in firsts
        ):
            chain = "".join(f"{(n := scope.names[arg])} if {n} is not None else " for arg in firsts)
            return Code(f"({chain}{codes[-1].text})", kind, codes[-1].is_safe)
        text = ", ".join(f"lambda: {code.text}" for code in codes)
        return Code(f"coalesce({text})", kind, any(code.is_safe for code in codes))

    def _part(self, name: str, first: Any, others: list[Any], scope: Scope) -> Code:
        """A part of a text."""
        whole = self.value(first, scope)
        kind = "number" if name == "substr" else "text"
        codes = [self._as(other, kind, scope) for other in others]
        text = ", ".join(code.text for code in (whole, *codes))
        is_safe = whole.kind == "text" and all(code.is_safe for code in (whole, *codes))
        return Code(f"{name}({text})", "text" if whole.kind == "text" else "any", is_safe)

    def _pattern(self, name: str, args: tuple[Any, ...], scope: Scope) -> Code:
        """REGEX and REPLACE, their pattern compiled once."""
        first, pattern, *more = args
        flags = more[0 if name == "REGEX" else 1 :]
        if not all(isinstance(arg, Literal) for arg in args[1:]):
            raise Unsupported(f"{name} with a pattern that isn't written out")
        marks = f"(?{flags[0]})" if flags and str(flags[0]) else ""
        # $ is the very end in XPath
        ended = re.sub(r"(?<!\\)\$(?=$|[|)])", r"\\Z", str(pattern))
        compiled = self.constant(re.compile(marks + ended))
        if name == "REGEX":
            code = self._as(first, "text", scope)
            return Code(f"({compiled}.search({code.text}) is not None)", "truth", code.is_safe)
        code = self.value(first, scope)
        by = re.sub(r"\$(\d)", r"\\g<\1>", str(more[0]).replace("\\", "\\\\"))
        is_text = code.kind == "text"
        text = f"replaced({code.text}, {compiled}, {by!r})"
        return Code(text, "text" if is_text else "any", is_text and code.is_safe)

    def _told(self, e: Any, scope: Scope) -> Code:
        """A condition as a value."""
        asked = self.condition(e, scope)
        if asked.is_total:
            return Code(asked.true, "truth")
        if asked.asked:
            return Code(asked.asked, "truth", False)
        text = f"(True if {asked.true} else False if {asked.false} else fault())"
        return Code(text, "truth", False)
