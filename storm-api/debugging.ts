import { InvalidTopologyError } from './errors.ts';
import { type ComponentId, componentId } from './model/ids.ts';

/** What share of the emitted tuples is written to event logs, as Storm's debug action sets it. */
export interface DebugOptions {
  /** null: every component that has no options of its own. */
  readonly component: ComponentId | null;
  readonly enabled: boolean;
  /** From 0 to 100. */
  readonly samplingPercent: number;
}

/** Lies beside the log of the worker that emitted the tuples. */
export const eventLogName = 'events.log';

/**
 * A wish of a client, checked.
 * @param component empty: the whole topology, as Storm's clients say it
 * @throws InvalidTopologyError
 */
export function debugOptions(
  component: string,
  enabled: boolean,
  samplingPercent: number,
): DebugOptions {
  if (!(samplingPercent >= 0 && samplingPercent <= 100)) {
    throw new InvalidTopologyError(`${samplingPercent} is no percentage from 0 to 100`);
  }
  return {
    component: component === '' ? null : componentId(component),
    enabled,
    samplingPercent,
  };
}

/** What a component is under: its own options, or else those of all. */
export function debuggingOf(
  debugging: readonly DebugOptions[],
  component: ComponentId,
): DebugOptions | null {
  return optionsFor(debugging, component) ?? optionsFor(debugging, null);
}

/** The very options that were set for a component, or for all; null when none were. */
export function optionsFor(
  debugging: readonly DebugOptions[],
  component: ComponentId | null,
): DebugOptions | null {
  return debugging.find((each) => each.component === component) ?? null;
}
