// Readers with accounts: filter, drill, move levers, moderate.
import { accessible, base, check, download, fault, narrow, picture, reader, signIn, stamp, step } from "./harness.mjs";

export async function member(browser) {
  const page = await reader(browser);

  await step("a wrong password is refused", page, async () => {
    await page.goto(base + "/sign-in?to=/finance");
    await page.getByLabel("Name", { exact: true }).fill("finance");
    await page.getByLabel("Password").fill("wrong");
    page.expected = 401;
    await page.locator("main").getByRole("button", { name: "Sign in" }).click();
    await page.locator('[role="alert"]').waitFor();
    check(new URL(page.url()).pathname === "/sign-in", "a wrong password leads to " + page.url());
    page.expected = 0;
  });

  await step("finance officer signs in", page, async () => {
    await signIn(page, "finance", "/finance");
    check(/not for publication/.test(await page.locator("body").innerText()), "the internal edition is not marked");
    await picture(page, "finance");
  });

  await step("finance officer filters an indicator and follows it down", page, async () => {
    await page.goto(base + "/indicator/2.1.3.1");
    await page.locator("form.filter select[name=period]").selectOption("2023");
    await page.locator("form.filter select[name=group]").selectOption({ label: "female" }).catch(() => page.locator("form.filter select[name=group]").selectOption({ index: 1 }));
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/period=2023/);
    check(await page.locator("#selected").isVisible(), "the selection is not shown");
    await picture(page, "filtered");
    await page.getByRole("link", { name: "How this number was made" }).click();
    await page.waitForURL(/\/explain\/.*period=2023/);
    const text = await page.locator("main").innerText();
    check(/First rows/i.test(text) && /data\/residents/.test(text), "the internal explanation names no rows");
    await picture(page, "explain");
    await accessible(page, "the explanation of a group");
  });

  await step("finance officer moves a lever", page, async () => {
    await page.goto(base + "/finance");
    await page.locator("#try").getByRole("link", { name: /Literacy/ }).click();
    await page.waitForURL(/\/finance\/appraisal-literacy/);
    await narrow(page, "levers");
    const lever = page.locator("#lever-anyway");
    await lever.focus();
    for (let k = 0; k < 12; k++) await page.keyboard.press("ArrowLeft");
    const began = Date.now();
    await page.waitForFunction(() => /the verdict (turns|stays)/.test(document.getElementById("result").innerText));
    await page.waitForFunction(() => /anyway=11(&|$)/.test(location.search));
    console.log("note  a moved lever is answered in " + (Date.now() - began) + " ms, its pause included");
    check((await page.locator("#shown-anyway").innerText()).startsWith("11"), "the lever shows " + await page.locator("#shown-anyway").innerText());
    check(await page.evaluate(() => document.activeElement.id === "lever-anyway"), "the focus is gone from the lever");
    check(await page.locator("#result .chart svg").first().isVisible(), "the charts of a new result are not drawn");
    const verdict = await page.locator(".verdict").innerText();
    await picture(page, "levers");
    await accessible(page, "levers that are moved");
    await page.reload();
    check(await page.locator(".verdict").innerText() === verdict, "the address does not carry the levers");
    const book = await download(page, page.getByRole("link", { name: /workbook that recalculates/ }));
    check(/appraisal-literacy.*\.xlsx$/.test(book.name) && book.bytes.subarray(0, 2).toString() === "PK", "the workbook is " + book.name);
    await page.getByRole("link", { name: "Back to the appraisal’s own values" }).click();
    check(await page.locator(".verdict").count() === 0, "the appraisal's own values have a verdict of their own");
    page.expected = 422;
    const answer = await page.goto(base + "/finance/appraisal-literacy?anyway=99");
    check(answer.status() === 422, "a lever out of range is answered " + answer.status());
    page.expected = 0;
  });

  await step("levers work without scripts", null, async () => {
    const plain = await reader(browser, { javaScriptEnabled: false });
    await signIn(plain, "viewer", "/finance/appraisal-literacy");
    await plain.locator("#lever-anyway").focus();
    await plain.keyboard.press("Home");
    await plain.getByRole("button", { name: "Recompute" }).click();
    check(/the verdict (turns|stays)/.test(await plain.locator(".verdict").innerText()), "the form without scripts computes nothing");
    check(await plain.getByRole("link", { name: /workbook that recalculates/ }).count() === 0, "a viewer is offered the workbook");
    await plain.context().close();
  });
  await page.context().close();

  await step("evaluator publishes and answers a remark", null, async () => {
    const moderator = await reader(browser);
    await signIn(moderator, "evaluator", "/moderation");
    const remark = moderator.locator("article.remark", { hasText: stamp }).first();
    if (await remark.count() === 0) return fault("the remark that was left does not wait to be looked at");
    await remark.getByLabel("Answer").fill("We ask there next spring.");
    await picture(moderator, "moderation", false);
    await accessible(moderator, "moderation");
    await remark.getByRole("button", { name: "Save and publish" }).click();
    await moderator.goto(base + "/indicator/2.1.3.1");
    const said = await moderator.locator("main").innerText();
    check(said.includes(stamp) && /We ask there next spring/.test(said), "the answered remark is not shown");
    check(await moderator.locator("main b", { hasText: /^x$/ }).count() === 0, "a remark's markup is markup");
    await moderator.locator(".account").getByRole("button", { name: "Sign out" }).click();
    await moderator.locator(".account").getByRole("link", { name: "Sign in" }).waitFor();
    await moderator.context().close();
  });
}
