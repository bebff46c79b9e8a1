import { DropdownMenu, Tooltip, useGraphiQL, useGraphiQLActions, VisuallyHidden } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useRef } from "react";
import { openStorage } from "../keep/storage";
import { type Example, first, parts } from "./examples";

const fetcher = createGraphiQLFetcher({ url: "/graphql" });
const storage = openStorage();

// The explorer hands a question over behind the #, which no server sees. Taken once: a reload shows the reader's own tabs.
const handed = new URLSearchParams(location.hash.slice(1));
if (handed.has("query")) history.replaceState(null, "", location.pathname);

/** GraphiQL on this server, with the first worked queries as tabs until the reader has tabs of their own. */
export function Playground() {
  return (
    <>
      <VisuallyHidden>
        <h1>newsgraph playground</h1>
        <p>Inside an editor the Tab key indents. Ctrl-M, on a Mac Ctrl-Shift-M, makes it move on to the next control instead.</p>
      </VisuallyHidden>
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        defaultTabs={first}
        {...(handed.has("query") && { initialQuery: handed.get("query") ?? "", initialVariables: handed.get("variables") ?? "" })}
        // A newcomer should see where variables stand.
        defaultEditorToolsVisibility="variables"
      >
        <GraphiQL.Logo>
          <a className="logo" href="/">
            newsgraph
          </a>
        </GraphiQL.Logo>
        <GraphiQL.Toolbar>
          {({ prettify, merge, copy }) => (
            <>
              {prettify}
              {merge}
              {copy}
              <ExamplesMenu />
            </>
          )}
        </GraphiQL.Toolbar>
      </GraphiQL>
    </>
  );
}

/** Opens a worked query in a new tab, by the part of the documentation and the question that it answers; and for a reader who has closed or changed theirs. */
function ExamplesMenu() {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  const opened = useRef(false);
  const open = (example: Example) => {
    addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue("");
    opened.current = true;
  };
  // What comes next is Ctrl-Enter; on the menu's button, where the focus would return to, it opens the menu again.
  const focusEditor = (event: Event) => {
    if (!opened.current) return;
    opened.current = false;
    event.preventDefault();
    queryEditor?.focus();
  };
  const label = "Open an example in a new tab";
  return (
    <DropdownMenu>
      <Tooltip label={label}>
        <DropdownMenu.Button type="button" className="graphiql-toolbar-button" aria-label={label}>
          <BulbIcon />
        </DropdownMenu.Button>
      </Tooltip>
      <DropdownMenu.Content className="examples" onCloseAutoFocus={focusEditor}>
        {parts.map(([part, within], at) => (
          // GraphiQL has no groups of a menu: these are the roles that they would have. Its keys go through all items alike.
          <div key={part} role="group" aria-labelledby={`examples-${at}`}>
            <div id={`examples-${at}`} className="part">
              {part}
            </div>
            {within.map((example) => (
              <DropdownMenu.Item key={example.name} onSelect={() => open(example)}>
                {example.question}
              </DropdownMenu.Item>
            ))}
          </div>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

function BulbIcon() {
  return (
    <svg
      className="graphiql-toolbar-icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M9 18v-2.2a6 6 0 1 1 6 0V18Z M10 21h4" />
    </svg>
  );
}
