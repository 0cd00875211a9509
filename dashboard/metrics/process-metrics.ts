import { Counter, Gauge, Registry } from 'prom-client';

/** What Prometheus is told of every process, by the names that all of its clients have for it: of serve. */
export function processMetrics(): Registry {
  const registry = new Registry();
  const registers = [registry];
  const startedSecs = Math.round(Date.now() / 1000 - process.uptime());
  new Gauge({
    ...{ name: 'process_start_time_seconds', help: 'Start time, since 1970', registers },
    collect() {
      this.set(startedSecs);
    },
  });
  new Gauge({
    ...{ name: 'process_resident_memory_bytes', help: 'Resident memory', registers },
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Counter({
    ...{ name: 'process_cpu_seconds_total', help: 'User and system CPU time', registers },
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  return registry;
}
