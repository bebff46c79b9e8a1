import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphqlWorker from "monaco-graphql/esm/graphql.worker.js?worker";

// GraphiQL's own `graphiql/setup-workers/vite` builds but breaks `vite dev`, and logs a line for each worker.
window.MonacoEnvironment = {
  getWorker(_id: string, label: string): Worker {
    switch (label) {
      case "json":
        return new JsonWorker();
      case "graphql":
        return new GraphqlWorker();
      default:
        return new EditorWorker();
    }
  },
};
