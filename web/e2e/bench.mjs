// Measures the explorer in a real browser, and prints what it found as a table of Markdown: medians of five.
//
//   node e2e/bench.mjs URL HUB
//
// HUB is the id of an entity with many events at the server. CHROMIUM names the browser's program.
import { chromium } from "playwright-core";

const times = Number(process.env.TIMES ?? 5);
const patience = 120_000; // milliseconds
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const [base, hub] = process.argv.slice(2);
if (!base || !hub) {
  process.stderr.write("usage: node e2e/bench.mjs URL HUB\n");
  process.exit(1);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** A network of so many names and ties around the first of them, the same each time: a few names have most of the ties, as in the news. */
function network(names, ties) {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const kinds = ["STATE", "PERSON", "ORGANISATION", "PLACE", "GROUP"];
  const who = (n) => ({ __typename: "Entity", id: n === 0 ? hub : `person:name-${n}`, kind: kinds[n % kinds.length], name: `Name ${n}` });
  const actions = ["condemn", "meet", "accuse", "praise", "threaten"];
  const pairs = new Set();
  for (let n = 1; n < names; n++) pairs.add(`${Math.floor(n * random() ** 3)} ${n}`);
  while (pairs.size < ties) {
    const [a, b] = [Math.floor(names * random() ** 3), Math.floor(names * random())];
    if (a !== b) pairs.add(`${a} ${b}`);
  }
  const edges = [...pairs].map((pair, at) => {
    const [from, to] = pair.split(" ").map((n) => who(Number(n)));
    const count = 1 + (at % 9);
    return { from, to, count, claims: 0, actions: [{ action: actions[at % actions.length], quadClass: 1 + (at % 4), count, claims: 0 }] };
  });
  return { data: { network: { edges, more: false } } };
}

/** The tasks of the page's thread while work is done, in milliseconds: by the clock, and of the processor, which others that share it do not lengthen. */
async function traced(page, work) {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const threads = new Set(
    traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ ph, name, pid, tid }) => ph === "X" && name.includes("RunTask") && threads.has(`${pid} ${tid}`));
  const most = (key) => Math.max(0, ...tasks.map((task) => (task[key] ?? 0) / 1000));
  return { clock: most("dur"), processor: most("tdur"), sum: tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0) };
}

const told = (what, { clock, processor }) => ({
  [`${what}: longest task, ms of the clock`]: clock,
  [`${what}: longest task, ms of the processor`]: processor,
});

async function laid(page, least) {
  await page.waitForFunction((least) => Number(document.querySelector("[data-laid]")?.getAttribute("data-laid")) >= least, least);
  await page.waitForTimeout(1000); // What is drawn after it counts too.
}

const measures = {
  /** Until its events are there and the search answers a key. */
  async hub(page) {
    let took = 0;
    const tasks = await traced(page, async () => {
      const begun = performance.now();
      await page.goto(`${base}/entity/${hub}`, { waitUntil: "commit" });
      await page.locator(".events tbody tr").first().waitFor();
      await page.keyboard.press("/");
      await page.locator("[role=combobox]:focus").first().waitFor();
      took = performance.now() - begun;
    });
    return { "page of a hub: interactive, ms": took, ...told("page of a hub", tasks) };
  },
  async expand(page) {
    await page.goto(`${base}/entity/${hub}?as=network`);
    await laid(page, 2);
    const before = await page.locator("[data-laid]").getAttribute("data-laid");
    let took = 0;
    const tasks = await traced(page, async () => {
      const begun = performance.now();
      await page.getByRole("button", { name: "Russia", exact: true }).first().click();
      await page.getByRole("button", { name: "Expand", exact: true }).click();
      await page.waitForFunction((before) => document.querySelector("[data-laid]")?.getAttribute("data-laid") !== before, before);
      took = performance.now() - begun;
      await page.waitForTimeout(1000);
    });
    return { "expanding a hub: laid out, ms": took, ...told("expanding a hub", tasks) };
  },
  async canvas(page) {
    const [names, ties] = [2000, 8000];
    const answer = JSON.stringify(network(names, ties));
    await page.route("**/graphql", async (route) => {
      if (!route.request().postDataJSON().query.includes("query Network")) return route.continue();
      return route.fulfill({ contentType: "application/json", body: answer });
    });
    let took = 0;
    const tasks = await traced(page, async () => {
      const begun = performance.now();
      await page.goto(`${base}/entity/${hub}?as=network`);
      await page.waitForFunction((names) => Number(document.querySelector("[data-laid]")?.getAttribute("data-laid")) >= names, names);
      took = performance.now() - begun;
      await page.waitForTimeout(1000);
    });
    const box = await page.locator("[data-laid]").boundingBox();
    await page.evaluate(() => {
      globalThis.frames = 0;
      const count = () => {
        globalThis.frames++;
        requestAnimationFrame(count);
      };
      requestAnimationFrame(count);
    });
    // From a corner that no name stands in.
    const [x, y] = [box.x + 8, box.y + 60];
    let [frames, took2] = [0, 0];
    const panning = await traced(page, async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 20, y + 20);
      const [from, at] = [await page.evaluate(() => globalThis.frames), performance.now()];
      for (let step = 1; performance.now() - at < 3000; step++)
        await page.mouse.move(x + 150 * Math.abs(Math.sin(step / 10)), y + 80 * Math.abs(Math.sin(step / 7)));
      frames = (await page.evaluate(() => globalThis.frames)) - from;
      took2 = (performance.now() - at) / 1000;
      await page.mouse.up();
    });
    await page.unroute("**/graphql");
    const what = "2,000 names and 8,000 ties";
    return {
      [`${what}: laid out and drawn, ms`]: took,
      ...told(what, tasks),
      ...told(`${what}, panning`, panning),
      [`${what}, panning: frames a second`]: frames / took2,
      [`${what}, panning: ms of the processor a frame`]: panning.sum / frames,
    };
  },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...flags, "--disable-component-update", "--disable-sync"],
});
try {
  const all = {};
  for (let time = 0; time < times; time++)
    for (const measure of Object.values(measures)) {
      // A reader who was never here: nothing is cached.
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", reducedMotion: "reduce" });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      for (const [name, value] of Object.entries(await measure(page))) {
        all[name] ??= [];
        all[name].push(value);
        process.stderr.write(`${name}: ${value.toFixed(0)}\n`);
      }
      await context.close();
    }
  const { hardwareConcurrency, agent } = await (async () => {
    const page = await browser.newPage();
    return page.evaluate(() => ({
      hardwareConcurrency: navigator.hardwareConcurrency,
      agent: /Chrome\/(\d+)/.exec(navigator.userAgent)[1],
    }));
  })();
  process.stdout.write(
    `Chromium ${agent} without a graphics card, on ${hardwareConcurrency} cores; medians of ${times}, the worst beside them.\n\n`,
  );
  process.stdout.write("| what | median | worst |\n|---|---|---|\n");
  for (const [name, values] of Object.entries(all)) {
    const worst = name.includes("frames") ? Math.min(...values) : Math.max(...values);
    process.stdout.write(`| ${name} | ${median(values).toFixed(0)} | ${worst.toFixed(0)} |\n`);
  }
} finally {
  await browser.close();
}
