"""A spout without any library: emits sentences, and again those that failed."""
import json
import os
import sys
import time

LINES = ["the cow jumped over the moon", "an apple a day keeps the doctor away"]


def read():
    lines = []
    for line in iter(sys.stdin.readline, "end\n"):
        if not line:
            sys.exit()  # the parent is gone
        lines.append(line)
    return json.loads("".join(lines))


def say(**message):
    sys.stdout.write(json.dumps(message) + "\nend\n")
    sys.stdout.flush()


def emit(number):
    # nobody here wants to know which tasks get it, so nothing has to be read for it
    sentence = LINES[number % len(LINES)]
    say(command="emit", tuple=[sentence], id=number, need_task_ids=False)


read()  # the configuration, and what the task may know of the topology
say(pid=os.getpid())
number = 0
while True:
    message = read()
    if message["command"] == "next":
        emit(number)
        number += 1
        time.sleep(0.01)
    elif message["command"] == "fail":
        emit(message["id"])
    say(command="sync")
