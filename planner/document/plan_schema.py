"""The JSON Schema of `plan.json`, read off the model that enforces it."""

from typing import Any

from planner.document.plan_document import PlanDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, Any]:
    """The schema of the present version, with what each key means and who sees it (`x-seen-by`).

    A key is required where every role that may have the file sees it: who may not see an amount
    gets a file without its key.
    """
    schema = PlanDocument.model_json_schema()
    return {"$schema": DIALECT, "title": "plan.json", **_untitled(schema)}


def _untitled(schema: Any) -> Any:
    """A schema without the titles that the names of keys are said to be: they say nothing."""
    if isinstance(schema, list):
        return [_untitled(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _untitled(each) for name, each in value.items()}
        if key in ("properties", "$defs")
        else _untitled(value)
        for key, value in schema.items()
        if key != "title" or not isinstance(value, str)
    }
