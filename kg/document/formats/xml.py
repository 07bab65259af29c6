"""The XML that office files are made of; names are compared without their namespace."""

from __future__ import annotations

from lxml import etree

from kg.document.formats.canonical import Unreadable

Element = etree._Element
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def parsed(content: bytes) -> Element:
    """A part's XML; external entities are never read."""
    try:
        return etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("is broken: one of its parts is not XML; get it anew") from error


def name_of(element: Element) -> str:
    """An element's name without its namespace; comments and the like have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: Element, name: str) -> str | None:
    """An attribute's value, whatever its namespace."""
    found = (v for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name)
    return next((str(value) for value in found), None)
