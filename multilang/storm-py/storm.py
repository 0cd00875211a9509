"""Storm's multi-language protocol for Python 3, with the names that scripts for Storm 0.9 import.

Messages are JSON texts, each followed by a line that says `end`, on standard input and output. A script
subclasses Bolt, BasicBolt or Spout and calls run().
"""

import json
import os
import sys
import traceback
from collections import deque

HEARTBEAT_STREAM = "__heartbeat"

# Python 2, which scripts may name on a machine that has both, has no text over its bytes.
STDIN = getattr(sys.stdin, "buffer", sys.stdin)
STDOUT = getattr(sys.stdout, "buffer", sys.stdout)

# Commands that came while task ids were awaited, and task ids that came while a command was awaited.
pending_commands = deque()
pending_taskids = deque()

# What the running component is; a basic bolt's emits are anchored to the tuple it processes.
MODE = None
ANCHOR_TUPLE = None


def json_encode(value):
    return json.dumps(value)


def json_decode(text):
    return json.loads(text)


def readMsg():
    """Next message of the parent; the process ends with it when the parent is gone."""
    lines = []
    while True:
        line = STDIN.readline()
        if not line:
            sys.exit(0)
        if line.rstrip(b"\r\n") == b"end":
            return json_decode(b"".join(lines).decode("utf-8"))
        lines.append(line)


def sendMsgToParent(message):
    STDOUT.write(json_encode(message).encode("utf-8") + b"\nend\n")
    STDOUT.flush()


def _next(wanted, other, is_wanted):
    """Takes from `wanted`, else reads on and keeps what belongs to the other queue."""
    if wanted:
        return wanted.popleft()
    while True:
        message = readMsg()
        if is_wanted(message):
            return message
        other.append(message)


def readTaskIds():
    return _next(pending_taskids, pending_commands, lambda message: isinstance(message, list))


def readCommand():
    return _next(pending_commands, pending_taskids, lambda message: not isinstance(message, list))


def readTuple():
    command = readCommand()
    return Tuple(command["id"], command["comp"], command["stream"], command["task"], command["tuple"])


def sync():
    sendMsgToParent({"command": "sync"})


def sendpid(heartbeatdir):
    """Tells the parent our process id, and leaves a file of that name for whoever cleans up."""
    pid = os.getpid()
    sendMsgToParent({"pid": pid})
    with open(os.path.join(heartbeatdir, str(pid)), "w"):
        pass


def initComponent():
    setup = readMsg()
    sendpid(setup["pidDir"])
    return [setup["conf"], setup["context"]]


def emit(*args, **kwargs):
    """Emits to every subscriber and returns the ids of the tasks that got the tuple."""
    _emit(*args, **kwargs)
    return readTaskIds()


def emitDirect(task, *args, **kwargs):
    """Emits to one task; the parent does not answer this one."""
    _emit(*args, directTask=task, **kwargs)


def _emit(*args, **kwargs):
    if MODE is Bolt:
        emitBolt(*args, **kwargs)
    elif MODE is Spout:
        emitSpout(*args, **kwargs)


def emitBolt(tup, stream=None, anchors=(), directTask=None):
    if ANCHOR_TUPLE is not None:
        anchors = [ANCHOR_TUPLE]
    message = {"command": "emit", "anchors": [anchor.id for anchor in anchors], "tuple": tup}
    _send_emit(message, stream, directTask)


def emitSpout(tup, stream=None, id=None, directTask=None):
    message = {"command": "emit", "tuple": tup}
    if id is not None:
        message["id"] = id
    _send_emit(message, stream, directTask)


def _send_emit(message, stream, task):
    if stream is not None:
        message["stream"] = stream
    if task is not None:
        message["task"] = task
    sendMsgToParent(message)


def ack(tup):
    sendMsgToParent({"command": "ack", "id": tup.id})


def fail(tup):
    sendMsgToParent({"command": "fail", "id": tup.id})


def reportError(msg):
    sendMsgToParent({"command": "error", "msg": msg})


def log(msg, level=2):
    sendMsgToParent({"command": "log", "msg": msg, "level": level})


def logTrace(msg):
    log(msg, 0)


def logDebug(msg):
    log(msg, 1)


def logInfo(msg):
    log(msg, 2)


def logWarn(msg):
    log(msg, 3)


def logError(msg):
    log(msg, 4)


def rpcMetrics(name, params):
    sendMsgToParent({"command": "metrics", "name": name, "params": params})


class Tuple(object):
    def __init__(self, id, component, stream, task, values):
        self.id = id
        self.component = component
        self.stream = stream
        self.task = task
        self.values = values

    def __repr__(self):
        facts = " ".join("%s=%r" % item for item in sorted(vars(self).items()))
        return "<%s %s>" % (type(self).__name__, facts)

    def is_heartbeat_tuple(self):
        return self.task == -1 and self.stream == HEARTBEAT_STREAM


class Bolt(object):
    """A bolt that acks and anchors by itself."""

    def initialize(self, stormconf, context):
        pass

    def process(self, tuple):
        pass

    def run(self):
        _run_bolt(self, self.process)


class BasicBolt(object):
    """A bolt whose input is acked after process(), failed when that throws, and the anchor of its emits."""

    def initialize(self, stormconf, context):
        pass

    def process(self, tuple):
        pass

    def run(self):
        _run_bolt(self, self._process_anchored)

    def _process_anchored(self, tup):
        global ANCHOR_TUPLE
        ANCHOR_TUPLE = tup
        try:
            self.process(tup)
            ack(tup)
        except Exception:
            reportError(traceback.format_exc())
            fail(tup)


def _run_bolt(bolt, process):
    global MODE
    MODE = Bolt
    try:
        bolt.initialize(*initComponent())
        while True:
            tup = readTuple()
            if tup.is_heartbeat_tuple():
                sync()
            else:
                process(tup)
    except Exception:
        reportError(traceback.format_exc())


class Spout(object):
    """Each command of the parent is answered by what it causes and one sync."""

    def initialize(self, conf, context):
        pass

    def ack(self, id):
        pass

    def fail(self, id):
        pass

    def nextTuple(self):
        pass

    def run(self):
        global MODE
        MODE = Spout
        try:
            self.initialize(*initComponent())
            while True:
                self._obey(readCommand())
                sync()
        except Exception:
            reportError(traceback.format_exc())

    def _obey(self, message):
        command = message["command"]
        if command == "next":
            self.nextTuple()
        elif command == "ack":
            self.ack(message["id"])
        elif command == "fail":
            self.fail(message["id"])
