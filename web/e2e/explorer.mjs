// Walks the explorer in a real browser, on a server with the samples: each view does what it is for, and axe finds nothing serious in it,
// in both themes and on a telephone.
//
//   node e2e/explorer.mjs URL PROGRAM STORE CURATED
//
// PROGRAM is newsgraph, and loads stories of this walk into STORE, from which the server at URL answers. CURATED is a server with the samples
// too, which takes corrections: what is corrected there is undone again.
// Prints one line a step; on a failure prints one line that says what is wrong, and exits with 1. CHROMIUM names the browser's program;
// STEPS, a regular expression, walks the steps alone whose lines it fits, such as "light 1440: search from anywhere, by keyboard alone".
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const patience = 30_000; // Milliseconds. Two cores may be running every other test meanwhile.
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

class Failure extends Error {}

function check(holds, otherwise) {
  if (!holds) throw new Failure(otherwise);
}

// The page is judged as it stands: no serious finding, nothing wider than the window.
async function judge(page, what) {
  await page.waitForFunction(() => !document.querySelector(".skeleton"));
  // The page's policy lets no script in, which is as it should be; the debugger's evaluation is not bound by it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(
    ({ id, nodes }) =>
      `${id} at ${nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 120))
        .join(" | ")}`,
  );
  check(serious.length === 0, `${what}: ${told.join("; ")}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(over <= 0, `${what}: ${over} pixels wider than the window`);
}

// Loads stories while the server runs, as JSON lines.
function load(...stories) {
  const [, , , program, store] = process.argv;
  const dir = mkdtempSync(join(tmpdir(), "newsgraph-walk-"));
  try {
    const file = join(dir, "stories.jsonl");
    writeFileSync(file, stories.map((story) => `${JSON.stringify(story)}\n`).join(""));
    execFileSync(program, ["load", file, "--store", store], { stdio: "pipe" });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

// A Wednesday that another walk hardly takes, so that what is told of its Monday is an event of its own.
const week = (x) => new Date(Date.UTC(2000, 0, 5) + (x % 1000) * 7 * 86_400_000).toISOString().slice(0, 10);

// What a task costs a reader: each press of the pointer, and each key that does something: Enter, Escape, / that opens the search. Typing is free.
const clicks = {
  async begin(page, base) {
    await page.goto(`${base}/`);
    await page.locator(".events tbody tr").first().waitFor();
    await page.evaluate(() => {
      globalThis.clicks = 0;
      addEventListener("pointerdown", () => globalThis.clicks++, true);
      addEventListener(
        "keydown",
        (event) => {
          const does = event.key === "Enter" || event.key === "Escape" || (event.key === "/" && !event.target.closest("input"));
          if (does) globalThis.clicks++;
        },
        true,
      );
    });
  },
  async end(page, what) {
    const count = await page.evaluate(() => globalThis.clicks);
    check(count <= 6, `${count} clicks`);
    process.stdout.write(`  ${count} clicks: ${what}\n`);
  },
};

// On a telephone the choices of one word cover the others.
async function openWord(page, label) {
  if (page.viewportSize().width < 600) await shut(page);
  await page.getByRole("button", { name: new RegExp(`^${label}:`) }).click();
}

// Types into the word that was opened. The first that is found is chosen by Enter, all of a state by a click.
async function name(page, label, text, all) {
  await openWord(page, label);
  await page.getByRole("combobox", { name: "Search a name" }).fill(text);
  const option = page.getByRole("option", { name: all ?? text }).first();
  await option.waitFor();
  if (all) await option.click();
  else await page.keyboard.press("Enter");
}

async function during(page, from, until) {
  await openWord(page, "When");
  await page.getByLabel("From").fill(from);
  await page.getByLabel("to", { exact: true }).fill(until);
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`from=${from}`));
  await settled(page);
}

async function settled(page) {
  await page.waitForFunction(() => document.querySelector(".found[aria-busy=false]") && !document.querySelector(".skeleton"));
}

async function choose(page, label, role, option) {
  await openWord(page, label);
  if (role === "checkbox" && label === "Did what") await page.getByRole("textbox", { name: "Find an action" }).fill(option);
  await page
    .getByRole(role, { name: option, exact: label === "Did what" })
    .first()
    .check();
}

const seenAs = async (page, way) => {
  await shut(page);
  await page.getByRole("navigation", { name: "Seen as" }).getByRole("link", { name: way, exact: true }).click();
};

// The choices of a word cover what stands below it until Escape closes them.
async function shut(page) {
  if (await page.locator(".choices").count()) await page.keyboard.press("Escape");
}

async function openFirst(page) {
  await shut(page);
  await settled(page);
  await page
    .locator(".events tbody")
    .getByRole("button", { name: /, the sentences$/ })
    .first()
    .click();
}

// What a number opens are the events that it counts, as many and no others. A proof shows no more than twenty.
async function proves(page, number, count, what) {
  await number.click();
  const proof = page.getByRole("complementary", { name: "The proof" });
  const told = proof.locator(":scope > p.faint").first();
  await told.waitFor();
  const opened = Number.parseInt(await told.textContent(), 10);
  check(opened === Math.min(count, 20), `${what} counts ${count} and opens ${opened}`);
  await page.keyboard.press("Escape");
  await proof.waitFor({ state: "detached" });
}

// The tasks of those who read news for a living, from the first page on.
const tasks = {
  async "who condemned whom in October 2023, with sentences"(page) {
    await choose(page, "Did what", "checkbox", "condemn");
    await during(page, "2023-10", "2023-10");
    await openFirst(page);
    await page.locator(".proof mark.says-trigger", { hasText: "condemn" }).first().waitFor();
  },
  async "what the United States, all of it, did to Iran in 2024"(page) {
    await name(page, "Who", "United States", /^all of United States/);
    await name(page, "To whom", "Iran");
    await during(page, "2024", "2024");
    await page.locator(".events tbody tr", { hasText: "Iran" }).filter({ hasText: "United States" }).first().waitFor();
  },
  async "Zelenskyy's timeline, asserted only"(page) {
    await page.keyboard.press("/");
    await page.keyboard.type("zelensky");
    await page.keyboard.press("Enter"); // At once, before anything is found.
    await page.getByRole("heading", { level: 1, name: "Volodymyr Zelenskyy" }).waitFor();
    await seenAs(page, "Timeline");
    await choose(page, "Told how", "checkbox", "told as fact");
    await page.waitForURL(/as=timeline.*told=ASSERTED/);
    await settled(page);
    await page.locator(".timeline li").first().waitFor();
    check((await page.locator(".timeline [class*=modality-]").count()) === 0, "what is not asserted is there");
  },
  async "who accused Russia, and who says so"(page) {
    await choose(page, "Did what", "checkbox", "accuse");
    await name(page, "To whom", "Russia");
    await page.waitForURL(/to=state:RU/);
    await settled(page);
    await openFirst(page);
    await page
      .locator(".proof .evidence", { hasText: /The story says so itself|Says / })
      .first()
      .waitFor();
  },
  async "which weapons were used against Ukraine, by month"(page) {
    await choose(page, "With what", "checkbox", "any weapon");
    await name(page, "To whom", "Ukraine");
    await page.waitForURL(/to=state:UA/);
    await seenAs(page, "Timeline");
    await settled(page);
    await page
      .locator(".timeline section", { has: page.locator("h3") })
      .locator(".kind-WEAPON")
      .first()
      .waitFor();
  },
  async "how Kim Jong Un and Jake Sullivan are connected"(page) {
    await page.getByRole("link", { name: "Between two" }).click();
    await name(page, "The one", "Kim Jong Un");
    await name(page, "The other", "Jake Sullivan");
    await page.locator(".path mark.says-trigger").or(page.getByText("No path within 4 steps.")).first().waitFor();
  },
  async "events in a city, on the map"(page) {
    await name(page, "Where", "Odesa");
    await page.waitForURL(/where=place:odesa/);
    await seenAs(page, "Map");
    await page.locator(".spot").first().waitFor();
    await page.locator(".spot").first().click();
    await page.locator(".proof mark.says-PLACE").first().waitFor();
  },
  async "which events rest on one source"(page) {
    await choose(page, "Sources", "radio", "one source alone");
    await page.waitForURL(/sources=one/);
    await settled(page);
    check((await page.locator(".events .note", { hasText: /^\d+ sources$/ }).count()) === 0, "an event has several sources");
    check((await page.locator(".events tbody tr").count()) > 0, "no event rests on one source");
  },
  async "where sources differ about a death toll"(page) {
    await choose(page, "Sources", "radio", "sources that differ");
    await page.waitForURL(/sources=differ/);
    await page.locator(".events .note", { hasText: "275 to 288 killed" }).waitFor();
    await shut(page);
    await page.getByRole("button", { name: /crash.*, the sentences$/ }).click();
    await page.locator(".proof .evidence", { hasText: "288" }).first().waitFor();
  },
  async "what a story says, sentence by sentence"(page) {
    await page.getByRole("link", { name: "Stories", exact: true }).click();
    await page.locator(".stories a").first().click();
    await page.locator(".text .says-trigger").first().waitFor();
    await page.locator(".text .margin li").first().waitFor();
  },
  async "what a person said about another"(page) {
    await name(page, "Said by", "Joe Biden");
    await name(page, "Involving", "Xi Jinping");
    await page.waitForURL(/involving=person:xi-jinping/);
    await settled(page);
    await openFirst(page);
    await page.locator(".proof .evidence", { hasText: "Says" }).first().waitFor();
  },
  async "all of a view as CSV"(page) {
    await page.getByText("Take away").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /as CSV$/ }).click();
    const rows = readFileSync(await (await download).path(), "utf8")
      .trim()
      .split("\r\n");
    check(rows.length > 200, `${rows.length} rows are not all`);
  },
};

const steps = {
  async "a question is asked word by word, and each event opens its sentence"(page, base) {
    await page.goto(`${base}/?as=banana`);
    await page.getByText("The link also asks for as=banana, which means nothing here").waitFor();
    await page.goto(`${base}/`);
    await page.locator(".events tbody tr").first().waitFor();
    await page.getByText(/^The newest 25 of [\d,]+ events( or more)?\.$/).waitFor();
    await page.getByRole("button", { name: /^Did what:/ }).click();
    await page.getByRole("textbox", { name: "Find an action" }).fill("condemn");
    await page.getByRole("checkbox", { name: "condemn", exact: true }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^When:/ }).click();
    await page.getByLabel("From").fill("2023-10");
    await page.getByLabel("to", { exact: true }).fill("2023-10");
    await page.keyboard.press("Enter");
    await page.waitForURL(/did=condemn.*from=2023-10/);
    await page.keyboard.press("Escape");
    await settled(page);
    // Which events there are is the reader's business; each has who did it and the word that tells it, marked in its sentence.
    const row = page.locator(".events tbody tr", { has: page.locator("td:nth-child(2) a") }).first();
    await row.getByRole("button", { name: /, the sentences$/ }).click();
    const proof = page.getByRole("complementary", { name: "The proof" });
    await proof
      .locator("mark.says-trigger", { hasText: /condemn/i })
      .first()
      .waitFor();
    check((await proof.locator("mark.says-SOURCE").first().textContent()).trim() !== "", "the sentence does not mark who");
    const link = page.url();
    await judge(page, "table and proof");
    await page.keyboard.press("Escape");
    await proof.waitFor({ state: "detached" });
    await page.goto(link);
    await proof.locator("mark.says-trigger").waitFor();
  },
  async "another page begins at its heading"(page, base) {
    const begins = (text) =>
      page.waitForFunction(
        (text) => document.activeElement.matches("main h1") && (!text || document.activeElement.textContent === text),
        text,
      );
    await page.goto(`${base}/`);
    await settled(page);
    check(await page.evaluate(() => document.activeElement === document.body), "the first page takes the focus");
    await page.getByRole("link", { name: "Stories", exact: true }).focus();
    await page.keyboard.press("Enter");
    await begins("Stories");
    const story = page.locator(".stories a").first();
    const headline = await story.textContent();
    await story.click();
    await begins(headline);
    await page.locator(".text .margin button").first().click();
    await page.locator(".proof h3 a").click();
    await page.waitForURL(/\/event\//);
    await begins();
    // What opens with a page keeps the focus.
    await page.goBack();
    await page.locator(".proof mark.says-trigger").first().waitFor();
    await page.locator(".text .mention").first().waitFor();
    check(await page.evaluate(() => document.activeElement.id === "proof-heading"), "the page takes the focus from its proof");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("zelensky");
    await page.keyboard.press("Enter");
    await begins("Volodymyr Zelenskyy");
  },
  async "search from anywhere, by keyboard alone"(page, base) {
    await page.goto(`${base}/stories`);
    await page.getByRole("heading", { name: "Stories" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("zelensky");
    await page
      .getByRole("option", { name: /Volodymyr Zelenskyy/ })
      .first()
      .waitFor();
    await judge(page, "search");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Volodymyr Zelenskyy" }).waitFor();
    await page.keyboard.press("Control+k");
    await page
      .getByRole("option", { name: /Volodymyr Zelenskyy/ })
      .first()
      .waitFor(); // Recent.
    await page.keyboard.press("Escape");
  },
  async "search forgives a spelling, and tells where the words stand in stories"(page, base) {
    await page.goto(`${base}/stories`);
    await page.getByRole("heading", { name: "Stories" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("Guterrez");
    await page.getByText("Did you mean").waitFor();
    await page.getByRole("option", { name: /Antonio Guterres/ }).waitFor();
    await page.getByRole("combobox").fill("missile");
    await page
      .locator(".option mark", { hasText: /missile/i })
      .first()
      .waitFor();
    const all = await page.locator(".option .passage").count();
    await page.getByRole("group", { name: "Only stories of" }).getByRole("button").first().click();
    await page.waitForFunction((all) => document.querySelectorAll(".option .passage").length < all, all);
    await judge(page, "what a search finds");
  },
  async "an entity's page needs one round trip, and its months filter the table"(page, base) {
    const asked = [];
    const note = (request) => request.url().endsWith("/graphql") && asked.push(request.postDataJSON().query);
    page.on("request", note);
    await page.goto(`${base}/entity/state:RU`);
    await page.locator(".events tbody tr").first().waitFor();
    page.off("request", note);
    check(asked[0].includes("query EntityPage"), `asked first: ${asked[0].slice(0, 40)}`);
    check(!asked.some((query) => /query (Events|Months)\b/.test(query)), "the table was asked for apart");
    await judge(page, "entity");
    const before = await page.locator(".events tbody tr").count();
    await page
      .locator(".columns button")
      .filter({ has: page.locator(".bar") })
      .first()
      .click();
    await page.waitForURL(/from=\d{4}-\d\d&until=\d{4}-\d\d/);
    await page.waitForFunction((before) => document.querySelectorAll(".events tbody tr").length < before, before);
    await page.locator(".relations a.tie").first().click();
    await page.locator(".proof mark.says-trigger").first().waitFor();
  },
  async "what somebody said, about whom and to whom"(page, base) {
    await page.goto(`${base}/entity/person:xi-jinping`);
    const said = page.locator(".statements li").filter({ hasText: "Xi told Biden" });
    await said.getByText(/Reported, to .*Joe Biden.*, about .*Taiwan/).waitFor();
    await said.locator(".storyline a").click();
    await page.waitForURL(/\/story\//);
  },
  async "a network expands, goes back, and is a table too"(page, base) {
    await page.goto(`${base}/entity/state:UA?as=network`);
    await page.locator("[data-laid]").waitFor();
    const rows = page.locator(".network tbody tr");
    const before = await rows.count();
    await rows.getByRole("button", { name: "Russia", exact: true }).first().click();
    await page.getByRole("button", { name: "Expand" }).click();
    await page.waitForFunction((before) => document.querySelectorAll(".network tbody tr").length > before, before);
    await judge(page, "network");
    // What is hidden in the rows of a table that scrolls makes the page no longer than what is seen.
    const below = await page.evaluate(
      () => document.documentElement.scrollHeight - document.querySelector("main").getBoundingClientRect().bottom - scrollY,
    );
    check(below <= 1, `the page goes on for ${below} pixels below its end`);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction((before) => document.querySelectorAll(".network tbody tr").length === before, before);
    await rows
      .getByRole("button", { name: /the sentences$/ })
      .first()
      .click();
    await page.locator(".proof mark.says-trigger").first().waitFor();
  },
  async "a timeline, an event, and the story that tells it"(page, base) {
    await page.goto(`${base}/?as=timeline&did=condemn`);
    await page.locator(".timeline button").first().click();
    await judge(page, "timeline");
    await page.locator(".proof h3 a").click();
    await page.getByRole("heading", { name: /^What says so/ }).waitFor();
    await judge(page, "event");
    await page.locator(".reports .storyline a").first().click();
    await page.locator(".text .mention").first().click();
    await page.locator(".walk").waitFor();
    await judge(page, "story");
  },
  async "a state is rolled up, and claims are taken apart from facts"(page, base) {
    const rows = async () => {
      await page.waitForFunction(() => document.querySelector(".found[aria-busy=false]"));
      return page.locator(".events tbody tr").count();
    };
    await page.goto(`${base}/?who=state:US&rows=100`);
    const alone = await rows();
    await page.getByRole("button", { name: /^Who:/ }).click();
    await page.getByRole("checkbox", { name: /^with its government/ }).check();
    await page.waitForURL(/all=who/);
    await page.keyboard.press("Escape");
    await page.goto(`${page.url()}&rows=100`);
    check((await rows()) > alone, "all of the United States does no more than the state alone");
    await page.goto(`${base}/`);
    await page.getByRole("button", { name: /^Claims:/ }).click();
    await page.getByRole("radio", { name: /^claims alone/ }).check();
    await page.waitForURL(/claims=only/);
    await page.keyboard.press("Escape");
    await page.locator(".events tbody tr.claim").first().waitFor();
    await page.waitForFunction(() => document.querySelector(".found[aria-busy=false]"));
    const unnamed = await page.locator(".events tbody tr").filter({ hasNotText: "claim of" }).count();
    check(unnamed === 0, `${unnamed} claims name nobody who says so`);
  },
  async "a heat map's field opens its sentences"(page, base) {
    await page.goto(`${base}/?as=heat`);
    await page.locator(".heat td button").first().waitFor();
    await judge(page, "heat map");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "PNG", exact: true }).click();
    check(
      readFileSync(await (await download).path())
        .subarray(1, 4)
        .toString() === "PNG",
      "the PNG of the heat map is none",
    );
    await page.locator(".heat td button").first().click();
    await page.locator(".proof mark.says-trigger").first().waitFor();
  },
  async "a heat map's numbers on a page about somebody are of him"(page, base) {
    await page.goto(`${base}/entity/state:RU?as=heat`);
    // Those of others, who did more to each other than he has a part in.
    const fields = page.locator('.heat td button:not([title*="Russia"])');
    await fields.first().waitFor();
    for (const field of (await fields.all()).slice(0, 12)) {
      const [title, count] = [
        await field.getAttribute("title"),
        (await field.textContent()).split("+").reduce((sum, part) => sum + Number(part), 0),
      ];
      await proves(page, field, count, title);
    }
  },
  async "what is related and what is only claimed opens as many events as it counts"(page, base) {
    // One of these condemned the other as a fact and, at another time, as somebody says.
    load(
      { publisher: "Walk", headline: "Peru and Bolivia", published: "2021-06-09", text: "Peru condemned Bolivia on Monday." },
      { publisher: "Walk", headline: "Mali speaks", published: "2021-08-11", text: "Mali said Peru condemned Bolivia on Monday." },
    );
    for (const id of ["state:PE", "state:US"]) {
      await page.goto(`${base}/entity/${id}`);
      const lines = page.locator(".relations a.tie");
      await lines.first().waitFor();
      for (const line of await lines.all()) {
        const text = await line.textContent();
        await proves(page, line, Number(/×(\d+)/.exec(text)?.[1] ?? 1), `${id}: ${text}`);
      }
    }
  },
  async "a network's numbers open as many events as they count, also where a name was expanded"(page, base) {
    // What Uruguay did to Chile it did with Paraguay, and once alone.
    load(
      { publisher: "Walk", headline: "Two and Chile", published: "2021-06-09", text: "Paraguay and Uruguay condemned Chile on Monday." },
      { publisher: "Walk", headline: "Uruguay and Chile", published: "2021-08-11", text: "Uruguay condemned Chile on Monday." },
    );
    await page.goto(`${base}/?who=state:PY&as=network`);
    await page.locator("[data-laid]").waitFor();
    const rows = page.locator(".network tbody tr");
    const numbers = async () => {
      for (const deed of (await rows.getByRole("button", { name: /the sentences$/ }).all()).slice(0, 30)) {
        const text = await deed.textContent();
        await proves(page, deed, Number(/×(\d+)/.exec(text)?.[1] ?? 1), text);
      }
    };
    await numbers();
    await rows.getByRole("button", { name: "Chile", exact: true }).first().click();
    await page.getByRole("button", { name: "Expand" }).click();
    await rows.filter({ hasText: "×2" }).first().waitFor();
    await numbers();
  },
  async "a map's places open their sentences, by hand and by keys, and are a table too"(page, base) {
    await page.goto(`${base}/?as=map`);
    await page.locator("[data-drawn]").waitFor();
    await page.locator(".spot").first().waitFor();
    await judge(page, "map");
    const proof = page.getByRole("complementary", { name: "The proof" });
    const row = page.locator(".map tbody tr").first();
    const name = /in (.*), the sentences$/.exec(await row.locator("button").first().textContent())[1];
    await row.locator("button").first().click();
    await proof.locator("mark.says-PLACE", { hasText: name }).first().waitFor();
    await page.keyboard.press("Escape");
    await proof.waitFor({ state: "detached" });
    // Closer by keys alone: what stood together is told apart, and Enter opens it.
    const places = async () => (await page.locator(".spot").all()).length;
    const map = page.getByRole("group", { name: /^Map of/ });
    const far = await places();
    await map.focus();
    for (let at = 0; at < 9; at++) await page.keyboard.press("+");
    check((await places()) > far, "nothing that was gathered came apart");
    const before = await page.locator(".spot").first().getAttribute("style");
    await page.keyboard.press("ArrowLeft");
    check((await page.locator(".spot").first().getAttribute("style")) !== before, "an arrow does not move the map");
    await page.keyboard.press("0");
    check((await places()) === far, "0 does not show all again");
    await page.locator(".spot").first().focus();
    await page.keyboard.press("Enter");
    await proof.locator("mark.says-PLACE").first().waitFor();
    await page.keyboard.press("Escape");
    const take = async (name) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name, exact: true }).click();
      return readFileSync(await (await download).path());
    };
    check((await take("PNG")).subarray(1, 4).toString() === "PNG", "the PNG of the map is none");
    check((await take("SVG")).toString().includes("<circle"), "the SVG is not the map that is seen");
    // The same filters as every other view, and an event knows where it was.
    await page.goto(`${base}/entity/place:pyongyang?as=map`);
    await page.locator(".spot").first().waitFor();
    await page.locator(".spot").first().click();
    await proof.locator("h3 a").first().click();
    await page.locator(".facts [data-drawn] .spot").first().waitFor();
    await judge(page, "event with a map");
    await page.goto(`${base}/?as=map&did=congratulate`);
    await page.getByText(/tells where it happened/).waitFor();
  },
  async "all as it was known on a day, and back to now"(page, base) {
    await page.goto(`${base}/`);
    await page.locator(".events tbody tr").first().waitFor();
    const asked = [];
    const note = (request) => request.url().endsWith("/graphql") && asked.push(request.postDataJSON());
    page.on("request", note);
    await page.getByRole("button", { name: /^When:/ }).click();
    await page.getByLabel("as known on").fill("2001-01-01");
    await page.getByRole("button", { name: "Look back" }).click();
    await page.waitForURL(/as-of=2001-01-01/);
    await page.getByText(/^As known on 1 Jan/).waitFor();
    await page.getByText("No story tells this.").waitFor();
    await judge(page, "the past");
    // A link leads on in the same past, and every question is of it.
    await page.getByRole("link", { name: "Stories", exact: true }).click();
    await page.waitForURL(/stories\?as-of=2001-01-01/);
    await page.getByText(/^As known on 1 Jan/).waitFor();
    await page.waitForFunction(() => !document.querySelector(".skeleton"));
    page.off("request", note);
    const now = asked.filter(({ query, variables }) => query.includes("$asOf") && variables.asOf !== "2001-01-01T23:59:59Z");
    check(asked.length > 0 && now.length === 0, `asked of now: ${now[0]?.query.slice(0, 40)}`);
    await page.getByRole("link", { name: "Back to now" }).click();
    await page.locator(".stories a").first().waitFor();
    check(!page.url().includes("as-of"), "the past is not left");
  },
  async "a network of the past has no tie that came later, and who comes back to now is told of nothing new"(page, base) {
    const ties = async () => {
      await page.locator("[data-laid]").waitFor();
      return page.locator(".network tbody tr").allTextContents();
    };
    const back = async (address) => {
      await page.goto(`${base}${address}`);
      const now = await ties();
      await openWord(page, "When");
      await page.getByLabel("as known on").fill("2022-12-31");
      await page.getByRole("button", { name: "Look back" }).click();
      await page.getByText(/^As known on 31 Dec/).waitFor();
      await settled(page);
      const then = await ties();
      check(then.length > 0 && then.length < now.length, `${address}: of ${now.length} ties ${then.length} are of then`);
      await page.reload();
      const anew = await ties();
      check(
        then.toSorted().join() === anew.toSorted().join(),
        `${address}: ${then.length} ties of then, and ${anew.length} on a page that begins there`,
      );
    };
    await back("/entity/state:UA?as=network");
    await back("/?as=network&to=state:UA");
    // Two looks, for what the first brings is drawn when the second is answered.
    const look = async () => {
      for (let at = 0; at < 2; at++) {
        const counted = page.waitForResponse((answer) => answer.request().postData()?.includes("query Total"));
        await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
        await counted;
      }
    };
    await page.goto(`${base}/?to=state:UA`);
    await settled(page);
    await look();
    await openWord(page, "When");
    await page.getByLabel("as known on").fill("2022-12-31");
    await page.getByRole("button", { name: "Look back" }).click();
    await page.getByText(/^As known on 31 Dec/).waitFor();
    await settled(page);
    await look();
    await page.getByText("Take away").click();
    await page.getByRole("button", { name: "Copy as Cypher, of now" }).click();
    await page.getByText("Cypher copied.").waitFor();
    check(
      (await page.evaluate(() => navigator.clipboard.readText())).startsWith("// Asks of now"),
      "the Cypher does not say that it asks of now",
    );
    await page.goBack();
    await page.getByText(/^As known on/).waitFor({ state: "detached" });
    await settled(page);
    await look();
    check((await page.getByRole("button", { name: /new events?: show$/ }).count()) === 0, "what was loaded all along is told as new");
  },
  async "between two, and how they are connected"(page, base) {
    await page.goto(`${base}/between`);
    await page.getByText("Pick two").waitFor();
    await judge(page, "between nobody");
    await page.goto(`${base}/between?a=state:RU&b=state:UA&all=a&all=b`);
    await page.locator(".events tbody tr").first().waitFor();
    await page.locator(".path mark.says-trigger").first().waitFor();
    await judge(page, "between");
    await page.locator(".path p:nth-of-type(2) > a").first().click();
    await page.locator(".proof mark.says-trigger").first().waitFor();
    // Of the two no count differs, whatever differs between others.
    await page.goto(`${base}/between?a=state:RU&b=state:UA&all=a&all=b&sources=differ`);
    await page.getByText("No event is counted differently by its reports.").waitFor();
    await page.goto(`${base}/between?a=state:RU&b=state:UA&words=zzzzzz`);
    await page.getByText("No path within 4 steps.").waitFor();
  },
  async "where reports differ, the event says so first"(page, base) {
    await page.route("**/graphql", async (route) => {
      const answer = await route.fetch();
      const json = await answer.json();
      const event = json.data?.event;
      if (event?.reports.edges[0]?.node.story) {
        const { node: report } = event.reports.edges[0];
        const told = [12, 15].map((low) => ({ low, high: low, text: `${low} people`, report: { ...report, id: `${report.id}-${low}` } }));
        event.conflicts = [{ of: "killed", low: 12, high: 15, told }];
      }
      await route.fulfill({ response: answer, json });
    });
    await page.goto(`${base}/?as=timeline&did=condemn`);
    await page.locator(".timeline button").first().click();
    await page.locator(".proof h3 a").click();
    await page.getByText("The reports differ: 12 to 15 killed.").waitFor();
    await judge(page, "conflict");
    await page.unroute("**/graphql");
  },
  async "a view is saved, and a network is taken away as a picture"(page, base) {
    await page.goto(`${base}/entity/state:UA?as=network`);
    await page.locator("[data-laid]").waitFor();
    const take = async (name) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name, exact: true }).click();
      return readFileSync(await (await download).path());
    };
    check((await take("PNG")).subarray(1, 4).toString() === "PNG", "the PNG is none");
    const svg = (await take("SVG")).toString();
    check(svg.startsWith("<svg") && svg.includes(">Ukraine<"), "the SVG is not what is seen");
    await page.getByText("Take away").click();
    await page.getByLabel("A name for this view").fill("Around Ukraine");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.goto(`${base}/`);
    await page.getByText("Saved", { exact: true }).click();
    await judge(page, "saved views");
    await page.getByRole("link", { name: "Around Ukraine" }).click();
    await page.waitForURL(/entity\/state:UA\?as=network/);
  },
  async "nothing found, nobody known, a server that is gone: each says what to do"(page, base) {
    await page.goto(`${base}/?words=zzzzzz`);
    await page.getByText("No story tells this.").waitFor();
    await page.goto(`${base}/entity/state:ZZ`);
    await page
      .getByText(/search for the name|Search for the name/i)
      .first()
      .waitFor();
    await page.goto(`${base}/nowhere/at/all`).catch(() => {});
    await page.route("**/graphql", (route) => route.abort());
    await page.goto(`${base}/`);
    await page.getByText("The server does not answer.").waitFor();
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".events tbody tr").first().waitFor();
  },
  async "who may not correct is told whom to ask, and how the right is given"(page, base) {
    await page.goto(`${base}/entity/state:KP`);
    const link = page.getByRole("link", { name: /^Correct North Korea/ });
    await link.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "This server takes no corrections" }).waitFor();
    await page.getByText("newsgraph keys add NAME --scope curate").waitFor();
    await page.getByText("newsgraph serve --curate").waitFor();
    await judge(page, "no right to correct");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    check(await link.evaluate((link) => link === document.activeElement), "the focus does not go back to where it was");
    await page.goto(`${base}/corrections`);
    await page.getByText("Nobody corrected anything yet.").waitFor();
    await judge(page, "corrections of nobody");
  },
  async "what is seen is taken away as CSV"(page, base) {
    await page.goto(`${base}/?who=state:RU`);
    await page.getByText("Take away").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /as CSV$/ }).click();
    const text = readFileSync(await (await download).path(), "utf8");
    check(text.startsWith("id,from,to") && text.includes("Russia"), "the CSV is not what is seen");
  },
  async "what is seen is taken away as GraphML, Cypher, curl, and a citation"(page, base) {
    await page.goto(`${base}/?who=state:RU&from=2022`);
    await page.getByText("Take away").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /as GraphML$/ }).click();
    const text = readFileSync(await (await download).path(), "utf8");
    const root = await page.evaluate((text) => new DOMParser().parseFromString(text, "text/xml").documentElement.nodeName, text);
    check(root === "graphml" && text.includes('<node id="state:RU">'), `the GraphML is not what is seen: ${root}`);
    await judge(page, "take away");
    const copied = async (button, told) => {
      await button.click();
      await page.getByText(told).waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const cypher = await copied(page.getByRole("button", { name: "Copy as Cypher" }), "Cypher copied.");
    check(cypher.startsWith("MATCH (e:Event)") && cypher.includes("'state:RU'") && cypher.includes("'2022-01-01'"), "the Cypher asks else");
    await page.getByText("Take away").click();
    await page.locator(".events .did button").first().click();
    const proof = page.getByRole("complementary", { name: "The proof" });
    const sentence = (await proof.locator("blockquote").first().textContent()).trim();
    const citation = await copied(proof.getByRole("button", { name: "Copy the citation" }).first(), "The citation copied.");
    check(citation.includes(`“${sentence}”`) && citation.includes(`${base}/story/`), `cited: ${citation}`);
    await page.goto(`${base}/entity/state:UA?as=network`);
    await page.locator("[data-laid]").waitFor();
    const network = page.waitForEvent("download");
    await page.getByRole("button", { name: "GraphML", exact: true }).click();
    check(readFileSync(await (await network).path(), "utf8").includes('source="state:UA"'), "the GraphML is not the network that is seen");
  },
};

for (const [what, task] of Object.entries(tasks))
  steps[`task: ${what}`] = async (page, base) => {
    await clicks.begin(page, base);
    await task(page);
    await clicks.end(page, what);
  };

Object.assign(steps, {
  async "a story tells what was left uncoded, and why"(page, base) {
    await page.goto(`${base}/stories`);
    await page.locator(".stories a").first().click();
    await page.locator(".text .margin li").first().waitFor();
    check((await page.locator(".text .left").count()) === 0, "it tells unasked");
    await page.getByRole("button", { name: "left uncoded, and why" }).click();
    const left = page.locator(".text .left", { hasText: "saying is no event" }).first();
    const said = /“(.+?)”/.exec(await left.textContent())[1];
    await page.locator(".text p .says-uncoded", { hasText: said }).first().waitFor();
    await judge(page, "uncoded");
    await page.getByRole("button", { name: "left uncoded, and why" }).click();
    await page.locator(".text .left").first().waitFor({ state: "detached" });
  },
  async "the words that stories are sought by are those of the address, there and back"(page, base) {
    await page.goto(`${base}/stories`);
    const words = page.getByRole("textbox", { name: "Words of the headline or the text" });
    const holds = (text) => page.waitForFunction((text) => document.querySelector("main form input").value === text, text);
    await words.fill("navalny");
    await page.keyboard.press("Enter");
    await page.waitForURL(/words=navalny/);
    check(await words.evaluate((input) => input === document.activeElement), "who sends the words loses the field");
    await page.goBack();
    await holds("");
    await page.goForward();
    await holds("navalny");
  },
  async "versions of a story, and what changed"(page, base) {
    const version = { url: "https://example.org/bridge", publisher: "Walk", published: "2021-05-03" };
    load(
      {
        ...version,
        headline: "Three hurt as bridge falls",
        text: "Norway condemned Chad on Monday. Three people were hurt.",
        updated: "2021-05-03T08:00:00Z",
      },
      {
        ...version,
        headline: "Five hurt as bridge falls",
        text: "Norway condemned Chad on Monday. Five people were hurt, one badly.",
        updated: "2021-05-03T12:00:00Z",
      },
    );
    await page.goto(`${base}/stories?words=bridge`);
    await page.getByRole("link", { name: "Five hurt as bridge falls" }).click();
    await page.getByRole("link", { name: "What changed" }).click();
    await page.locator(".changed .words del", { hasText: "Three" }).waitFor();
    await page.locator(".changed .words ins", { hasText: "one badly" }).waitFor();
    await page.locator(".changed h2 ins", { hasText: "Five" }).waitFor();
    await judge(page, "what changed");
    await page.getByRole("link", { name: "Back to the text" }).click();
    await page.locator(".text .mention").first().waitFor();
    await page.getByRole("link", { name: /^The version of/ }).click();
    await page.getByText("A later version took its place").waitFor();
    await judge(page, "former version");
  },
  async "what is loaded meanwhile is shown when asked for, and is new until the next visit"(page, base) {
    const question = `${base}/?who=state:NO&to=state:TD`;
    await page.goto(question);
    await settled(page);
    const rows = page.locator(".events tbody tr");
    await rows.first().waitFor();
    // The page has counted once, so that it can tell what comes after.
    await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/graphql`).length > 0);
    await page.waitForLoadState("networkidle");
    const [before, x] = [await rows.count(), Date.now()];
    load({
      publisher: "Walk",
      headline: `Talks ${x}`,
      published: week(x),
      text: `Norway criticised Chad on Tuesday over fish ${x}.`,
    });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const bar = page.getByRole("button", { name: /new events?: show$/ });
    await bar.waitFor();
    check((await rows.count()) === before, "something moved unasked");
    await judge(page, "new events");
    await bar.click();
    await page.waitForFunction((before) => document.querySelectorAll(".events tbody tr").length > before, before);
    await rows.locator(".note.new").first().waitFor();
    check((await rows.locator(".note.new").count()) < (await rows.count()), "what was there is new");
    // Another visit, in another tab of the same browser: nothing is new, until something is.
    const later = await page.context().newPage();
    await later.goto(question);
    await settled(later);
    check((await later.locator(".note.new").count()) === 0, "what was seen is new");
    load({
      publisher: "Walk",
      headline: `More talks ${x}`,
      published: week(x),
      text: `Norway praised Chad on Monday over fish ${x}.`,
    });
    const last = await page.context().newPage();
    await last.goto(question);
    await last.getByText(/ new since /).waitFor();
    await last.locator(".events tbody .note.new").first().waitFor();
    await later.close();
    await last.close();
  },
});

