// Firefox driven by WebDriver BiDi: each line on stdin asks for a visit, and each line on stdout says what it found.

import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

import puppeteer from "puppeteer-core";

import * as visits from "./firefox_visits.mjs";

const [executablePath, downloads, patience] = process.argv.slice(2);

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  timeout: Number(patience),
  protocolTimeout: Number(patience),
  // The panel of downloads would take the keyboard away from the page.
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": downloads,
    "browser.download.alwaysOpenPanel": false,
  },
});

async function visit({ name, address, before, given }) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(Number(patience));
    await page.setViewport({ width: 1280, height: 900 });
    const [asked, wrong] = [[], []];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => ["error", "warn"].includes(message.type()) && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(String(error)));
    if (before) await page.evaluateOnNewDocument(`{ ${before} }`);
    await page.goto(address);
    const late = setTimeout(Number(patience), null, { ref: false }).then(() => {
      throw new Error(`${name} was not done in ${patience} ms`);
    });
    const found = await Promise.race([visits[name](page, given), late]);
    return { found: found ?? null, asked, wrong };
  } finally {
    await context.close();
  }
}

process.stdout.write(`${JSON.stringify({ found: await browser.version() })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await visit(JSON.parse(line)).catch((error) => ({ failed: String(error.stack ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
