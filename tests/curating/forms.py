"""A page of the room as a browser without script sees it: what its form holds, and what comes back from sending it."""

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client
from django.urls import reverse


def page(noun: str, name: str = "changelist", *args: Any, **query: Any) -> str:
    """The address of a page: add, change, history, delete or the list."""
    address = reverse(f"admin:debate_{noun}_{name}", args=args)
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def tree_of(response: Any) -> Element:
    tree: Element = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return tree


def values_of(field: Element) -> Iterable[str]:
    """What a browser would send for a field."""
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        if not chosen and "multiple" not in field.attrib:
            chosen = options[:1]
        return [option.get("value", "") for option in chosen]
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if "checked" in field.attrib else []
    return [field.get("value", "")]


def filled(response: Any) -> dict[str, list[str]]:
    """The fields of the page's own form."""
    form = next(form for form in tree_of(response).iter("form") if form.get("id", "").endswith("_form"))
    fields = [field for field in form.iter() if field.tag in ("input", "select", "textarea") and field.get("name")]
    told: dict[str, list[str]] = {}
    for field in fields:
        if "__prefix__" not in field.attrib["name"] and field.get("type") != "submit":
            told.setdefault(field.attrib["name"], []).extend(values_of(field))
    return told


def send(client: Client, address: str, button: str = "_save", **changed: Any) -> Any:
    """Open a page, change some fields, and press a button. Rows of another noun: `passages-0-gist` and so on."""
    told: dict[str, Any] = filled(client.get(address))
    for name, value in changed.items():
        told[name.replace("__", "-")] = [str(getattr(each, "pk", each)) for each in as_list(value)]
    return client.post(address, {**told, button: "1"})


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def errors_of(response: Any) -> str:
    """What the page says is wrong, all of it."""
    lists = [node for node in tree_of(response).iter("ul") if "errorlist" in node.get("class", "")]
    return " ".join("".join(node.itertext()) for node in lists)


def links_of(response: Any) -> dict[str, str]:
    """The page's links, by what they say."""
    return {"".join(link.itertext()).strip(): link.get("href", "") for link in tree_of(response).iter("a")}
