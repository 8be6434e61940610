/* A proposal to close a report without action: shown to everybody, decided by anybody but whoever made it. */

import { byId, element } from '../common/page.mjs';
import { written } from './written.mjs';

/* `proposal` is the server's, null if none waits; its reason stands in one of the opened decisions. */
export function showProposal(proposal, decisions, outcome) {
  byId('proposal').hidden = !proposal;
  if (!proposal) {
    forgetProposal();
    return;
  }
  const reason = decisions.find(({ id }) => id === proposal.letter)?.inside.report?.reason;
  byId('proposed-by').textContent = proposal.by;
  byId('proposed-outcome').textContent = outcome;
  byId('proposed-why').replaceChildren(reason ? written(reason) : element('p', 'Its reason cannot be opened.', 'closed'));
  byId('mine-to-wait').hidden = !proposal.is_mine;
  byId('second').hidden = proposal.is_mine;
}

export function forgetProposal() {
  byId('proposal').hidden = true;
  for (const id of ['proposed-by', 'proposed-outcome', 'proposed-why']) byId(id).replaceChildren();
}
