// GraphiQL keeps its tabs under "graphiql:", for the whole origin. Another program's GraphiQL that once ran on this port
// would hide the examples, so ours sit under a prefix of their own.
const prefix = "newsgraph:";

/**
 * The browser's local storage, or one that forgets when the page closes where the browser refuses it (a strict private
 * window).
 */
export function openStorage(): Storage {
  let store: Storage;
  try {
    store = window.localStorage;
    store.setItem(`${prefix}probe`, "1");
    store.removeItem(`${prefix}probe`);
  } catch {
    return memory();
  }
  const own = () => Object.keys(store).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => store.getItem(prefix + key),
    setItem: (key, value) => store.setItem(prefix + key, value),
    removeItem: (key) => store.removeItem(prefix + key),
    key: (index) => own()[index]?.slice(prefix.length) ?? null,
    clear: () => own().forEach((key) => void store.removeItem(key)),
    get length() {
      return own().length;
    },
  };
}

function memory(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    clear: () => values.clear(),
    get length() {
      return values.size;
    },
  };
}
