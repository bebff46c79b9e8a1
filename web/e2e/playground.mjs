// Opens the playground in a real browser, runs its first example and reads the answer on the page.
//
//   node e2e/playground.mjs URL [--screenshot FILE]
//
// Prints the answer's JSON; on a failure prints one line that says what is wrong, and exits with 1. CHROMIUM names the
// browser's program; /usr/bin/chromium unless set.
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const patience = 30_000; // Milliseconds. Two cores may be running every other test meanwhile.
const shortcuts = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const flags = [...shortcuts, "--disable-component-update", "--disable-sync"];

class Failure extends Error {}

function check(holds, otherwise) {
  if (!holds) throw new Failure(otherwise);
}

function command() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { screenshot: { type: "string" } } });
  check(positionals.length === 1 && URL.canParse(positionals[0]), "usage: node e2e/playground.mjs URL [--screenshot FILE]");
  return { url: new URL(positionals[0]), screenshot: values.screenshot };
}

const documentation = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");

// The first query of each of the first questions of the documentation: what the page must open with.
function sources() {
  const [, ...sections] = documentation.split(/^### /m);
  return sections.slice(0, 5).map((section) => {
    const heading = section.split("\n", 1)[0];
    const name = heading.replace(/[^A-Za-z ]/g, "").replace(/(?:^| )(\w)/g, (_, first) => first.toUpperCase());
    const [, query] = /^```graphql\n([\s\S]*?)^```$/m.exec(section);
    return {
      name,
      query: `# ${heading}\n\n${query.replace(/^(query( +\w+)?)?/, `query ${name}`).replace(`${name}{`, `${name} {`)}`,
      variables: "",
    };
  });
}

// What an editor of the page holds, by way of the editors that GraphiQL leaves in __MONACO: the screen has only the part that is
// scrolled to.
function held(page, editor) {
  return page.evaluate(
    (editor) =>
      globalThis.__MONACO?.editor
        .getModels()
        .find((model) => model.uri.path.endsWith(editor))
        ?.getValue() ?? "",
    editor,
  );
}

async function until(what, holds) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await holds();
    if (value) return value;
    check(Date.now() < end, `${what}: not within ${patience / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function main() {
  const { url, screenshot } = command();
  const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
  check(existsSync(program), `no browser at ${program}: apt-get install chromium, or set CHROMIUM`);
  const browser = await chromium.launch({ executablePath: program, args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(patience);
    const answer = await read(page, url, screenshot);
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } finally {
    await browser.close();
  }
}

async function read(page, url, screenshot) {
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console error: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (!["data:", "blob:"].includes(to.protocol) && to.origin !== url.origin) complaints.push(`request to ${to.origin}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  const quiet = () => check(complaints.length === 0, complaints.join("; "));

  const introspection = page.waitForResponse((response) => (response.request().postData() ?? "").includes("__schema"));
  introspection.catch(() => {}); // Reported where it is awaited.
  const response = await page.goto(url.href);
  check(response.ok(), `${url.href} answers ${response.status()}`);
  check((await page.title()) === "newsgraph playground", `the title is ${JSON.stringify(await page.title())}; is the page built?`);
  check((await page.getAttribute("html", "lang")) === "en", "the page does not say its language");

  const examples = sources();
  const tabs = page.locator("[role=tab]");
  await tabs.first().waitFor();
  const names = (await tabs.allInnerTexts()).map((text) => text.trim());
  const expected = examples.map((example) => example.name);
  check(names.join() === expected.join(), `tabs are ${names.join(", ")}; want ${expected.join(", ")}`);
  check((await introspection).ok(), `introspection answers ${(await introspection).status()}`);

  await until("the first example in the editor", async () => (await held(page, "operation.graphql")) === examples[0].query);
  // The editor is parsed once its words are coloured: before that a run could carry another operation's name.
  await page.locator(".graphiql-query-editor .view-line span[class*=mtk]", { hasText: examples[0].name }).first().waitFor();
  const asked = page.waitForRequest((request) => (request.postData() ?? "").includes(`query ${examples[0].name}`));
  await page.getByRole("button", { name: /^Execute query/ }).click();
  const sent = (await asked).postDataJSON();
  check([undefined, null, examples[0].name].includes(sent.operationName), `ran ${sent.operationName}, not ${examples[0].name}`);

  const answer = await until("an answer", async () => {
    try {
      return JSON.parse(await held(page, "response.json"));
    } catch {
      return null; // Empty, or not all there yet.
    }
  });
  check(!answer.errors, `the answer is an error: ${answer.errors?.[0]?.message}`);
  await page.locator(".graphiql-response .view-line", { hasText: '"data"' }).first().waitFor();
  if (screenshot) await page.screenshot({ path: screenshot });

  await narrow(page);
  await named(page);
  for (const [at, example] of examples.entries()) {
    await page.locator(`#graphiql-session-tab-${at}`).click();
    await until(`${example.name} in the editor`, async () => (await held(page, "operation.graphql")) === example.query);
    await until(`variables of ${example.name}`, async () => (await held(page, "variables.json")) === example.variables);
  }
  await returning(page, names);
  await menu(page);
  quiet();
  return answer;
}

// On a telephone the answer takes the width of the window, and nothing is wider.
async function narrow(page) {
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const answer = page.locator(".graphiql-response");
  await until("an answer that can be read at 390 pixels", async () => (await answer.boundingBox()).width > 340);
  const { height: tall } = await answer.boundingBox();
  check(tall > 250, `the answer is ${tall} pixels high at 390 by 844`);
  for (const name of [/^Execute query/, /documentation/i, /settings/i]) {
    const { x, width } = await page.getByRole("button", { name }).first().boundingBox();
    check(x >= 0 && x + width <= 390, `the button ${name} is out of sight at 390 pixels`);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(over <= 0, `${over} pixels wider than a telephone`);
  await page.setViewportSize({ width, height });
}

// Everything that can be pressed or typed into says what it is, to those who hear the page.
async function named(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const controls = new Set(["button", "link", "tab", "menuitem", "textbox", "checkbox", "combobox"]);
  const shown = nodes.filter((node) => !node.ignored);
  check(
    shown.some((node) => node.role?.value === "heading"),
    "the page has no heading",
  );
  const mute = shown.filter((node) => controls.has(node.role?.value) && !node.name?.value?.trim());
  const descriptions = await Promise.all(
    mute.map(async (node) => {
      const { node: element } = await session.send("DOM.describeNode", { backendNodeId: node.backendDOMNodeId });
      return `${node.role.value} ${element.localName}[${(element.attributes ?? []).join(" ")}]`;
    }),
  );
  check(mute.length === 0, `no accessible name: ${descriptions.join("; ")}`);
}

// A reader who comes back finds their own tabs, not the examples again.
async function returning(page, names) {
  await page.getByRole("button", { name: "New tab", exact: true }).click();
  const stored = () => page.evaluate(() => JSON.parse(localStorage.getItem("newsgraph:graphiql:tabState"))?.tabs.length);
  await until("a stored tab", async () => (await stored()) === names.length + 1);
  await page.reload();
  const tabs = page.locator("[role=tab]");
  await tabs.first().waitFor();
  check((await tabs.count()) === names.length + 1, `${await tabs.count()} tabs after a reload, want ${names.length + 1}`);
}

// The menu has all worked queries, in groups named by the parts of the documentation, and is used by keys alone.
async function menu(page) {
  const [, ...parts] = documentation.split(/^## /m);
  const expected = parts.map((part) => {
    const [opening, ...sections] = part.split(/^### /m);
    return [
      opening.split("\n", 1)[0],
      sections.filter((section) => section.includes("```graphql\n")).map((section) => section.split("\n", 1)[0]),
    ];
  });
  const button = page.getByRole("button", { name: "Open an example in a new tab" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  for (const [part, questions] of expected) {
    const items = await page.getByRole("group", { name: part, exact: true }).getByRole("menuitem").allInnerTexts();
    const asked = items.map((text) => text.trim()).filter((text) => !/ \(\d+\)$/.test(text));
    check(asked.join() === questions.join(), `under ${part} the menu has ${asked.join(", ")}; want ${questions.join(", ")}`);
  }
  check((await page.getByRole("menu").getByRole("group").count()) === expected.length, "the menu has other groups than the documentation");

  // Down from the last question of the first group comes the first of the second.
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  const [[part, first], [, second]] = expected;
  await until("the focus on the first question", async () => (await focused()) === first[0]);
  const items = await page.getByRole("group", { name: part, exact: true }).getByRole("menuitem").count(); // a question may have several
  for (let i = 0; i < items; i++) {
    const at = await focused();
    await page.keyboard.press("ArrowDown");
    await until("the focus on the next question", async () => (await focused()) !== at); // the menu moves it in its own time
  }
  await until("the focus on the next group", async () => (await focused()) === second[0]);
  await page.keyboard.press("Enter");
  await until("the question in the editor", async () => (await held(page, "operation.graphql")).startsWith(`# ${second[0]}\n`));
}

main().catch((error) => {
  process.stderr.write(`playground: ${error.message.split("\n")[0]}\n`);
  process.exitCode = 1;
});
