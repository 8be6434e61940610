"""The demo keys, and the passphrases that lock them."""

import re

import pytest

from reporting.sealing import admit

FILES = {f"{name}-{ending}" for name in ("inbox", "recovery") for ending in ("public.asc", "key.asc", "passphrase.txt")}
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_six_files_are_made_for_their_owner_only(demo_folder):
    assert {path.name for path in demo_folder.iterdir()} == FILES
    assert {path.stat().st_mode & 0o777 for path in demo_folder.iterdir()} == {0o600}


def test_both_public_keys_are_admitted_as_demo_keys(demo_folder):
    for name in ("inbox", "recovery"):
        assert admit((demo_folder / f"{name}-public.asc").read_bytes()).is_demo


@pytest.mark.parametrize("name", ["inbox", "recovery"])
def test_private_keys_are_locked_with_iterated_s2k_at_its_highest_count(gpg, demo_folder, name):
    packets = gpg.run("--list-packets", str(demo_folder / f"{name}-key.asc")).decode()
    assert packets.count("iter+salt S2K") == 2
    assert packets.count("protect count: 65011712 (255)") == 2
    assert "Argon" not in packets and "SHA1 protection" in packets


@pytest.mark.parametrize("name", ["inbox", "recovery"])
def test_gpg_opens_with_the_passphrase_and_with_no_other(gpg, demo_folder, name):
    own = gpg.beside(f"demo-{name}")
    passphrase = (demo_folder / f"{name}-passphrase.txt").read_text().strip()
    own.run("--import", str(demo_folder / f"{name}-key.asc"), passphrase=passphrase)
    user_id = admit((demo_folder / f"{name}-public.asc").read_bytes()).fingerprint
    sealed = own.run("--encrypt", "--recipient", user_id, data=b"hello")
    with pytest.raises(AssertionError):
        own.run("--decrypt", data=sealed, passphrase=passphrase.lower())
    assert own.run("--decrypt", data=sealed, passphrase=passphrase) == b"hello"


def test_existing_files_are_never_overwritten(tmp_path, make_demo_keys):
    (tmp_path / "recovery-key.asc").write_text("mine")
    done = make_demo_keys(tmp_path)
    assert done.returncode == 1
    assert "Nothing was written" in done.stderr and "recovery-key.asc" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["recovery-key.asc"]
    assert (tmp_path / "recovery-key.asc").read_text() == "mine"


def test_the_folder_must_exist(tmp_path, make_demo_keys):
    done = make_demo_keys(tmp_path / "missing")
    assert done.returncode == 1
    assert done.stderr.startswith("Name a folder that exists")


def test_passphrases_without_a_list_are_five_groups_of_five(openpgp_js):
    made = openpgp_js.ask("passphrases", words=None, count=2000)
    assert len(set(made)) == 2000
    assert all(re.fullmatch(rf"([{CROCKFORD}]{{5}}-){{4}}[{CROCKFORD}]{{5}}", one) for one in made)
    drawn = [sum(one.count(character) for one in made) for character in CROCKFORD]
    assert max(drawn) < 1.2 * min(drawn)


def test_passphrases_from_a_list_are_six_of_its_words_each_equally_likely(openpgp_js):
    words = ["apple", "bread", "cloud", "dance", "early", "fruit", "green"]
    made = [one.split("-") for one in openpgp_js.ask("passphrases", words=words, count=7000)]
    assert {len(one) for one in made} == {6}
    drawn = [sum(one.count(word) for one in made) for word in words]
    assert sum(drawn) == 42_000 and max(drawn) < 1.1 * min(drawn)
