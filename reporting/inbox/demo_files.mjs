// Writes the files of a demonstration: every one is complete under another name before the first gets its own.

import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// `files` are [name, text] pairs. Readable by their owner alone.
export function writeAll(directory, files) {
  const moves = files.map(([name]) => [join(directory, `.${name}.${process.pid}`), join(directory, name)]);
  try {
    files.forEach(([, text], place) => writeFileSync(moves[place][0], text, { mode: 0o600, flag: "wx" }));
    moves.forEach(([unfinished, finished]) => renameSync(unfinished, finished));
  } finally {
    moves.forEach(([unfinished]) => rmSync(unfinished, { force: true }));
  }
}
