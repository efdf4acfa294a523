// Every page that a link of the dashboard leads to, by the rules of accessibility.
import { accessible, base, check, fault, reader, signIn, step } from "./harness.mjs";

const most = { "/indicator/": 5, "/area/": 3, "/explain/": 2, "/remarks": 2, "/sign-in": 1, "/finance/": 2, "/search": 1 };

/** crawl reads pages from the first on, of alike ones only some. */
export async function crawl(browser, name) {
  const page = await reader(browser);
  if (name) await signIn(page, name);
  const seen = new Set(["/"]), queue = ["/", "/search?q=learn", "/sign-in"], counts = {};
  await step("every page " + (name || "without an account") + " follows the rules", page, async () => {
    while (queue.length) {
      const path = queue.shift();
      const kind = Object.keys(most).find((k) => path.startsWith(k) && path !== k.slice(0, -1));
      if (kind && (counts[kind] = (counts[kind] || 0) + 1) > most[kind]) continue;
      const answer = await page.goto(base + path);
      check(answer.status() === 200, path + " answered " + answer.status());
      check(await page.locator("h1").count() === 1, path + " has " + await page.locator("h1").count() + " first headings");
      await accessible(page, path + (name ? " as " + name : ""));
      for (const link of await page.evaluate(() => [...document.querySelectorAll("a[href]:not([download])")].map((a) => new URL(a.getAttribute("href"), location.href).href))) {
        const to = new URL(link);
        if (to.origin !== new URL(base).origin) { fault(path + " leads to " + link); continue; }
        const next = to.pathname + (to.pathname === "/remarks" ? to.search : "");
        if (!seen.has(next)) { seen.add(next); queue.push(next); }
        if (to.hash && to.pathname === new URL(page.url()).pathname && !await page.evaluate((id) => !!document.getElementById(id), decodeURIComponent(to.hash.slice(1)))) fault(path + " leads to nothing at " + to.hash);
      }
    }
  });
  console.log("note  " + seen.size + " addresses, " + JSON.stringify(counts));
  await page.context().close();
}

/** look opens pages in colours that the reader's machine decides on. */
export async function colours(browser) {
  for (const options of [{ forcedColors: "active" }, { colorScheme: "dark" }, { reducedMotion: "reduce" }]) {
    const name = Object.values(options)[0];
    await step("pages in " + name, null, async () => {
      const page = await reader(browser, options);
      for (const path of ["/", "/indicator/2.1.3.1"]) {
        await page.goto(base + path);
        if (name === "dark") await accessible(page, path + " in the dark");
        check(await page.locator("h1").isVisible(), path + " has nothing to see in " + name);
      }
      await page.context().close();
    });
  }
}

/** file reads a report that stands in one file, from the disk. */
export async function file(browser, path) {
  await step("the report in one file follows the rules", null, async () => {
    const page = await reader(browser);
    await page.goto("file://" + path);
    await page.waitForTimeout(500);
    await accessible(page, "the report in one file");
    await page.context().close();
  });
}
