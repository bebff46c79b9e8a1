import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// Replaces every text file of the bundle by its gzipped form: web.go embeds and serves those as they are, so the binary
// carries a quarter of the bytes and nothing is compressed while it runs. No file name and no time goes into the header,
// so the same sources give the same bytes.
function gzip(): Plugin {
  return {
    name: "newsgraph:gzip",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          if (!/\.(css|html|js|json|svg|ttf)$/.test(name)) continue;
          const source = gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 });
          delete bundle[name];
          this.emitFile({ type: "asset", fileName: `${name}.gz`, source });
        }
      },
    },
  };
}

export default defineConfig({
  plugins: [gzip()],
  build: {
    target: "es2022",
    // Monaco is large, and one chunk of it loads no slower from the same machine than ten.
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    // Fonts and images stay files of their own: nothing to inline saves a round trip that matters here.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The explorer at / and the playground at /graphql: neither loads the other.
      input: { index: page("index.html"), playground: page("playground.html") },
      // Two hundred lines that say a "use client" of some library means nothing in a bundle would bury a real warning.
      checks: { moduleLevelDirective: false },
    },
  },
  worker: { format: "es" },
  // `vite dev` serves the workers' modules one by one, and these that they import are CommonJS, which a browser cannot read.
  optimizeDeps: { include: ["monaco-graphql > picomatch-browser", "@graphiql/react > graphql-language-service > nullthrows"] },
  server: { fs: { allow: [page("../docs"), page(".")] }, proxy: { "/graphql": "http://127.0.0.1:8080" } },
});
