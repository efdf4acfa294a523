// A reader without an account: looks around, finds, takes things away, asks something.
import { accessible, base, check, download, narrow, picture, reader, stamp, step } from "./harness.mjs";

export async function visitor(browser) {
  const page = await reader(browser);

  await step("visitor opens the overview", page, async () => {
    const began = Date.now();
    await page.goto(base + "/");
    console.log("note  overview loaded in " + (Date.now() - began) + " ms");
    check(await page.getByRole("heading", { level: 1 }).first().isVisible(), "the overview has no heading");
    check((await page.locator("body").innerText()).includes("preview"), "a report that is not published is not called a preview");
    await picture(page, "overview");
  });

  await step("visitor follows the temple to an area and an indicator", page, async () => {
    await page.locator(".temple a").first().click();
    await page.waitForURL(/\/area\//);
    await picture(page, "area");
    await page.locator('main a[href^="/indicator/"]').first().click();
    await page.waitForURL(/\/indicator\//);
    check(await page.locator(".chart svg").first().isVisible(), "the indicator's chart was not drawn");
    await picture(page, "indicator");
  });

  await step("visitor finds an indicator", page, async () => {
    await page.locator("#find").fill("adult learning");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search/);
    await page.locator("main").getByRole("link", { name: /Participation in adult learning/ }).first().click();
    await page.waitForURL(/\/indicator\/2\.1\.3\.1/);
  });

  await step("visitor reads how a number was made, and is named no row", page, async () => {
    await page.getByRole("link", { name: "How this number was made" }).click();
    await page.waitForURL(/\/explain\//);
    const text = await page.locator("main").innerText();
    check(/SELECT/.test(text), "the explanation has no SQL");
    check(!/First rows/i.test(text), "the public explanation names rows");
    await picture(page, "explain-public");
  });

  await step("visitor is shown the published view at a filtered address", page, async () => {
    await page.goto(base + "/indicator/2.1.3.1?period=2023");
    check(await page.locator("main .notice", { hasText: "Sign in" }).isVisible(), "an anonymous filter is not refused");
  });

  await step("visitor may not move levers", page, async () => {
    await page.goto(base + "/finance");
    check(/signed in/.test(await page.locator("#try").innerText()), "the page does not say who may move levers");
    page.expected = 403;
    const answer = await page.goto(base + "/finance/appraisal-literacy?anyway=30");
    check(answer.status() === 403, "levers without an account: " + answer.status());
    page.expected = 404;
    await page.goto(base + "/nothing/here");
    check(await page.getByRole("heading", { level: 1 }).isVisible(), "a page that is not there has no heading");
    page.expected = 0;
  });

  await step("visitor takes a table and a picture away", page, async () => {
    await page.goto(base + "/indicator/2.1.3.1");
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    const found = {};
    for (const kind of ["CSV", "XLSX", "SVG", "PNG"]) {
      const file = await download(page, page.locator("main").getByRole("link", { name: kind, exact: true }).first());
      found[kind] = file;
      check(/^riverbend-2025-public-.*\.[a-z]+$/.test(file.name), "a file is called " + file.name);
    }
    check(found.CSV.bytes.toString().split("\n").length > 2, "the CSV has no rows");
    check(found.XLSX.bytes.subarray(0, 2).toString() === "PK", "the XLSX is no workbook");
    check(found.SVG.bytes.toString().includes("<svg"), "the SVG is no picture");
    check(found.PNG.bytes.subarray(1, 4).toString() === "PNG", "the PNG is no picture");
  });

  await step("visitor leaves a remark", page, async () => {
    await page.goto(base + "/indicator/2.1.3.1");
    await page.getByText("Leave a remark or a question").click();
    await page.getByLabel("Your remark").fill("Why so few from Eastmoor? </script><b>x</b> =HYPERLINK(1) " + stamp);
    await page.getByLabel(/Who is speaking/).fill("resident");
    await page.locator("main").getByRole("button", { name: "Send" }).click();
    check(/has been kept/.test(await page.locator("main").innerText()), "the remark is not acknowledged");
    check(!(await page.locator("main").innerText()).includes(stamp), "a remark shows before somebody read it");
    await accessible(page, "remarks, after one was left");
  });
  await page.context().close();

  await step("visitor has a phone", null, async () => {
    const phone = await reader(browser, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    for (const path of ["/", "/areas", "/area/2.1", "/indicator/2.1.3.1", "/plan", "/scorecard", "/fairness", "/finance", "/data", "/methods", "/voice", "/remarks", "/downloads", "/lessons", "/context", "/programmes", "/explain/2.1.3.1", "/sign-in", "/search?q=learn"]) {
      await phone.goto(base + path);
      await narrow(phone, "phone " + path);
      if (["/", "/indicator/2.1.3.1", "/finance"].includes(path)) await picture(phone, "phone" + path.replace(/\W+/g, "-"));
    }
    await phone.context().close();
  });

  await step("visitor has no scripts", null, async () => {
    const plain = await reader(browser, { javaScriptEnabled: false });
    await plain.goto(base + "/indicator/2.1.3.1");
    check(await plain.locator("figure table").first().isVisible(), "without scripts the table behind a chart is folded away");
    await plain.context().close();
  });

  await step("visitor has the keyboard alone", null, async () => {
    const keys = await reader(browser);
    await keys.goto(base + "/indicator/2.1.3.1");
    await keys.keyboard.press("Tab");
    check(await keys.evaluate(() => document.activeElement.classList.contains("skip")), "the first stop is not the way to the content");
    await keys.keyboard.press("Enter");
    let opened = false;
    for (let k = 0; k < 80 && !opened; k++) {
      await keys.keyboard.press("Tab");
      const at = await keys.evaluate(() => {
        const e = document.activeElement, style = getComputedStyle(e);
        return { table: e.matches("figure summary"), seen: style.outlineStyle !== "none" || style.boxShadow !== "none", what: e.outerHTML.slice(0, 80) };
      });
      check(at.seen, "no focus is seen on " + at.what);
      if (at.table) {
        await keys.keyboard.press("Enter");
        opened = await keys.evaluate(() => document.activeElement.parentElement.open && !!document.activeElement.parentElement.querySelector("table"));
      }
    }
    check(opened, "the keyboard does not reach the table of a chart");
    await keys.context().close();
  });

  await step("visitor prints", null, async () => {
    const paper = await reader(browser);
    for (const path of ["/", "/indicator/2.1.3.1"]) {
      await paper.goto(base + path);
      const pdf = await paper.pdf({ format: "A4" });
      check(pdf.subarray(0, 4).toString() === "%PDF" && pdf.length > 20000, "the print of " + path + " has " + pdf.length + " bytes");
    }
    await paper.context().close();
  });
}
