/* What is to do before the form is there for people, in its order. */

import { MAIN, RECOVERY } from './vouching.mjs';

/* Nothing for whoever cannot see the keys yet, beyond their own. */
export function steps(holding) {
  const { state } = holding;
  const ownKey = { words: 'Make your key.', done: Boolean(state.locked_key) };
  if (!state.officers.length) return [ownKey];
  const key = holding.keyInUse(MAIN);
  const needed = state.needed[MAIN];
  const holders = state.officers.filter(({ inboxes }) => inboxes.includes(MAIN)).length;
  return [
    ownKey,
    { words: 'Make the recovery key on a computer without a network, and enter its public half.', done: Boolean(holding.keyInUse(MAIN, RECOVERY)) },
    { words: 'Make the key of the team’s inbox.', done: Boolean(key) },
    { words: `Let colleagues in, until ${needed} of you can open reports.`, done: holders >= needed && Boolean(key) },
    { words: `Each of them opens the test report (${key?.proved ?? 0} of ${needed}).`, done: Boolean(key?.is_live) },
  ];
}
