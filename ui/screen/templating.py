"""HTML from templates.

Everything that is filled in is escaped: a cell of a workbook never becomes markup.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.words import palette

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    found = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["palette"] = palette
    return found


def filled(template: str, **values: object) -> Markup:
    """A template of this package with its places filled in."""
    return Markup(_environment().get_template(template).render(**values))
