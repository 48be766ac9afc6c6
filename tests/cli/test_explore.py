"""`trustsim explore` before it serves: the same messages for the same mistakes."""

import socket
import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e


def explore(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "simulation", "explore", *arguments, "--no-browser"],
        capture_output=True, text=True, cwd=cwd, check=False, timeout=60,
    )  # fmt: skip


def test_a_mistake_in_the_file_has_the_usual_message(tmp_path):
    (tmp_path / "mine.yaml").write_text("title: x\nstrat: 2020-01\n", encoding="utf-8")
    done = explore("mine.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "mine.yaml:2:1: strat: unknown field; did you mean start?" in done.stderr
    assert explore("none.yaml", cwd=tmp_path).returncode == 2


def test_a_port_in_use_is_reported(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = explore("--port", str(port), cwd=tmp_path)
    assert done.returncode == 2
    assert f"port {port} is in use; name another with --port" in " ".join(done.stderr.split())
