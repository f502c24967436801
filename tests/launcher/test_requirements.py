"""The pinned requirements can be committed: hashed, and silent about the machine that compiled them."""

import re

import pytest

from scripts.prepare import ROOT

pytestmark = pytest.mark.sqlite
PINNED = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("name", [path.name for path in PINNED])
def test_every_requirement_is_pinned_with_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text))
    assert blocks
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", [path.name for path in PINNED])
def test_no_address_or_path_is_recorded(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted|@ |(^|\s)/", text)


@pytest.mark.parametrize("name", [path.name for path in PINNED])
def test_an_extra_is_pinned_with_what_it_belongs_to(name: str) -> None:
    """pip 23 takes an extra of the newest release where only the bare name is pinned, and then refuses it."""
    asked = re.findall(r"(?m)^([A-Za-z-]+\[[a-z,]+\])", (ROOT / "requirements" / name).with_suffix(".in").read_text())
    pinned = (ROOT / "requirements" / name).read_text().lower().replace(", ", ",")
    assert asked
    assert [each for each in asked if f"\n{each.lower()}==" not in "\n" + pinned] == []


@pytest.mark.parametrize("name", [path.name for path in PINNED])
def test_an_extra_is_spelt_as_packages_ask_for_it(name: str) -> None:
    """pip 23 holds html-clean and html_clean for two extras of one release, and gives up over them."""
    extras = re.findall(r"(?m)^[\w.-]+\[([^]]+)\]==", (ROOT / "requirements" / name).read_text())
    assert [each for each in extras if "-" in each] == []
