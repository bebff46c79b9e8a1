import { transformAsync } from "@babel/core";
import { defineConfig } from "vitest/config";

// Puts what relay-compiler wrote in the place of graphql`…`; the same plugin serves `vite` and `vite build`.
const relay = {
  name: "relay",
  enforce: "pre" as const,
  async transform(code: string, id: string) {
    if (!id.endsWith(".tsx") || !code.includes("graphql`")) return null;
    const made = await transformAsync(code, {
      filename: id,
      babelrc: false,
      configFile: false,
      sourceMaps: true,
      parserOpts: { plugins: ["typescript", "jsx"] },
      plugins: [["relay", { eagerEsModules: true }]],
    });
    return made?.code ? { code: made.code, map: made.map } : null;
  },
};

export default defineConfig({
  plugins: [relay],
  test: { include: ["test/*.test.{ts,tsx}"], testTimeout: 60_000, hookTimeout: 60_000 },
});
