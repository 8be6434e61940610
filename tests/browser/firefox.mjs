// One person in a real Firefox, for the tests: tells, comes back, reads, adds.  node firefox.mjs
// Reads a line of JSON before each half of the way, and writes one after it. Nothing of puppeteer is used that waits
// inside of the page (its click does): in a browser without script that never ends.

import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

const WAIT_MILLISECONDS = 20_000;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = async () => JSON.parse((await lines.next()).value);
const report = (found) => process.stdout.write(`${JSON.stringify(found)}\n`);

const { executable, address, prefs, story, addition } = await told();
// Whatever is not of this machine would have to go through a proxy that is not there.
const nothingLeaves = { 'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9 };
const browser = await puppeteer.launch({
  browser: 'firefox', executablePath: executable, extraPrefsFirefox: { ...nothingLeaves, ...prefs },
});
const page = await browser.newPage();
const wrong = [];
page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
page.on('pageerror', (error) => wrong.push(String(error)));
try {
  const isScripted = await tell();
  const { reference, words } = await page.evaluate(() => ({
    reference: document.getElementById('reference').textContent,
    words: [...document.querySelectorAll('#code-words li')].map((word) => word.textContent),
  }));
  report({ isScripted, reference, words, wrong });
  await told();
  report({ shown: await comeBack(words), wrong });
} catch (error) {
  error.message += ` (on “${await page.evaluate(() => document.title)}”, after ${JSON.stringify(wrong)})`;
  throw error;
} finally {
  await browser.close();
}

async function tell() {
  await page.goto(`${address}/tell-us/`);
  await follow('Start');
  await follow('Go to the questions');
  const isScripted = await page.evaluate(() => document.documentElement.classList.contains('step'));
  await press('No, not right now');
  if (isScripted) {
    await press('Continue');
    await until(() => document.activeElement.matches('#q-story h2'));
    await page.evaluate(() => history.back());
    await until(() => document.activeElement.matches('#q-danger h2') && document.getElementById('danger-no').checked);
    await page.evaluate(() => history.forward());
    await until(() => document.activeElement.matches('#q-story h2'));
    await type('story', story);
    await press('Send now');
  } else {
    await type('story', story);
    await follow('Check what you wrote');
    await follow('Change something');
    await follow('Check what you wrote');
  }
  await until((text) => document.querySelector('dl.sum').innerText.includes(text), story);
  await until(() => document.getElementById('distress').checkVisibility());
  await look();
  await (isScripted ? press : follow)('Send to the MASH team');
  await until(() => document.querySelector('h1').textContent.startsWith('We have it'));
  await look();
  return isScripted;
}

async function comeBack(words) {
  await page.goto(`${address}/tell-us/reply/`);
  const isScripted = await page.evaluate(() => document.querySelector('[data-with-script]').checkVisibility());
  const go = isScripted ? press : follow;
  await type('words', words.join(' ').toUpperCase());
  await go('See your reply');
  await until(() => document.querySelector('#messages li') !== null);
  await look();
  await type('text', addition);
  await go('Send to the MASH team');
  await until(() => document.getElementById('thanks')?.checkVisibility() === true);
  await look();
  return page.evaluate(() => [...document.querySelectorAll('#messages li')].map((line) => line.innerText));
}

// Wait until something in the page is so, asking again and again.
async function until(isSo, ...given) {
  const end = Date.now() + WAIT_MILLISECONDS;
  while (!(await page.evaluate(isSo, ...given))) {
    if (Date.now() > end) throw new Error(`It never came to this: ${isSo}`);
    await pause(50);
  }
}

// Press what carries these words, by keyboard: where the mouse would land depends on when the page was last painted.
async function press(words) {
  const key = await page.evaluate((wanted) => {
    const said = (one) => one.textContent.replace(/\s+/g, ' ').trim();
    const all = [...document.querySelectorAll('a, button, label')];
    const found = all.find((one) => said(one) === wanted && one.checkVisibility());
    if (!found) return '';
    (found.control ?? found).focus();
    return found.control ? ' ' : 'Enter';
  }, words);
  if (!key) throw new Error(`Nothing says “${words}”.`);
  await page.keyboard.press(key);
}

async function follow(words) {
  await Promise.all([page.waitForNavigation(), press(words)]);
}

async function type(id, text) {
  await page.evaluate((box) => document.getElementById(box).focus(), id);
  await page.keyboard.type(text);
}

// A page that can be read without pictures: what can be pressed has words, and nothing goes out at the side.
async function look() {
  const faults = await page.evaluate(() => {
    const pressed = [...document.querySelectorAll('main a, main button')].filter((one) => one.checkVisibility());
    const dumb = pressed.filter((one) => !one.innerText.trim()).map((one) => one.outerHTML);
    return document.documentElement.scrollWidth > innerWidth ? [...dumb, 'It scrolls sideways.'] : dumb;
  });
  wrong.push(...faults);
}
