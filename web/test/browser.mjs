// browser: the page in Debian's Chromium.
//
// In: the command, a database made by tests/web/run, an address. Out: TAP. Screenshots go to the folder SHOTS, if set.
// Example: node browser.mjs http://127.0.0.1:8090
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const base = process.argv[2];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let count = 0, failed = 0;

async function test(name, run) {
  count++;
  try {
    await run();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${count} - ${name}\n# ${String(error.stack ?? error).replaceAll("\n", "\n# ")}`);
  }
}

function must(holds, what) {
  if (!holds) throw new Error(`expected: ${what}`);
}

// Every page watches for errors, for what its policy forbids, and for requests that leave this machine.
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-IN", ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") page.troubles.push(message.text()); });
  page.on("dialog", (dialog) => { page.troubles.push("a dialog opened"); void dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(base) && !request.url().startsWith("data:")) page.troubles.push(request.url()); });
  await page.goto(base + path);
  await settled(page);
  return page;
}

// What is drawn is looked at once it has faded in: half-faded text has too little contrast.
async function settled(page) {
  await page.locator("#main > *").first().waitFor();
  await page.locator("#main[aria-busy=false]").waitFor();
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
}

async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
}

async function close(page) {
  must(page.troubles.length === 0, `no trouble, but: ${page.troubles.join("; ")}`);
  await page.context().close();
}

await test("the overview counts, and draws time, places and pairs", async () => {
  const page = await open("/");
  must(await page.locator(".figure").count() === 4, "four figures");
  must(await page.locator("svg rect.conflict").count() > 0 && await page.locator("svg circle.knot").count() > 1, "bars and knots");
  must(await page.locator("path.land").getAttribute("d") !== "", "a map");
  await shot(page, "overview");
  await close(page);
});

await test("a knot of the network filters all, and the filter stands in the address", async () => {
  const page = await open("/");
  await page.locator("svg a[data-code=IRN]").click();
  await page.waitForURL(/actor=IRN/);
  await settled(page);
  must(await page.locator("#filter input[name=actor]").inputValue() === "IRN", "the field tells it");
  must((await page.locator("#chips button").allInnerTexts()).join().includes("Iran"), "a chip names it");
  const same = await open(new URL(page.url()).pathname + new URL(page.url()).search);
  must(await same.locator(".events li").count() === await page.locator(".events li").count(), "the shared address shows the same");
  await page.goBack();
  await settled(page);
  must(!page.url().includes("actor"), "back is back");
  await page.goForward();
  await page.locator("#chips button").click();
  await page.waitForURL((url) => !url.search.includes("actor"));
  await close(same);
  await close(page);
});

await test("the form filters by type and words", async () => {
  const page = await open("/?view=search");
  const all = await page.locator(".events li").count();
  await page.selectOption("#filter select[name=type]", "ACCUSE");
  await page.click("#filter button.main");
  await page.waitForURL(/type=ACCUSE/);
  await settled(page);
  const some = await page.locator(".events li").count();
  must(some > 0 && some < all, "fewer events");
  must(/type=ACCUSE.*to=csv/.test(await page.locator(".save a").first().getAttribute("href")), "what is shown is what is saved");
  await page.fill("#filter input[name=actor]", "ईरान");
  await page.press("#filter input[name=actor]", "Enter");
  await page.waitForURL(/actor=IRN/);
  await close(page);
});

await test("a bar of the timeline chooses its time", async () => {
  const page = await open("/");
  const bar = await page.locator("rect.conflict").last().boundingBox();
  await page.mouse.move(bar.x + bar.width / 2, bar.y + 1);
  await page.locator(".tip", { hasText: "conflict" }).waitFor();
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForURL(/since=2025-\d\d-\d\d&until=2025-/);
  await settled(page);
  must(Number(await page.locator(".figure b").first().innerText()) > 0, "events of that time");
  await page.goto(`${base}/?since=yesterday`);
  await settled(page);
  must(await page.locator(".nothing").count() === 1, "nothing, and how to go on");
  must(await page.locator("#filter input[name=since]:invalid").count() === 1, "what is no day");
  await close(page);
});

