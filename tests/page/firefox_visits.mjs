// What people do on the page in Firefox. Each function takes the page, and returns what is seen there.

import { existsSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Wait until all sets of assumptions are shown. */
const settle = (page) => page.waitForFunction(() => document.getElementById("explore").dataset.shown === "1024");

const textOf = (page, selector) => page.$eval(selector, (element) => element.innerText);

/** Press a button by keyboard; the first of those that say so. */
async function pressButton(page, words) {
  const button = await page.waitForSelector(`::-p-xpath(//button[normalize-space()="${words}"])`);
  await button.focus();
  await page.keyboard.press("Enter");
}

async function pressKeys(page, control, keys) {
  await page.focus(control);
  for (const key of keys) await page.keyboard.press(key);
}

/** All that the page says of its numbers. */
async function seen(page) {
  await settle(page);
  return page.evaluate(() => {
    const words = (selector) => document.querySelector(selector).innerText;
    const slider = document.getElementById("lever-coaching");
    return {
      check: words("#check"),
      headline: words("#headline"),
      verdict: words("#verdict"),
      size: words("#size"),
      gap: document.querySelector("#gap svg").outerHTML,
      slots: [...document.querySelectorAll("#slots svg")].map((svg) => svg.outerHTML),
      coaching: [slider.value, slider.getAttribute("aria-valuetext")],
      focus: document.activeElement.id,
      address: location.hash,
    };
  });
}

/** Only look. */
export const look = seen;

/** Ask for something on the web, to see that the test would notice. */
export async function ask(page, { picture }) {
  const done = page.waitForRequest(picture);
  await page.evaluate((from) => void (new Image().src = from), picture);
  await done;
}

/** Move sliders by keyboard, reload, and go back. */
export async function move(page, { keys }) {
  const before = await seen(page);
  for (const [control, pressed] of Object.entries(keys)) await pressKeys(page, control, pressed);
  const after = await seen(page);
  await page.reload();
  const reloaded = await seen(page);
  await page.goBack();
  await page.waitForFunction((address) => location.hash !== address, {}, after.address);
  return { before, after, reloaded, back: await seen(page) };
}

/** Drag a slider with the mouse, and return the picture of the gap at each stop while the button is down. */
export async function drag(page, { control, stops }) {
  const first = await seen(page);
  const slider = await page.$(control);
  const { x, y, width, height } = await slider.boundingBox();
  const begin = Number(await page.$eval(control, (element) => element.value));
  const at = (part) => [x + 9 + (width - 18) * part, y + height / 2];
  await page.mouse.move(...at(begin));
  await page.mouse.down();
  const pictures = [];
  for (const stop of stops) {
    await page.mouse.move(...at(stop));
    await page.waitForFunction((last) => document.querySelector("#gap svg").outerHTML !== last, {}, pictures.at(-1)?.gap ?? first.gap);
    await page.waitForFunction(() => document.getElementById("explore").dataset.shown === "half");
    pictures.push(await page.evaluate(() => ({ gap: document.querySelector("#gap svg").outerHTML, size: document.getElementById("size").innerText })));
  }
  await page.mouse.up();
  return { pictures, last: await seen(page) };
}

/** Guess in the first step of the story, and see what happens. */
export async function guess(page, { amounts }) {
  await settle(page);
  await pressButton(page, "Start the story");
  const heading = await textOf(page, "#story h2");
  const focus = await page.evaluate(() => document.activeElement.innerText);
  await page.type("#story input", amounts);
  await page.keyboard.press("Tab");
  await pressButton(page, "Show what happens");
  await page.waitForSelector("#story .shown svg");
  const shown = { answer: await textOf(page, "#story .answer"), picture: await page.$eval("#story svg", (svg) => svg.textContent) };
  await pressButton(page, "Next");
  await page.waitForFunction(() => document.querySelector("#story h2").innerText.startsWith("Step 2"));
  return { heading, focus, ...shown, next: await textOf(page, "#story h2") };
}

/** Press the buttons that save files, and wait for each file. */
export async function save(page, { files }) {
  const shown = await seen(page);
  await page.$eval("#more details", (details) => (details.open = true));
  for (const [words, file] of Object.entries(files)) {
    await pressButton(page, words);
    while (!page.isClosed() && !isWhole(file)) await setTimeout(20);
  }
  return shown;
}

/** True if a file was saved to its end. */
function isWhole(file) {
  return existsSync(file) && statSync(file).size > 0 && !existsSync(`${file}.part`);
}

/** Open the data of another place, and wait until it is shown or refused. */
export async function open(page, { file }) {
  const before = await seen(page);
  const title = await textOf(page, "#title");
  const input = await page.$("#open-place");
  await input.uploadFile(file);
  await page.waitForFunction(
    (former) => document.getElementById("title").innerText !== former || document.querySelector("#take-away [role=alert]:not([hidden])"),
    {},
    title,
  );
  const problem = await page.evaluate(() => document.querySelector("#take-away [role=alert]:not([hidden])")?.innerText ?? null);
  return { problem, title: await textOf(page, "#title"), before, after: await seen(page) };
}

/** Call a function of a page made for a test. */
export const call = (page, { called, argument }) => page.evaluate((name, taken) => globalThis[name](taken), called, argument);
