// What every journey through the dashboard needs: a browser that may reach nothing
// but this machine, and that tells of everything that goes wrong on a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const base = process.env.PEDIMENT_BASE;
export const out = process.env.PEDIMENT_OUT;
export const stamp = "asked at " + Date.now(); // tells the remark of this run from others
export const password = (name) => "correct horse battery " + name;

const faults = [];

/** fault notes what is wrong; the run goes on and fails at its end. */
export function fault(text) {
  faults.push(text);
  console.log("FAULT " + text);
}

/** check notes a fault unless the condition holds. */
export function check(condition, text) {
  if (!condition) fault(text);
}

/** finish ends the program with the number of faults. */
export function finish() {
  console.log(faults.length + " faults");
  process.exit(faults.length ? 1 : 0);
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.PEDIMENT_CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
  });
}

/**
 * reader opens a window of its own. Every request beyond this machine, every message
 * of fault and every answer of 500 or more on its pages is a fault; answers of 400
 * are, unless the journey expects them.
 */
export async function reader(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  context.setDefaultTimeout(20000);
  await context.route("**/*", (route) => {
    const to = new URL(route.request().url());
    if (["127.0.0.1", "localhost"].includes(to.hostname) || ["data:", "blob:", "file:"].includes(to.protocol)) return route.continue();
    fault("a page asked for " + to.href);
    return route.abort();
  });
  const page = await context.newPage();
  page.expected = 0;
  page.on("console", (m) => {
    const refused = page.expected && m.text().includes("status of " + page.expected);
    if (m.type() === "error" && !refused) fault(page.url() + " wrote: " + m.text());
  });
  page.on("pageerror", (e) => fault(page.url() + " threw: " + e.message));
  page.on("dialog", (d) => { fault(page.url() + " opened a dialog: " + d.message()); d.dismiss(); });
  page.on("response", (r) => {
    if (r.status() >= 400 && r.status() !== page.expected) fault(r.url() + " answered " + r.status());
  });
  return page;
}

/** step tells what is done, how long it took, and what stopped it. */
export async function step(name, page, act) {
  const began = Date.now();
  try {
    await act();
  } catch (e) {
    fault(name + ": " + String(e.message).split("\n").slice(0, 4).join(" | "));
    if (out && page) await page.screenshot({ path: out + "/fault-" + name.replace(/\W+/g, "-") + ".png", fullPage: true }).catch(() => {});
  }
  console.log("step  " + name + " " + (Date.now() - began) + " ms");
}

/** picture keeps what the page looks like, for people to look at. */
export async function picture(page, name, fullPage = true) {
  if (out) await page.screenshot({ path: out + "/" + name + ".png", fullPage });
}

/** accessible runs axe over the page, everything that is folded away laid open. */
export async function accessible(page, name) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.violations.map((v) => v.id + " (" + v.impact + ", " + v.nodes.length + "): " + v.nodes[0].target.join(" ") + ": " + v.nodes[0].failureSummary.split("\n").slice(1, 3).join(" "));
  });
  violations.forEach((v) => fault("axe on " + name + ": " + v));
}

/** narrow checks that the body does not scroll sideways. */
export async function narrow(page, name) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return "";
    const outside = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest(".scroll") && !e.closest("svg"));
    return document.documentElement.scrollWidth + " > " + width + ", by " + outside.slice(-1).map((e) => e.outerHTML.slice(0, 120));
  });
  if (wide) fault(name + " scrolls sideways: " + wide);
}

/** signIn signs a reader in and comes back to a page. */
export async function signIn(page, name, to = "/") {
  await page.goto(base + "/sign-in?to=" + encodeURIComponent(to));
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password").fill(password(name));
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(base + to);
}

/** download clicks a link and returns what came, with its name. */
export async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const failed = await file.failure();
  if (failed) throw new Error("download of " + file.url() + ": " + failed);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}
