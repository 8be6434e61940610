/* The reply page with script: the code words are turned into a number here, the messages are opened here, and what is
   added is sealed here. Without this file the server does all three in its memory. */

import { byId, button, post, remembered, sayWhatIsTrueWithScript, trouble } from '../common/page.mjs';

const root = byId('reply');
const ask = byId('ask');
const toConversation = remembered(async () => {
  const modules = [import('./conversation.mjs'), import('./letterbox.mjs')];
  const [{ Conversation }, { Letterbox }] = await Promise.all(modules);
  return new Conversation(root, new Letterbox(root.dataset));
});

sayWhatIsTrueWithScript();
/* The page is usable by now; what opening needs may come while the person types. */
ask.addEventListener('focusin', () => ready().catch(() => {}), { once: true });
ask.addEventListener('submit', (event) => { event.preventDefault(); open(); });
/* The box has two lines so that six words can be seen at once; Enter sends it as it would a box of one line. */
byId('words').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  byId('open').click();
});
byId('over-there').addEventListener('click', openThere);

/* The conversation with all tools. */
async function ready() {
  const conversation = await toConversation();
  await conversation.letterbox.ready();
  return conversation;
}

async function open() {
  busy(true);
  let conversation;
  let lookup;
  try {
    conversation = await ready();
    lookup = await conversation.letterbox.take(byId('words').value);
  } catch {
    cannotOpen();
    return;
  }
  let answer;
  let found;
  try {
    answer = await post(root.dataset.messages, { 'Phoenix-Lookup': lookup });
    found = answer.ok ? await answer.json() : null;
  } catch {
    notOpened('Not opened yet', 'The connection was lost. Your code words still stand in the box. Try again.');
    return;
  }
  if (found) {
    await conversation.show(found);
  } else if (answer.status === 404) {
    busy(false);
    byId('wrong').hidden = false;
    byId('wrong').focus();
  } else {
    notOpened(
      'We cannot look just now',
      'It is our fault, not yours. Your code words still stand in the box. Wait for a minute, then try again. ' +
        'If you cannot wait, call one of the numbers below.',
    );
  }
}

function busy(yes) {
  byId('open').disabled = yes;
  byId('opening').textContent = yes ? 'Opening …' : '';
  for (const id of ['trouble', 'wrong', 'numbers']) byId(id).hidden = true;
}

function notOpened(heading, text, ...buttons) {
  busy(false);
  trouble(heading, text, ...buttons);
}

/* Never silently: the person decides whether the server may see the code words. */
function cannotOpen() {
  notOpened(
    'We could not open it on this phone or computer',
    'You can try again. Or you can open it over a safe connection: then your code words come to us, and we open the ' +
      'messages in our server’s memory.',
    button('Try again', open),
    button('Open it over a safe connection', openThere),
  );
}

function openThere() {
  HTMLFormElement.prototype.submit.call(ask);
}
