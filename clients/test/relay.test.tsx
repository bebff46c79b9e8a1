// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000"}
import { Suspense } from "react";
import { createRoot, type Root } from "react-dom/client";
import { RelayEnvironmentProvider } from "react-relay";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Condemned } from "../relay/Condemned";
import { environment } from "../relay/environment";
import { serving } from "./server.mjs";

let server: Awaited<ReturnType<typeof serving>>;
let root: Root;

beforeAll(async () => {
  server = await serving("demo", "--cors", "http://localhost:3000");
});
afterAll(async () => {
  root?.unmount();
  await server?.stop();
});

const items = () => [...document.querySelectorAll("li")];
const press = (button: Element) => (button as HTMLButtonElement).click();
const button = (label: string) => [...document.querySelectorAll("body > div > button")].find((b) => b.textContent === label)!;
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

test("a list goes on by cursor, an event is asked for again by its id, and the list by another filter", async () => {
  const fetched = vi.spyOn(globalThis, "fetch");
  const asked = () => JSON.parse(String(fetched.mock.lastCall![1]?.body)).query as string;
  const div = document.body.appendChild(document.createElement("div"));
  root = createRoot(div);
  root.render(
    <RelayEnvironmentProvider environment={environment(server.url)}>
      <Suspense fallback="…">
        <Condemned />
      </Suspense>
    </RelayEnvironmentProvider>,
  );
  await until(() => expect(items()).toHaveLength(2));

  press(button("More"));
  await until(() => expect(items()).toHaveLength(4));
  const ids = items().map((item) => item.id);
  expect(new Set(ids).size).toBe(4);
  expect(asked()).toContain("query CondemnedEventsPage");

  const [first] = items();
  press(first!.querySelector("button")!);
  await until(() => expect(asked()).toContain("node(id: $id)"));
  await until(() => expect(items()[0]?.querySelector("q")?.textContent).toBeTruthy());
  expect(items().map((item) => item.id)).toEqual(ids);

  const titles = items().map((item) => item.querySelector("b")!.textContent);
  press(button("Who met instead"));
  await until(() => expect(items().map((item) => item.querySelector("b")!.textContent)).not.toEqual(titles));
  expect(items()[0]!.querySelector("b")!.textContent).toMatch(/met/);
  fetched.mockRestore();
});
