import { expect, it } from 'vitest';
import { endsAtMs, type Lifecycle, type LifecycleEvent, transition } from './lifecycle.ts';

const active: Lifecycle = { status: 'ACTIVE' };
const inactive: Lifecycle = { status: 'INACTIVE' };
const killed: Lifecycle = { status: 'KILLED', removeAtMs: 1_000 };
const activate: LifecycleEvent = { kind: 'activate' };
const deactivate: LifecycleEvent = { kind: 'deactivate' };
const kill: LifecycleEvent = { kind: 'kill', removeAtMs: 5_000 };
const parallelism = { workers: 2, components: [], isolated: [] };
const wish = { rebalanceAtMs: 3_000, parallelism, overridesJson: '{"a":1}' };
const rebalance: LifecycleEvent = { kind: 'rebalance', ...wish };
const rebalancing = (next: 'ACTIVE' | 'INACTIVE'): Lifecycle => ({
  status: 'REBALANCING',
  ...wish,
  next,
});
const killedLater: Lifecycle = { status: 'KILLED', removeAtMs: 5_000 };

it.each<[string, Lifecycle, LifecycleEvent, Lifecycle | null]>([
  ['activating an active topology changes nothing', active, activate, active],
  ['deactivating an active topology makes it inactive', active, deactivate, inactive],
  ['activating an inactive topology makes it active', inactive, activate, active],
  ['deactivating an inactive topology changes nothing', inactive, deactivate, inactive],
  ['an active topology can be killed', active, kill, killedLater],
  ['an inactive topology can be killed', inactive, kill, killedLater],
  ['killing a killed topology starts its wait anew', killed, kill, killedLater],
  ['a killed topology cannot be activated', killed, activate, null],
  ['a killed topology cannot be deactivated', killed, deactivate, null],
  ['a killed topology cannot be rebalanced', killed, rebalance, null],
  [
    'an active topology is active again after a rebalance',
    active,
    rebalance,
    rebalancing('ACTIVE'),
  ],
  ['an inactive one is inactive again', inactive, rebalance, rebalancing('INACTIVE')],
  ['a kill overrules a rebalance', rebalancing('ACTIVE'), kill, killedLater],
  ['a rebalancing topology cannot be activated', rebalancing('INACTIVE'), activate, null],
  ['a rebalancing topology cannot be deactivated', rebalancing('ACTIVE'), deactivate, null],
  ['a rebalancing topology cannot be rebalanced again', rebalancing('ACTIVE'), rebalance, null],
])('%s', (_, state, event, expected) => {
  expect(transition(state, event)).toEqual(expected);
});

it('a kill and a rebalance end by themselves', () => {
  expect([active, inactive, rebalancing('ACTIVE'), killed].map(endsAtMs)).toEqual([
    ...[null, null, 3_000, 1_000],
  ]);
});
