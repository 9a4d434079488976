"""Names of files for ids that hold anything."""

import re

from planner.render.file_names import LONGEST, file_names


def test_an_ordinary_id_is_its_own_name():
    assert file_names(["ESP-01", "elm", "P_2"]) == {"ESP-01": "ESP-01", "elm": "elm", "P_2": "P_2"}


def test_no_name_leads_elsewhere_or_is_hidden():
    odd = [
        "../../etc/passwd",
        "a/b",
        "a\\b",
        ".hidden",
        "..",
        "",
        "con:",
        "Zoë",
        "x" * 300,
        "a b",
        "a\nb",
        "-rf",
    ]
    names = file_names(odd)
    assert len(set(names.values())) == len(odd)
    for name in names.values():
        assert re.fullmatch(r"[\w-]+", name)
        assert len(name) <= LONGEST
    assert names["../../etc/passwd"].startswith("etc-passwd-")


def test_two_ids_never_share_a_name_even_where_capitals_do_not_count():
    names = file_names(["a/b", "a-b", "a.b", "Elm", "elm", "ELM"])
    assert len({name.casefold() for name in names.values()}) == 6
    assert names["a-b"] == "a-b"


def test_an_id_that_looks_like_the_name_of_another_has_its_own():
    (other,) = file_names(["a b"]).values()
    for ids in (["a b", other], [other.upper(), "a b"]):
        names = file_names(ids)
        assert len({name.casefold() for name in names.values()}) == 2
        assert names["a b"] == other


def test_a_name_depends_on_its_id_alone():
    assert file_names(["a/b"])["a/b"] == file_names(["a/b", "a.b", "c"])["a/b"]
