"""The same workbook in other words: its XML written again in ways that mean the same."""

import random
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
NUMBERS = {("c", "s"), ("row", "r"), ("col", "min"), ("col", "max")}
NUMBERS |= {("xf", "numFmtId"), ("numFmt", "numFmtId")}
"""Attributes that hold a whole number, by their elements."""


def rewritten(source: Path, target: Path, chance: random.Random) -> Path:
    """Write a workbook again; its sheets' tables stay what they are."""
    space = chance.choice([MAIN, STRICT])
    prefix = chance.choice(["", "x:", "sheet:"])
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if re.fullmatch(r"xl/(workbook|styles|sharedStrings|worksheets/[^/]+)\.xml", name):
                root = ElementTree.fromstring(content)
                if "/worksheets/" in name:
                    _rewrite_cells(root, chance)
                text = _Writer(space, prefix, chance).document(root)
                encoding = chance.choice(["utf-8", "utf-16"])
                content = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
            new.writestr(name, content)
    return target


def _rewrite_cells(root: ElementTree.Element, chance: random.Random) -> None:
    """Leave out what cells and rows need not say, and write texts in another way."""
    data = root.find(f"{{{MAIN}}}sheetData")
    assert data is not None
    without_rows, without_cells = chance.random() < 0.5, chance.random() < 0.5
    last_row = 0
    for row in list(data):
        number = int(row.get("r", last_row + 1))
        if without_rows:
            for _ in range(last_row + 1, number):
                data.insert(list(data).index(row), ElementTree.Element(f"{{{MAIN}}}row"))
            row.attrib.pop("r", None)
            row.attrib.pop("spans", None)
        last_row = number
        last_column = 0
        for cell in list(row):
            column = _column(cell.get("r", ""))
            if without_cells:
                for _ in range(last_column + 1, column):
                    row.insert(list(row).index(cell), ElementTree.Element(f"{{{MAIN}}}c"))
                del cell.attrib["r"]
            last_column = column
            if cell.get("t") == "n" and chance.random() < 0.5:
                del cell.attrib["t"]
            if cell.get("t") == "inlineStr" and chance.random() < 0.5:
                _split_text(cell, chance)


def _split_text(cell: ElementTree.Element, chance: random.Random) -> None:
    """A text in two runs, or as that of a formula; how it is pronounced beside it."""
    text = "".join(cell.itertext())
    style = cell.get("s")
    place = cell.get("r")
    cell.clear()
    cell.attrib |= {k: v for k, v in (("r", place), ("s", style)) if v is not None}
    if chance.random() < 0.5:
        cell.set("t", "str")
        ElementTree.SubElement(cell, f"{{{MAIN}}}v").text = text
        return
    cell.set("t", "inlineStr")
    inside = ElementTree.SubElement(cell, f"{{{MAIN}}}is")
    half = chance.randint(0, len(text))
    for piece in (text[:half], text[half:]):
        run = ElementTree.SubElement(inside, f"{{{MAIN}}}r")
        ElementTree.SubElement(run, f"{{{MAIN}}}t", {f"{{{XML}}}space": "preserve"}).text = piece
    sound = ElementTree.SubElement(inside, f"{{{MAIN}}}rPh", {"sb": "0", "eb": "1"})
    ElementTree.SubElement(sound, f"{{{MAIN}}}t").text = "sound"


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


class _Writer:
    """Writes XML with marks, spaces and prefixes as chance has it."""

    def __init__(self, space: str, prefix: str, chance: random.Random) -> None:
        self._space, self._prefix, self._chance = space, prefix, chance

    def document(self, root: ElementTree.Element) -> str:
        own = f"xmlns:{self._prefix[:-1]}" if self._prefix else "xmlns"
        return self._element(root, {own: self._space, "xmlns:rel": RELATED})

    def _element(self, element: ElementTree.Element, spaces: dict[str, str]) -> str:
        name = self._prefix + element.tag.rpartition("}")[2]
        own = {key: self._value(element, key, text) for key, text in element.attrib.items()}
        attributes = spaces | {self._named(key): text for key, text in own.items()}
        order = list(attributes)
        self._chance.shuffle(order)
        written = "".join(self._gap() + self._attribute(key, attributes[key]) for key in order)
        is_text = name.rpartition(":")[2] in ("t", "v", "f")
        if not len(element) and not element.text and self._chance.random() < 0.5:
            return f"<{name}{written}{self._chance.choice(['', ' '])}/>"
        between = "" if is_text else self._chance.choice(["", "\n", " <!-- <c r='A1'/> --> "])
        inside = self._text(element.text or "") if is_text else between
        inside += "".join(self._element(child, {}) + between for child in element)
        return f"<{name}{written}>{inside}</{name}{self._chance.choice(['', ' '])}>"

    def _named(self, key: str) -> str:
        for space, prefix in ((RELATED, "rel"), (XML, "xml")):
            key = key.replace(f"{{{space}}}", f"{prefix}:")
        return key.rpartition("}")[2]

    def _value(self, element: ElementTree.Element, key: str, text: str) -> str:
        """A number, a yes or an area as an attribute may hold it, too."""
        name = element.tag.rpartition("}")[2]
        if (name, key) in NUMBERS:
            return self._chance.choice([text, f" {text}\t", f"00{text}", f"+{text}"])
        if key == "hidden" and text in ("1", "true"):
            return self._chance.choice(["1", " true "])
        if (name, key) == ("mergeCell", "ref"):
            return ":".join(self._chance.sample(text.split(":"), 2))
        return text

    def _gap(self) -> str:
        return self._chance.choice([" ", "  ", "\n", "\t "])

    def _attribute(self, key: str, text: str) -> str:
        mark = self._chance.choice("\"'")
        plain = escape(text, {'"': "&quot;", "'": "&#39;", "\n": "&#10;"})
        return f"{key}{self._chance.choice(['=', ' = '])}{mark}{plain}{mark}"

    def _text(self, text: str) -> str:
        if self._chance.random() < 0.2 and "]]>" not in text and "\r" not in text:
            return f"<![CDATA[{text}]]>"
        return escape(text, {"\r": "&#13;"})