await test("a relation shows both directions with its outlets", async () => {
  const page = await open("/?view=relation&pair=IRN,ISR");
  must(await page.locator("th", { hasText: "Paper Two" }).count() === 1, "the outlet");
  const all = await page.locator(".events li").count();
  must(all >= 2, "its events");
  await shot(page, "relation");
  await page.locator(".choice button", { hasText: "independent" }).click();
  await page.waitForURL(/reprints=no/);
  await settled(page);
  const first = await page.locator(".events li").count();
  await page.locator(".choice button", { hasText: "reprints" }).click();
  await page.waitForURL(/reprints=only/);
  await settled(page);
  must(first > 0 && first + await page.locator(".events li").count() === all, "reprints apart from what was told first");
  await close(page);
});

await test("an article shows marks, parts, the table line and the tree", async () => {
  const page = await open("/?view=search&type=ACCUSE");
  await page.locator("a[data-link]", { hasText: "Open article" }).first().click();
  await page.waitForURL(/view=article/);
  await settled(page);
  must(await page.locator("mark.trigger").count() > 0 && await page.locator("mark.actor").count() > 0, "marks");
  must(/predicates/.test(await page.locator(".details code").innerText()), "the table line");
  await page.locator("summary", { hasText: "Tree" }).click();
  await page.waitForSelector(".tree .word.trigger");
  await shot(page, "article");
  await page.goto(`${base}/?view=article&doc=a`);
  await page.locator(".text a.mark").first().click();
  must(await page.locator(".chosen [aria-expanded=true]").count() === 1, "a mark in the text opens its event");
  await page.waitForURL(/event=/);
  await close(page);
});

await test("scripts in title, outlet, id, address and text show as text", async () => {
  const page = await open("/?view=search&text=hostileword");
  const text = await page.locator("#main").innerText();
  must(text.includes("<script>alert(1)</script>"), "the outlet as written");
  await page.locator("a[data-link]", { hasText: "Open article" }).first().click();
  await page.waitForSelector(".text");
  must((await page.locator(".page h2").innerText()) === "<img src=x onerror=alert(2)>", "the title as written");
  must(await page.locator(".article a[href^='javascript']").count() === 0, "no script for an address");
  must(await page.locator("main script, main img, main iframe").count() === 0, "no elements of theirs");
  await close(page);
});

await test("Hindi, kept over a visit", async () => {
  const page = await open("/");
  await page.click("#language");
  await page.locator("#tabs a", { hasText: "सार" }).waitFor();
  must(await page.evaluate(() => document.documentElement.lang) === "hi", "lang");
  await page.reload();
  await settled(page);
  must(await page.locator("#tabs a").first().innerText() === "सार", "still Hindi");
  await shot(page, "hindi");
  await close(page);
});

