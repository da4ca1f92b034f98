"""`make bench ARGS=chain`: how long the verification of the capital chains takes, and how it grows.

Chains with right hashes are made in a database that is thrown away, from 5,000 events up; each size is verified three
times and the best time counts. The time of the processor, of this process alone, is steadier on a busy machine.
`--events 5000 50000` chooses the sizes. The last column is by how much the memory of this process rose at most during
the verifications (Linux): it does not grow with the events.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from projects.capital import AMOUNTS
from projects.chain import canonical, digest, verify
from projects.models import CapitalEvent, Project

SIZES = (5_000, 50_000, 500_000)
LENGTH = 50  # events of one project
ROUNDS = 3
LIMIT = 5.0  # seconds for 5,000 events


def main(arguments: list[str]) -> None:
    """Measure every size, print the table, keep it as JSON."""
    options = argparse.ArgumentParser(prog="tests.bench chain", description=__doc__)
    options.add_argument("--events", type=int, nargs="+", default=list(SIZES))
    sizes = sorted(options.parse_args(arguments).events)
    old = setup_databases(verbosity=0, interactive=False)
    try:
        rows = list(measure(sizes))
    finally:
        teardown_databases(old, verbosity=0)
    show(rows)


def measure(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Fill up to each size and verify it; a broken chain ends the measurement."""
    call_command("load_reference", verbosity=0)
    for size in sizes:
        fill(size - CapitalEvent.objects.count())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
        before = memory("VmRSS")
        seconds, processor = map(min, zip(*(verified(size) for _round in range(ROUNDS)), strict=True))
        risen = memory("VmHWM") - before
        yield {"events": size, "seconds": round(seconds, 3), "cpu": round(processor, 3), "memory_mb": round(risen, 1)}


def memory(name: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at most."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def verified(size: int) -> tuple[float, float]:
    """Seconds and processor seconds of one verification that finds every chain whole."""
    begun, worked = time.perf_counter(), time.process_time()
    report = verify()
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    if (report.ok, report.events) != (True, size):
        raise SystemExit(f"{report.events} of {size} events, {len(report.faults)} faults")
    return seconds, processor


def fill(count: int) -> None:
    """Add projects with LENGTH events each, `count` events in all."""
    numbers = iter(range(count))
    while batch := len(list(islice(numbers, LENGTH * 200))):
        with transaction.atomic():
            projects = Project.objects.bulk_create(
                Project(name="Measured", state="active") for _number in range(-(-batch // LENGTH))
            )
            events = [event for project in projects for event in chain(project)][:batch]
            CapitalEvent.objects.bulk_create(events, batch_size=2000)
            for event in events:  # the last one of each project stays
                event.project.chain_length, event.project.chain_head = event.seq, event.hash
            Project.objects.bulk_update(projects, ["chain_length", "chain_head"], batch_size=500)


def chain(project: Project) -> Iterator[CapitalEvent]:
    """A project's events as `append` would write them, made in memory."""
    previous, moment = "", datetime(2016, 1, 1, 1, 2, 3, 456789, tzinfo=UTC)
    for seq in range(1, LENGTH + 1):
        change = {name: Decimal(0) for name in AMOUNTS}
        for name in ("contributed", "total"):
            change |= {f"{name}_usd": Decimal(seq * 1_000_000), f"{name}_vnd": Decimal(seq * 26_000_000_000)}
        event = CapitalEvent(
            project=project, seq=seq, kind="issue" if seq == 1 else "increase",
            effective_on=date(2016, 1, 1) + timedelta(days=70 * seq), recorded_at=moment + timedelta(days=70 * seq),
            certificate_number=f"HP-2016-{seq:06d}", rate=Decimal(26_000), rate_on=date(2016, 1, 1),
            note="Điều chỉnh vốn", prev_hash=previous, **change,
        )  # fmt: skip
        event.hash = previous = digest(canonical(event))
        yield event


def show(rows: list[dict[str, Any]]) -> None:
    """Print the table and keep it under var/bench/."""
    first = rows[0]
    print(f"capital chains on {connection.vendor}, best of {ROUNDS} verifications")
    heads = ("events", "seconds", "events/s", "cpu s", "x events", "x time", "x cpu", "+ MB")
    print("{:>10} {:>9} {:>10} {:>8} {:>9} {:>8} {:>8} {:>6}".format(*heads))
    for row in rows:
        row["events_per_second"] = round(row["events"] / row["seconds"])
        grown, longer, harder = (row[name] / first[name] for name in ("events", "seconds", "cpu"))
        print(
            f"{row['events']:10} {row['seconds']:9.3f} {row['events_per_second']:10} {row['cpu']:8.3f}"
            f" {grown:9.1f} {longer:8.1f} {harder:8.1f} {row['memory_mb']:6.1f}"
        )
    folder = Path(settings.VAR_DIR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"chain-{time.strftime('%Y%m%d-%H%M%S')}.json"
    target.write_text(json.dumps({"database": connection.vendor, "rows": rows}, indent=1))
    print(f"kept as {target}")
    if first["events"] <= SIZES[0] and first["seconds"] > LIMIT:
        raise SystemExit(f"{first['events']} events took {first['seconds']} s: more than {LIMIT} s")
