"""What the documentation tells to do, done."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from api.settings import ApiSettings

TEXT = (Path(__file__).parent.parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^curl .*$", TEXT, flags=re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.partition("8000")[2].partition('"')[0][:50])
def test_the_examples_answer(address: str, command: str) -> None:
    here = command.replace("http://127.0.0.1:8000", address)
    done = subprocess.run(["bash", "-c", f"{here} -w '\\n%{{http_code}}'"], capture_output=True, encoding="utf-8")
    body, _, status = done.stdout.rpartition("\n")
    assert status == ("422" if "preservaton" in command else "200"), done.stdout
    assert body.strip()


def test_the_python_example_runs(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    exec(code.replace("http://127.0.0.1:8000", address), {})
    assert capsys.readouterr().out.strip() == "contact-point-24-7"


def test_every_setting_is_told() -> None:
    for field in msgspec.structs.fields(ApiSettings):
        assert f"`{field.name}`" in TEXT
