"""What a worker would do, done within a test."""

from twinhall.work.doing import claim_next, do


def work_off(worker: str = "here") -> int:
    """Do all tasks that wait, those that the tasks ask for as well; say how many."""
    done = 0
    while (row := claim_next(worker)) is not None:
        do(row)
        done += 1
    return done
