"""Emits a message in every nextTuple, and counts the acks into FILE: FILE TUPLES-PER-SECOND.

With a rate it writes how long its tuples took instead, in nanoseconds and in the buckets of
bench/histogram.ts.
"""
import os
import sys
import time

import storm

ROW_EVERY = 0.1
STEPS = 32


def bucket(nanoseconds):
    shift = max(0, nanoseconds.bit_length() - 6)
    return shift * STEPS + (nanoseconds >> shift)


class Source(storm.Spout):
    def initialize(self, conf, context):
        self.rows = open(sys.argv[1], "a", buffering=1)
        self.rate = int(sys.argv[2])
        self.emitted = 0
        self.acked = 0
        self.times = {}
        self.begun = {}
        self.next_row = 0
        self.next_tuple = 0

    def nextTuple(self):
        now = time.monotonic()
        self.tell(now)
        if now < self.next_tuple:
            return
        if self.rate > 0:
            self.next_tuple = now + 1 / self.rate
            self.begun[self.emitted] = time.monotonic_ns()
        storm.emit(["message %90d" % self.emitted], id=self.emitted)
        self.emitted += 1

    def ack(self, id):
        self.acked += 1
        begun = self.begun.pop(id, None)
        if begun is not None:
            took = bucket(time.monotonic_ns() - begun)
            self.times[took] = self.times.get(took, 0) + 1

    def tell(self, now):
        if now < self.next_row:
            return
        self.next_row = now + ROW_EVERY
        times = ",".join("%d:%d" % each for each in self.times.items())
        value = times if self.rate > 0 else self.acked
        self.rows.write("%d\t%d\t%s\n" % (time.time() * 1000, os.getpid(), value))


Source().run()
