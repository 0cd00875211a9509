"""Emits what it gets, anchored."""
import storm


class Pass(storm.BasicBolt):
    def process(self, tup):
        storm.emit([tup.values[0]])


Pass().run()
