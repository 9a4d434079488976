"""What pages keep of the store follows the purges of students."""

import ast
from collections.abc import Iterator

import pytest

from tests.ui.command import ROOT

SCREEN = ROOT / "ui" / "screen"


def kept() -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of pages whose answers are kept, and that read for somebody."""
    for file in sorted(SCREEN.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                "cache_" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                kinds = [ast.unparse(arg.annotation) for arg in node.args.args if arg.annotation]
                if "User" in kinds:
                    yield file.stem, node


KEPT = list(kept())


@pytest.mark.parametrize("node", [node for _, node in KEPT], ids=lambda node: node.name)
def test_what_is_kept_for_somebody_is_kept_for_one_epoch(node: ast.FunctionDef):
    assert "epoch" in [arg.arg for arg in node.args.args]


def test_what_the_visit_reads_is_let_go():
    text = (SCREEN / "page_state.py").read_text(encoding="utf-8")
    (forgets,) = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == "forget_students"
    ]
    named = {node.id for node in ast.walk(forgets) if isinstance(node, ast.Name)}
    mine = {node.name for file, node in KEPT if file == "page_state"}
    assert mine
    assert mine <= named
