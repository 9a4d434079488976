"""Keys that stand for students, and the file with the secret behind them."""

import hashlib
import hmac
import os
import stat
from base64 import b32encode
from pathlib import Path

import pytest

from planner.sheets.importing.pseudonyms import STUDENTS, Secret, secret_in
from planner.words.errors import DatasetError


def kept(path: Path) -> Secret:
    secret = secret_in(path)
    with secret.kept():
        pass
    return secret


def test_a_key_is_the_shortened_hmac_of_the_id(tmp_path: Path):
    secret = Secret(bytes(32), tmp_path / "k", new=False)
    digest = hmac.new(bytes(32), b"students\x00800114", hashlib.sha256).digest()
    assert secret.key_for(" 800114 ", STUDENTS) == f"S-{b32encode(digest[:10]).decode()}"
    assert secret.key_for("800115", STUDENTS) != secret.key_for("800114", STUDENTS)
    assert secret.key_for("800114", "teachers") != secret.key_for("800114", STUDENTS)


def test_a_new_secret_is_kept_for_its_owner_alone_and_stays(tmp_path: Path):
    first = kept(tmp_path / "deep" / "secret")
    assert first.new
    assert stat.S_IMODE((tmp_path / "deep" / "secret").stat().st_mode) == 0o600
    second = kept(tmp_path / "deep" / "secret")
    assert (second.content, second.new, second.is_open) == (first.content, False, False)
    assert first.content != kept(tmp_path / "other").content


def test_a_secret_that_others_may_read_is_noticed(tmp_path: Path):
    kept(tmp_path / "secret")
    os.chmod(tmp_path / "secret", 0o644)
    assert secret_in(tmp_path / "secret").is_open


def test_a_new_secret_is_taken_back_where_writing_fails(tmp_path: Path):
    secret = secret_in(tmp_path / "secret")

    def write() -> None:
        with secret.kept():
            assert (tmp_path / "secret").exists()
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write()
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"intervention-planner key 1\nabcd\n", b"\xff\xfe", b"x\n" + b"00" * 32],
)
def test_a_file_that_is_no_secret_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(DatasetError, match="is no key that an import has made"):
        secret_in(tmp_path / "secret")
