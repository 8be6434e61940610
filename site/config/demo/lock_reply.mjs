// Locks a sample reply as the desk does:  node site/config/demo/lock_reply.mjs < details.json > locked

import { readFileSync, writeSync } from "node:fs";
import * as openpgp from "openpgp";
import { buildEntity } from "../../../static/js/sealing/entity.mjs";
import { lockReply } from "../../../static/js/sealing/reply.mjs";

const { text, reply_key, sent, sender, recipient } = JSON.parse(readFileSync(0, "utf8"));
const report = { schema: 1, kind: "reply", sent, text };
const entity = buildEntity(report, [["Reply", text]], { subject: "Reply", sender, recipient });
writeSync(1, await lockReply(openpgp, entity, reply_key));
