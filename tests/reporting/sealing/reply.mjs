// Locks and opens replies as browsers do:  node reply.mjs lock KEY < entity > locked;  node reply.mjs open KEY < locked

import { readFileSync, writeSync } from "node:fs";
import * as openpgp from "openpgp";
import { openReply, lockReply } from "../../../static/js/sealing/reply.mjs";

const [, , what, key] = process.argv;
const given = new Uint8Array(readFileSync(0));
writeSync(1, await (what === "lock" ? lockReply : openReply)(openpgp, given, key));
