// What a browser does with code words, for the tests:  node code_words.mjs TASK < details.json > answer.json
import { readFileSync } from "node:fs";
import { derive, make, normalise } from "../../../static/js/sealing/code-words.mjs";

const tasks = {
  make: ({ list, times }) => Array.from({ length: times }, () => make(list)),

  // The six words, or the sentence of the refusal.
  normalise({ list, typed }) {
    return typed.map((text) => {
      try {
        return { words: normalise(text, list) };
      } catch (error) {
        return { refused: error.message, name: error.name };
      }
    });
  },

  async derive({ list, typed, salt }) {
    const values = [];
    for (const text of typed) values.push(await derive(normalise(text, list), Buffer.from(salt, "base64")));
    return values;
  },

  // `make` with a source of randomness that gives these six numbers.
  drawn({ list, numbers }) {
    crypto.getRandomValues = (place) => {
      place.set(numbers);
      return place;
    };
    return make(list);
  },

  makeFromShortList({ list }) {
    try {
      return make(list);
    } catch (error) {
      return error.name;
    }
  },
};

const answer = await tasks[process.argv[2]](JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(answer));
