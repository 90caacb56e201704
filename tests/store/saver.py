"""Saves until it is killed: `saver.py ADDRESS WORKER THREADS`. A line on stdout acknowledges each finished save."""

import json
import os
import sys
from itertools import count
from threading import Thread

from agriplan.errors import StoreUnavailable
from agriplan.store import Store, open_store


def save_on_and_on(store: Store, saver: str) -> None:
    """Save under an own name, then under one that all share; stop when the database is gone."""
    for number in count():
        name = "共用方案" if number % 2 else f"{saver}-{number}"
        try:
            saved = store.save(name, json.dumps({"name": name, "note": f"{saver} {number}"}))
        except StoreUnavailable:
            return
        os.write(1, f"{saved.scenario_id} {saved.name}\n".encode())  # in one piece, and out at once


def main(address: str, worker: str, threads: str) -> None:
    store = open_store(address)
    savers = [Thread(target=save_on_and_on, args=(store, f"{worker}.{number}")) for number in range(int(threads))]
    os.write(1, b"ready\n")
    sys.stdin.readline()
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
