import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Ask, useQuestion } from "./ask/ask";
import { filter, isAnything } from "./ask/question";
import { BetweenPage } from "./between/between";
import { Correct } from "./correct/correct";
import { EntityPage } from "./entity/entity";
import { EventPage } from "./event/event";
import { Found, useAs } from "./found/found";
import { openStorage } from "./keep/storage";
import { Views } from "./keep/views";
import { Proof } from "./proof/proof";
import { Link } from "./route/link";
import { place, useAddress, withParams } from "./route/route";
import { Search } from "./search/search";
import { StoriesPage, StoryPage } from "./story/story";
import { complaint, partial } from "./words/dates";
import { Empty, Fallible, Skeleton } from "./words/states";

const CorrectionsPage = lazy(() => import("./correct/corrections"));

export function App() {
  const { path, params } = useAddress();
  const at = place(path);
  const then = params.get("as-of");
  useEffect(() => {
    // The heading names the page, also to those who hear it: the title follows it, and a new page begins there.
    const name = () => {
      const heading = document.querySelector("main h1");
      document.title = `${heading?.textContent ?? "newsgraph"}${heading?.textContent === "newsgraph" ? " explorer" : " · newsgraph"}`;
    };
    const watch = new MutationObserver(name);
    const main = document.querySelector("main");
    if (main) watch.observe(main, { childList: true, subtree: true, characterData: true });
    name();
    return () => watch.disconnect();
  }, []);
  useBeginning(path);
  return (
    <>
      <a className="skip" href="#main">
        To the content
      </a>
      <header className="top">
        <Link className="brand" href="/">
          newsgraph
        </Link>
        <Search />
        <nav aria-label="Pages">
          <Views />
          <Link href="/between">Between two</Link>
          <Link href="/stories">Stories</Link>
          <Link href="/corrections">Corrections</Link>
          <a href="/graphql">Playground</a>
        </nav>
        <Theme />
      </header>
      <div className="page">
        <main id="main" tabIndex={-1}>
          {then && (
            <p className="past" role="status">
              {/^\d{4}-\d\d-\d\d(T|$)/.test(then) && complaint(then.slice(0, 10)) === null
                ? `As known on ${partial(then.slice(0, 10))}: what was published since is left out.`
                : `The address asks as of “${then}”, which is no day, such as 2024-01-09.`}{" "}
              {/* The page begins anew, for each link in it leads on into that past. */}
              <a href={withParams({ "as-of": null })}>Back to now</a>
            </p>
          )}
          <Fallible key={path} heading>
            {at.view === "question" && <QuestionPage />}
            {at.view === "entity" && <EntityPage id={at.id} />}
            {at.view === "event" && <EventPage id={at.id} />}
            {at.view === "story" && <StoryPage id={at.id} />}
            {at.view === "between" && <BetweenPage />}
            {at.view === "stories" && <StoriesPage />}
            {at.view === "corrections" && (
              <Suspense fallback={<Skeleton what="the corrections" />}>
                <CorrectionsPage />
              </Suspense>
            )}
            {at.view === "nowhere" && (
              <Empty>
                <h1 tabIndex={-1}>There is no such page</h1>
                <p>
                  <Link href="/">Ask who did what to whom</Link>, or press / and search.
                </p>
              </Empty>
            )}
          </Fallible>
        </main>
        <Proof />
      </div>
      <Correct />
    </>
  );
}

/** Who goes to another page by keys, or hears it, begins at its heading: it takes the focus once it is there, unless the reader went on
 * elsewhere meanwhile, or what opened with the page (a proof, a form, what was corrected) took it. */
function useBeginning(path: string) {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    const main = document.querySelector("main");
    const before = document.activeElement;
    if (!main || before?.matches("dialog[open] *, #proof-heading, .told")) return;
    const begin = () => {
      const elsewhere = document.activeElement !== before && document.activeElement !== document.body;
      const heading = main.querySelector("h1");
      if (!elsewhere && !heading) return;
      watch.disconnect();
      if (!elsewhere) heading?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(begin);
    watch.observe(main, { childList: true, subtree: true });
    begin();
    return () => watch.disconnect();
  }, [path]);
}

const examples = [
  ["Who condemned whom in October 2023?", "/?did=condemn&from=2023-10&until=2023-10"],
  ["What did all of Russia do to Ukraine?", "/?who=state:RU&to=state:UA&all=who&all=to"],
  ["Zelenskyy's timeline", "/entity/person:volodymyr-zelenskyy?as=timeline"],
  ["Who accused Russia?", "/?type=ACCUSE&to=state:RU&all=to"],
  ["What is only claimed, and by whom?", "/?claims=only"],
  ["How are Kim Jong Un and Joe Biden connected?", "/between?a=person:kim-jong-un&b=person:joe-biden"],
  ["What is only planned, supposed or denied?", "/?told=PLANNED&told=HYPOTHETICAL&told=NEGATED"],
] as const;

function QuestionPage() {
  const { question, ask } = useQuestion();
  const as = useAs();
  return (
    <>
      <h1 className="hidden" tabIndex={-1}>
        Who did what to whom
      </h1>
      <Ask />
      {isAnything(question) && as === "table" && (
        <p className="examples">
          <span className="faint">Such as </span>
          {examples.map(([text, href]) => (
            <Link key={href} href={href}>
              {text}
            </Link>
          ))}
        </p>
      )}
      <Found filter={filter(question)} question={question} ask={ask} />
    </>
  );
}

const themes = { "light dark": "Theme: the system's", light: "Theme: light", dark: "Theme: dark" } as const;
const storage = openStorage();

function Theme() {
  const [theme, setTheme] = useState(() => storage.getItem("theme") ?? "light dark");
  const names = Object.keys(themes);
  const known = names.includes(theme) ? theme : "light dark";
  useEffect(() => {
    document.documentElement.style.colorScheme = known;
    storage.setItem("theme", known);
    window.dispatchEvent(new Event("newsgraph:theme"));
  }, [known]);
  return (
    <button
      type="button"
      className="theme"
      title={themes[known as keyof typeof themes]}
      aria-label={themes[known as keyof typeof themes]}
      onClick={() => setTheme(names[(names.indexOf(known) + 1) % names.length] as string)}
    >
      {known === "light" ? "☀" : known === "dark" ? "☾" : "◐"}
    </button>
  );
}
