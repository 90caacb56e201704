"""Saves until it is killed: `saver.py ADDRESS WORKER THREADS`. A line on stdout acknowledges each finished save."""

import json
import os
import sys
from itertools import count
from threading import Thread

from agriplan.errors import StoreUnavailable
from agriplan.store import Store, open_store

NAMES = 5  # of each process


def save_on_and_on(store: Store, saver: str, own_name: str) -> None:
    """Save under a name that a few share, then under one that all share; stop when the database is gone."""
    for number in count():
        name = "共用方案" if number % 2 else own_name
        try:
            saved = store.save(name, json.dumps({"name": name, "note": f"{saver} {number}"}))
        except StoreUnavailable:
            return
        os.write(1, f"{saved.scenario_id} {saved.name}\n".encode())  # in one piece, and out at once


def main(address: str, worker: str, threads: str) -> None:
    store = open_store(address)
    savers = [
        Thread(target=save_on_and_on, args=(store, f"{worker}.{number}", f"{worker} {number % NAMES}"))
        for number in range(int(threads))
    ]
    os.write(1, b"ready\n")
    sys.stdin.readline()
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
