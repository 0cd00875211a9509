const quietMs = 15_000;

/** One line per step: what it does, and how long it took; a sign of life while it takes long. */
export class Progress {
  constructor(output = process.stdout) {
    this.output = output;
  }

  /** @param work its result is passed through */
  async step(title, work) {
    const startMs = Date.now();
    const seconds = () => ((Date.now() - startMs) / 1000).toFixed(1);
    const live = this.output.isTTY;
    if (live) this.output.write(`  ${title} ...`);
    const timer = setInterval(
      () =>
        this.output.write(
          live ? `\r  ${title} ... ${seconds()} s` : `  ${title}: ${seconds()} s so far\n`,
        ),
      live ? 1000 : quietMs,
    );
    try {
      const result = await work();
      this.output.write(`${live ? '\r' : ''}  ${title}: done in ${seconds()} s\n`);
      return result;
    } catch (error) {
      this.output.write(`${live ? '\r' : ''}  ${title}: failed after ${seconds()} s\n`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  note(text) {
    this.output.write(`  ${text}\n`);
  }
}
