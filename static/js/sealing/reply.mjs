// Replies are locked with the reply key, which lies inside the sealed concern and can be made from the code words. An
// officer's browser locks them, a reporter's browser opens them; reporting/sealing/locked.py knows the same shape.

import { LARGEST_OPENED } from './read.mjs';

// The binary locked form of an entity (Uint8Array).
export async function lockReply(openpgp, entity, replyKey) {
  const message = await openpgp.createMessage({ binary: entity, date: new Date(0) });
  return openpgp.encrypt({
    message,
    passwords: [replyKey],
    format: 'binary',
    config: {
      // The reply key has 256 bits, so a slow S2K would only make people wait. The server checks this very count.
      s2kType: openpgp.enums.s2k.iterated,
      s2kIterationCountByte: 96,
      aeadProtect: false,
      preferredCompressionAlgorithm: openpgp.enums.compression.uncompressed,
    },
  });
}

// The entity inside. Throws when this key does not open it, or it is damaged or blown up.
export async function openReply(openpgp, locked, replyKey) {
  const message = await openpgp.readMessage({ binaryMessage: locked });
  const { data } = await openpgp.decrypt({
    message,
    passwords: [replyKey],
    format: 'binary',
    config: { maxDecompressedMessageSize: LARGEST_OPENED },
  });
  return data;
}
