/* What two of the desk's modules make of what is given on standard input: {texts: […]} or {answers: […]}. */

import { readFileSync } from 'node:fs';
import { marksIn } from '../../../static/js/desk/marks.mjs';
import { suggest } from '../../../static/js/desk/suggestion.mjs';

const { texts = [], answers = [] } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify([...texts.map((text) => [...marksIn(text).keys()]), ...answers.map(suggest)]));
