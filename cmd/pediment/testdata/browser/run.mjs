// The dashboard used by a browser as people use it. PEDIMENT_BASE is its address,
// PEDIMENT_FILE a report in one file, PEDIMENT_OUT a folder for pictures.
import { finish, launch } from "./harness.mjs";
import { visitor } from "./visitor.mjs";
import { member } from "./member.mjs";
import { colours, crawl, file } from "./pages.mjs";

const browser = await launch();
if (process.env.PEDIMENT_HOSTILE) {
  await crawl(browser, "finance"); // sees most
} else {
  await visitor(browser);
  await member(browser);
  await crawl(browser, "");
  await colours(browser);
}
if (process.env.PEDIMENT_FILE) await file(browser, process.env.PEDIMENT_FILE);
await browser.close();
finish();
