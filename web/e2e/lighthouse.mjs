// Lighthouse on every view of the explorer, in both themes, on a server with the samples: accessibility must be 100.
//
//   node e2e/lighthouse.mjs URL
//
// Prints a line a view; what is missing to 100 is told, and the exit code is 1. CHROMIUM names the browser's program;
// VIEWS, a regular expression, judges the views alone whose lines it fits, such as "dark entity, table".
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";
import { chromium } from "playwright-core";

const base = process.argv[2]?.replace(/\/$/, "");
if (!base) {
  process.stderr.write("usage: node e2e/lighthouse.mjs URL\n");
  process.exit(1);
}

async function ask(query) {
  const answer = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

// Nothing that is found by the reader's pointer alone: each of them is a link.
async function addresses() {
  const { events, stories } = await ask(
    '{ events(first: 1, filter: {action: ["condemn"]}) { edges { node { id } } } stories(first: 1) { edges { node { id } } } }',
  );
  const [event, story] = [events.edges[0].node.id, stories.edges[0].node.id].map(encodeURIComponent);
  return {
    "question, table": "/",
    "question, timeline": "/?as=timeline",
    "question, network": "/?as=network",
    "question, map": "/?as=map",
    "question, heat map": "/?as=heat",
    "proof beside the table": `/?did=condemn&proof=${event}`,
    "planned, supposed and denied": "/?told=PLANNED&told=HYPOTHETICAL&told=NEGATED",
    "nothing found": "/?words=zzzzzz",
    "a word that is refused": "/?did=nope",
    "entity, table": "/entity/state:RU?all=involving",
    "entity, timeline": "/entity/person:volodymyr-zelenskyy?as=timeline",
    "entity, network": "/entity/state:UA?as=network",
    "entity, map": "/entity/state:UA?as=map",
    "entity, heat map": "/entity/state:UA?as=heat",
    "nobody known": "/entity/state:ZZ",
    "no such event": "/event/event:zz",
    "no such story": "/story/xx",
    "between nobody": "/between",
    "between and paths": "/between?a=state:RU&b=state:UA&all=a&all=b",
    "between, timeline": "/between?a=state:RU&b=state:UA&all=a&all=b&as=timeline",
    "between, network": "/between?a=state:RU&b=state:UA&all=a&all=b&as=network",
    stories: "/stories",
    story: `/story/${story}`,
    "story, left uncoded": `/story/${story}?uncoded=1`,
    event: `/event/${event}`,
    "correcting an event": `/event/${event}?correct=${event}`,
    corrections: "/corrections",
    playground: "/graphql",
  };
}

// A port that is free now.
const port = await new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});
const profile = mkdtempSync(join(tmpdir(), "newsgraph-lighthouse-"));
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...flags, "--disable-component-update", "--disable-sync", `--remote-debugging-port=${port}`],
});
try {
  const views = await addresses();
  const page = await browser.newPage();
  for (const theme of ["light", "dark"]) {
    await page.goto(base);
    // Lighthouse opens pages of its own, in the same profile: the theme that the reader chose is kept there.
    await page.evaluate((theme) => localStorage.setItem("newsgraph:theme", theme), theme);
    for (const [view, path] of Object.entries(views)) {
      if (!new RegExp(process.env.VIEWS ?? "").test(`${theme} ${view}`)) continue;
      const { lhr } = await lighthouse(base + path, {
        port,
        onlyCategories: ["accessibility"],
        formFactor: "desktop",
        screenEmulation: { mobile: false, width: 1440, height: 900, deviceScaleFactor: 1, disabled: false },
        throttlingMethod: "provided",
        disableStorageReset: true,
        logLevel: "error",
      });
      const score = Math.round((lhr.categories.accessibility.score ?? 0) * 100);
      process.stdout.write(`${theme} ${view}: ${score}\n`);
      if (score === 100) continue;
      process.exitCode = 1;
      if (lhr.runtimeError) process.stdout.write(`  ${lhr.runtimeError.message}\n`);
      for (const { id, weight } of lhr.categories.accessibility.auditRefs) {
        const audit = lhr.audits[id];
        if (weight === 0 || audit.score === null || audit.score === 1) continue;
        process.stdout.write(`  ${audit.title}\n`);
        for (const { node } of audit.details?.items ?? []) process.stdout.write(`    ${node?.snippet} ${node?.explanation ?? ""}\n`);
      }
    }
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
