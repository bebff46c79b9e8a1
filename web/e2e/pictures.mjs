// Takes the README's pictures of the explorer, on a server with the samples.
//
//   node e2e/pictures.mjs URL FOLDER [--all]
//
// Writes seven views as PNG in the light theme of a desk; with --all each of them also dark and on a telephone. CHROMIUM names the
// browser's program.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const views = {
  question: ["/?did=condemn&did=criticise&did=blame", (page) => page.locator(".events .did button").first().click()],
  entity: ["/entity/state:RU?all=involving"],
  network: ["/?as=network", (page) => page.locator("[data-laid]").waitFor()],
  map: ["/?as=map", (page) => page.locator("[data-drawn]").waitFor()],
  heat: ["/?as=heat"],
  between: ["/between?a=state:RU&b=state:UA&all=a&all=b"],
  story: [
    "/stories",
    async (page) => {
      await page.locator(".stories a").first().click();
      await page.locator(".text .paragraph").first().waitFor();
    },
  ],
};
const shorter = { story: 480, between: 590 };
const more = {
  home: ["/"],
  ego: ["/entity/state:UA?as=network", (page) => page.locator("[data-laid]").waitFor()],
  timeline: ["/entity/person:volodymyr-zelenskyy?as=timeline"],
  event: [
    "/?as=timeline",
    async (page) => {
      await page.locator(".timeline button").first().click();
      await page.locator(".proof h3 a").click();
      await page.locator(".reports").waitFor();
    },
  ],
};

const [base, folder, all] = process.argv.slice(2);
if (!base || !folder) {
  process.stderr.write("usage: node e2e/pictures.mjs URL FOLDER [--all]\n");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [...flags, "--disable-component-update", "--disable-sync"],
});
try {
  const sizes = all
    ? [
        ["light", 1440, 900],
        ["dark", 1440, 900],
        ["light", 390, 844],
        ["dark", 390, 844],
      ]
    : [["light", 1120, 640]];
  for (const [colorScheme, width, height] of sizes) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const [name, [path, ready]] of Object.entries(all ? { ...views, ...more } : views)) {
      // A network and a map want height.
      if (!all) await page.setViewportSize(name === "network" || name === "map" ? { width: 1200, height: 740 } : { width, height });
      await page.goto(base + path);
      await page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector(".skeleton"));
      await ready?.(page);
      await page.waitForFunction(() => !document.querySelector(".skeleton"));
      await page.waitForTimeout(300);
      // Pages of text make the largest files: less of them will do.
      const clip = !all && name in shorter ? { clip: { x: 0, y: 0, width, height: shorter[name] } } : {};
      await page.screenshot({ path: `${folder}/explorer-${name}${all ? `-${width}-${colorScheme}` : ""}.png`, ...clip });
    }
    await context.close();
  }
} finally {
  await browser.close();
}