await test("a phone's width needs no sideways scrolling", async () => {
  for (const path of ["/", "/?view=relation&pair=IRN,ISR", "/?view=search", "/?view=article&doc=a"]) {
    const page = await open(path, { viewport: { width: 375, height: 800 } });
    await page.locator("#filter-toggle:visible, .chosen button").first().click();
    for (const summary of await page.locator("main summary").all()) await summary.click();
    must(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} fits`);
    if (path === "/") await shot(page, "phone");
    await close(page);
  }
});

await test("dark by the system's wish", async () => {
  const page = await open("/", { colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  must(paper.match(/\d+/g).every((part) => Number(part) < 60), `dark paper, not ${paper}`);
  await shot(page, "dark");
  await page.click("#theme");
  await page.reload();
  await settled(page);
  must(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme) === "light", "the choice is kept");
  await close(page);
});

await test("with the keyboard alone: skip link, tabs, a knot", async () => {
  const page = await open("/");
  await page.keyboard.press("Tab");
  must(await page.evaluate(() => document.activeElement.className) === "skip", "the skip link comes first");
  await page.locator("#tab-search").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/view=search/);
  await settled(page);
  must(await page.evaluate(() => document.activeElement.id) === "tab-search", "the focus stays on the tab");
  await page.locator("#help").focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  must(await page.evaluate(() => document.activeElement.id) === "help", "and comes back from the help");
  await page.goBack();
  await settled(page);
  await page.locator("svg a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/actor=|country=/);
  await close(page);
});

await test("every field and figure has a name for screen readers", async () => {
  const page = await open("/");
  must(/\d events/.test(await page.locator("#told").textContent()), "what is shown is told");
  const nameless = await page.evaluate(() => [...document.querySelectorAll("input, select, button, svg[role=img], svg a")]
    .filter((one) => !(one.getAttribute("aria-label") || one.closest("label")?.textContent?.trim() || one.textContent?.trim())).length);
  must(nameless === 0, "no nameless part");
  await close(page);
});

await test("a reader's words are shown as they are", async () => {
  const page = await open("/?view=search");
  for (const [query, shown] of [["text=time", "time"], ["text=constructor", "constructor"], ["status=asserted", "asserted"]]) {
    await page.goto(`${base}/?view=search&${query}`);
    await settled(page);
    must(await page.locator("#chips b").innerText() === shown, `the chip of ${query}`);
  }
  await close(page);
});

await test("sums over rows that were cut off say so", async () => {
  const page = await open("/?view=search");
  await page.route("**/api/summary?*by=p*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), more: true } });
  });
  await page.click("#tab-overview");
  await settled(page);
  const notes = (await page.locator(".note").allInnerTexts()).join();
  must(/name a place: at least \d+ of \d+/.test(notes) && /Shown: the \d+ with most/.test(notes), `"at least" in ${notes}`);
  await close(page);
});

await test("an article has all its events, however many", async () => {
  const { rows } = await (await fetch(`${base}/api/events?type=ACCUSE&first=1`)).json();
  const page = await open("/?view=search");
  await page.route("**/api/events?*doc=*", (route) => {
    const skip = Number(new URL(route.request().url()).searchParams.get("skip") ?? 0), length = skip ? 200 : 1000;
    const made = Array.from({ length }, (_, i) => ({ ...rows[0], id: `made${skip + i}` }));
    return route.fulfill({ json: { rows: made, more: !skip } });
  });
  await page.goto(`${base}/?view=article&doc=${encodeURIComponent(rows[0].doc)}`);
  await settled(page);
  must(await page.locator(".chosen li").count() === 1200, "1,200 events");
  await close(page);
});

await test("a map that did not come is asked for again", async () => {
  const page = await open("/?view=search");
  await page.route("**/world.json", (route) => route.abort());
  await page.click("#tab-overview");
  await page.locator("#message.wrong", { hasText: "still running" }).waitFor();
  await page.unroute("**/world.json");
  await page.locator("#main a").click();
  await page.locator("path.land").waitFor();
  await page.context().close();
});

await test("what the server refuses is told", async () => {
  const page = await open("/?view=search");
  await page.fill("#filter input[name=text]", "'\"' (");
  await page.click("#filter button.main");
  await page.locator("#message, .events, #main p").first().waitFor();
  await page.goto(`${base}/?view=article&doc=none`);
  await page.locator("#message.wrong", { hasText: "no such document" }).waitFor();
  await page.route("**/api/**", (route) => route.abort());
  await page.goto(base);
  await page.locator("#message.wrong", { hasText: "still running" }).waitFor();
  await page.context().close();
});

// The policy of the page lets no script in but its own; axe comes in over the debugger.
await test("axe finds nothing, in each view, light and dark", async () => {
  const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const { rows } = await (await fetch(`${base}/api/events?type=ACCUSE&first=1`)).json();
  const event = `/?view=article&doc=${encodeURIComponent(rows[0].doc)}&event=${rows[0].id}`;
  for (const path of ["/?type=ACCUSE", "/?view=relation&pair=IRN,ISR", "/?view=search", event, "/?actor=XXX"])
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(path, { colorScheme, viewport: { width: colorScheme === "dark" ? 390 : 1280, height: 900 } });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      const found = violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 100)}`);
      must(found.length === 0, `nothing on ${path} ${colorScheme}, but: ${found.join("; ")}`);
      await close(page);
    }
});

await browser.close();
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
