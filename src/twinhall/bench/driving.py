"""Has addresses asked by the load generator, and refuses what was not answered rightly."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from twinhall.bench.figures import BenchError, Timed
from twinhall.bench.generator import PATIENCE, Plan

CONNECTIONS = 8


@dataclass(frozen=True)
class Question:
    """An address, and a word that its answer must have."""

    path: str
    expected: str


def measure(
    ports: Sequence[int],
    questions: Sequence[Question],
    *,
    seconds: float,
    connections: int = CONNECTIONS,
    least: int = 0,
    how: str = "",
) -> Timed:
    """Ask the questions in turn for so many seconds, over so many connections, and at least so many.

    ``how``: ANEW, KEPT or neither (``generator``).

    Raises BenchError where an answer is not what it should be: what is wrong is not to be measured.
    """
    asked = [(question.path, question.expected) for question in questions]
    plan = Plan(list(ports), asked, seconds, connections, least, how)
    ran = _generated(plan)
    if ran.returncode:
        raise BenchError(f"The load generator failed.\n{ran.stderr}")
    seen = json.loads(ran.stdout)
    if seen["faults"]:
        raise BenchError("Not measured: " + "; ".join(seen["faults"]))
    return Timed(times=seen["times"], seconds=seen["seconds"], size=seen["size"])


def _generated(plan: Plan) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            [sys.executable, "-m", "twinhall.bench.generator"],
            input=json.dumps(asdict(plan)),
            capture_output=True,
            text=True,
            timeout=plan.seconds + 10 * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"Not measured: {plan.questions[0][0]} and the like come too slowly.") from error
