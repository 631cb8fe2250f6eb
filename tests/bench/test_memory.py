"""What a process holds in memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from twinhall.bench.memory import children, family, largest, resident

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
HOLDING = "held = bytearray(80_000_000); print(len(held), flush=True); input()"


def test_a_child_that_holds_much_is_seen() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in children(os.getpid())
        assert child.pid in family(os.getpid())
        assert 80_000_000 < resident(child.pid) <= largest([child.pid]) < 200_000_000
        child.communicate("\n")


def test_a_process_that_is_gone_holds_nothing() -> None:
    assert resident(2**30) == largest([2**30]) == 0
