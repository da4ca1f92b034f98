"""Jobs of this app: short, they carry ids, and may run twice."""

from celery import shared_task

from incentives.grants import reminding
from incentives.revising import replaying


@shared_task
def run_replay(replay_id: int) -> None:
    """Judge past cases again by a revision, and go on where an earlier job left off."""
    replaying.run(replay_id)


@shared_task
def sweep_replays() -> None:
    """Ask again for replays that nobody works on."""
    replaying.sweep()


@shared_task
def remind_of_reports() -> int:
    """Tell companies of annual reports that are due soon or overdue; a step that was told is not told again."""
    return reminding.remind()