// Corrects what stands in the dialog, and waits until the page tells that it was done.
async function correct(page, button) {
  const dialog = page.locator("dialog.correcting");
  await dialog.getByLabel(/^Why/).fill("As the desk's style book has it.");
  await dialog.getByLabel("Who says so").fill("Ada Smith");
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  // Who hears the page is told too.
  await page.waitForFunction(() => document.activeElement?.className === "told");
}

async function undo(page) {
  await page.locator(".told").getByRole("button", { name: "Undo" }).click();
  await page.locator(".told", { hasText: "Undone" }).waitFor();
  await page.getByRole("button", { name: "Close what was corrected" }).click();
}

const will = (page) => page.locator(".correcting .will");

const curated = {
  async "an entity is renamed by keys alone, and what the page shows follows, and goes back"(page, base) {
    await page.goto(`${base}/entity/state:KP`);
    const heading = (name) => page.getByRole("heading", { level: 1, name, exact: true });
    await heading("North Korea").waitFor();
    await page.locator(".title .correct").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Correct North Korea" }).waitFor();
    await judge(page, "the form of an entity");
    await page.getByRole("radio", { name: /^Another entity/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type("The North");
    await page.waitForFunction(() =>
      /“North Korea” is called “The North” everywhere, in \d+ stor/.test(document.querySelector(".will")?.textContent),
    );
    await page.keyboard.press("Tab");
    await page.keyboard.type("So says the style book.");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ada Smith");
    await page.keyboard.press("Enter");
    await heading("The North").waitFor();
    await page.locator(".events td", { hasText: "The North" }).first().waitFor();
    await page.locator(".history li", { hasText: "So says the style book." }).first().waitFor();
    await judge(page, "an entity that was corrected");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await heading("North Korea").waitFor();
    await page.locator(".told", { hasText: "Undone" }).waitFor();
    await page.getByRole("button", { name: "Close what was corrected" }).click();
  },
  async "an entity is of another kind"(page, base) {
    await page.goto(`${base}/entity/person:jake-sullivan?correct=person:jake-sullivan`);
    await page.getByRole("radio", { name: "It is no person" }).check();
    await page.getByRole("combobox", { name: "What it is" }).selectOption("ORGANISATION");
    await will(page)
      .getByText(/is no person but an organisation/)
      .waitFor();
    await correct(page, "Change what it is");
    await page.locator(".title .kind-ORGANISATION").waitFor();
    await undo(page);
    await page.locator(".title .kind-PERSON").waitFor();
  },
  async "two entities are one, and the page goes to the one that stays"(page, base) {
    await page.goto(`${base}/entity/person:jake-sullivan?correct=person:jake-sullivan`);
    await page.getByRole("combobox", { name: /^Who is the same/ }).fill("Dmitry Peskov");
    await page.getByRole("option", { name: /Dmitry Peskov/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("radio", { name: "Dmitry Peskov" }).check();
    await will(page)
      .getByText(/^“Jake Sullivan” becomes another name of “Dmitry Peskov”: \d+ events? told as news, \d+ stor/)
      .waitFor();
    await correct(page, "Merge");
    await page.waitForURL(/entity\/person:dmitry-peskov/);
    await page.locator(".title", { hasText: /Also .*Jake Sullivan/ }).waitFor();
    await page.goto(`${base}/entity/person:jake-sullivan`);
    await page.locator(".history", { hasText: /Merged: jake sullivan into Dmitry Peskov/ }).waitFor();
    await judge(page, "an entity that is gone");
    await page.locator(".history").getByRole("link", { name: /^Undo/ }).click();
    await correct(page, "Undo it");
    await page.getByRole("heading", { level: 1, name: "Jake Sullivan" }).waitFor();
  },
  async "an event is hidden, and comes back later"(page, base) {
    await page.goto(`${base}/?did=condemn`);
    await page.locator(".events .did button").first().click();
    await page.locator(".proof h3 a").first().click();
    await page.getByRole("heading", { name: /^What says so/ }).waitFor();
    const title = await page.locator("h1").textContent();
    await page.locator(".title .correct").click();
    await will(page)
      .getByText(/^This hides 1 event, told by \d+ stor(y|ies) in \d+ reports?\.$/)
      .waitFor();
    await judge(page, "the form of an event");
    await correct(page, "Hide it");
    await page.getByRole("heading", { name: "No such event" }).waitFor();
    await judge(page, "an event that is hidden");
    await page.getByRole("button", { name: "Close what was corrected" }).click();
    await page.locator(".history").getByRole("link", { name: /^Undo/ }).click();
    await correct(page, "Undo it");
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.locator(".history", { hasText: "Undone: Hidden" }).waitFor();
  },
  async "an event has another date, and another action, and the page goes with it"(page, base) {
    await page.goto(`${base}/?did=condemn`);
    await page.locator(".events .did button").first().click();
    await page.locator(".proof h3 a").first().click();
    await page.getByRole("heading", { name: /^What says so/ }).waitFor();
    await page.locator(".title .correct").click();
    await page.getByRole("radio", { name: /^It was not/ }).check();
    await page.getByLabel("When it was").fill("2021-02-30");
    await page.getByText("The calendar has no such day.").waitFor();
    check(await page.getByRole("button", { name: "Change the date" }).isDisabled(), "a day that is none can be sent");
    await page.getByLabel("When it was").fill("2021-03");
    await will(page)
      .getByText(/: it was March 2021\./)
      .waitFor();
    await correct(page, "Change the date");
    await page.locator(".title", { hasText: "March 2021" }).waitFor();
    await page.locator(".title .correct").click();
    await page.getByRole("radio", { name: "It is not “condemn”" }).check();
    await page.getByLabel("What was done").selectOption("praise");
    await correct(page, "Change the action");
    await page.locator(".facts dd", { hasText: "praise" }).waitFor();
    await page.locator(".history li", { hasText: "Of another kind" }).getByRole("link", { name: /^Undo/ }).click();
    await correct(page, "Undo it");
    await page.goto(`${base}/corrections?kind=REDATE&by=ada`);
    await page.locator(".log li").first().getByRole("link", { name: /^Undo/ }).click();
    await correct(page, "Undo it");
    await page.locator(".log li.undone").first().waitFor();
    check((await page.locator(".log li", { hasNotText: "Redated" }).count()) === 0, "corrections of other kinds are among the redated");
  },
  async "a wrong report is left out where its sentence is read"(page, base) {
    await page.goto(`${base}/?did=condemn`);
    await page.waitForFunction(() => document.querySelector(".found[aria-busy=false]"));
    // There may be more of them than a page shows, so that another takes its row.
    const before = await page.locator(".events tbody tr").first().textContent();
    await page.locator(".events .did button").first().click();
    const proof = page.getByRole("complementary", { name: "The proof" });
    await proof.locator("li.evidence").first().waitFor();
    await page.waitForLoadState("networkidle"); // all of its reports are there
    const reports = await proof.locator("li.evidence").count();
    await proof
      .getByRole("link", { name: /Correct this report/ })
      .first()
      .click();
    await will(page)
      .getByText(/^This leaves out 1 report/)
      .waitFor();
    await correct(page, "Leave it out");
    await page.waitForFunction((reports) => document.querySelectorAll(".proof li.evidence").length === reports - 1, reports);
    if (reports === 1) await page.waitForFunction((before) => document.querySelector(".events tbody tr").textContent !== before, before);
    await undo(page);
    await page.waitForFunction((reports) => document.querySelectorAll(".proof li.evidence").length === reports, reports);
    await page.waitForFunction((before) => document.querySelector(".events tbody tr").textContent === before, before);
  },
  async "in one story a name means another, and its reading is pinned"(page, base) {
    await page.goto(`${base}/stories`);
    await page.locator(".stories a").first().click();
    const mention = page.locator(".mention.kind-PERSON").first();
    const name = (await mention.getAttribute("title")).replace(/, person$/, "");
    await mention.click();
    await page.locator(".walk .correct").click();
    await page.getByLabel(/^What the other is called/).fill(`${name} (namesake)`);
    await will(page).getByText(`“${name}” is “${name} (namesake)”.`).waitFor();
    await judge(page, "the form of a name in a story");
    await correct(page, "Tell them apart");
    await page.locator(`.mention.kind-PERSON[title^="${name} (namesake)"]`).first().waitFor();
    await undo(page);
    await page.locator(`.mention.kind-PERSON[title^="${name},"]`).first().waitFor();
    await page.locator(".title .correct").click();
    await will(page)
      .getByText(/^The reading of this story stays as it is now, with its \d+ reports?/)
      .waitFor();
    await correct(page, "Pin it");
    await page.locator(".history li", { hasText: "Pinned" }).first().waitFor();
    await judge(page, "a story that is pinned");
    await undo(page);
    await page.locator(".history li.undone", { hasText: "Pinned" }).first().waitFor();
  },
  async "all corrections, by kind and author"(page, base) {
    await page.goto(`${base}/`);
    await page.getByRole("link", { name: "Corrections", exact: true }).click();
    await page.locator(".log li").first().waitFor();
    await judge(page, "corrections");
    const all = await page.locator(".log li").count();
    await page.getByRole("combobox", { name: "What" }).selectOption("MERGE");
    await page.getByRole("button", { name: "Find" }).click();
    await page.waitForFunction((all) => document.querySelectorAll(".log li").length < all, all);
    await page.getByLabel("by", { exact: true }).fill("nobody at all");
    await page.keyboard.press("Enter");
    await page.getByText("Nobody corrected this.").waitFor();
    await judge(page, "no corrections");
  },
  async "a key that may only ask is told whom to ask"(page, base) {
    await page.route("**/graphql", async (route) => {
      if (!route.request().postDataJSON().query.includes("mutation")) return route.fallback();
      const errors = [{ message: "this key may not correct", extensions: { code: "FORBIDDEN" } }];
      await route.fulfill({ json: { errors, data: null } });
    });
    await page.goto(`${base}/entity/state:KP?correct=state:KP`);
    await page.getByRole("radio", { name: "Its name is wrong" }).check();
    await page.getByLabel("What it is called").fill("The North");
    await page.getByLabel(/^Why/).fill("So it is.");
    await page.getByLabel("Who says so").fill("Ada Smith");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByText("Your key may ask, and not correct.").waitFor();
    await page.getByText("newsgraph keys add NAME --scope curate").waitFor();
    check((await page.getByLabel(/^Why/).inputValue()) === "So it is.", "what was written is gone");
    await judge(page, "a key that may not correct");
    await page.keyboard.press("Escape");
    await page.unroute("**/graphql");
  },
};

async function main() {
  const [base, , , correctable] = process.argv.slice(2).map((url) => url.replace(/\/$/, ""));
  check(base && URL.canParse(base) && correctable && URL.canParse(correctable), "usage: node e2e/explorer.mjs URL PROGRAM STORE CURATED");
  const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
  check(existsSync(program), `no browser at ${program}: apt-get install chromium, or set CHROMIUM`);
  const browser = await chromium.launch({ executablePath: program, args: [...flags, "--disable-component-update", "--disable-sync"] });
  try {
    for (const [colorScheme, width, height] of [
      ["light", 1440, 900],
      ["dark", 390, 844],
    ]) {
      const permissions = ["clipboard-read", "clipboard-write"];
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        permissions,
        locale: "en-GB",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && ![base, correctable].some((own) => request.url().startsWith(own)))
          complaints.push(`request to ${request.url()}`);
      });
      page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && complaints.push(message.text()));
      const all = [
        ...Object.entries(steps).map((step) => [...step, base]),
        ...Object.entries(curated).map((step) => [...step, correctable]),
      ];
      for (const [name, step, server] of all) {
        if (!new RegExp(process.env.STEPS ?? "").test(`${colorScheme} ${width}: ${name}`)) continue;
        const begun = performance.now();
        try {
          await step(page, server);
        } catch (error) {
          throw new Failure(`${colorScheme}, ${width}: ${name}: ${error.message.slice(0, 600).replaceAll("\n", " ")} at ${page.url()}`);
        }
        check(complaints.length === 0, `${name}: ${complaints.join("; ")}`);
        process.stdout.write(`${colorScheme} ${width}: ${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  process.stderr.write(`explorer: ${error.message}\n`);
  process.exitCode = 1;
});
