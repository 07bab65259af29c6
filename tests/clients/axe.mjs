// node axe.mjs BASE CHROMIUM < paths: what axe-core finds wrong with each page, and how far a page is wider
// than its window; one JSON line a page and look.
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import { readFileSync } from "node:fs";

const LOOKS = [
  { language: "zh", scheme: "light", width: 1280 },
  { language: "en", scheme: "dark", width: 360 },
];
const [base, executablePath] = process.argv.slice(2);
const paths = JSON.parse(readFileSync(0, "utf8"));
const browser = await puppeteer.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-renderer-backgrounding"],
});
await Promise.all(LOOKS.map(look));
await browser.close();

async function look({ language, scheme, width }) {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.setCacheEnabled(false); // else the second look is told 304
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setExtraHTTPHeaders({ "Accept-Language": language });
  for (const path of paths) {
    const answer = await page.goto(base + path, { waitUntil: "load" });
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await window.axe.run({ resultTypes: ["violations"] });
      const { scrollWidth, clientWidth, lang } = document.documentElement;
      const wrong = violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`),
      );
      return { lang, wrong, beyond: scrollWidth - clientWidth };
    });
    console.log(JSON.stringify({ path, width, status: answer.status(), ...found }));
  }
}
