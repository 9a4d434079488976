"""Documents of older versions are brought to the present one, step by step: each step knows two
versions alone, so that a new one never changes what an old one does.
"""

from collections.abc import Callable, Mapping
from typing import Any

from planner.document.plan_document import VERSION
from planner.words.errors import DatasetError, Fault

Json = dict[str, Any]


def migrated(found: Mapping[str, Any], file: str) -> Json:
    """A document's content under the keys of the present version. Raises DatasetError for one of a
    newer planner; a version that is none is left for the reader to name.
    """
    document = dict(found)
    version = document.get("document_version", 0)
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        return document
    if version > VERSION:
        rule = f"was written by a newer planner (version {version}; this one knows {VERSION})."
        raise DatasetError([Fault("", 0, "", "", rule, "Upgrade the planner.", file)])
    for step in STEPS[version:]:
        document = step(document)
    return document | {"document_version": VERSION}


def _of_the_first_version(document: Json) -> Json:
    """Version 0 had no number, and grew for years: what it lacks has a default, but for the figures
    of groups and the district, which its first files did not have and which cannot be worked out
    without their dataset. Half of the figures would be taken for all: there are none then.
    """
    measures = document.get("measures")
    whole = isinstance(measures, Mapping) and "groups" in measures and "district" in document
    lost = () if whole else ("measures", "district")
    return {key: value for key, value in document.items() if key not in lost}


STEPS: tuple[Callable[[Json], Json], ...] = (_of_the_first_version,)
"""What makes version n + 1 of version n."""
