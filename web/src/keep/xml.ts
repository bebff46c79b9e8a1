const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text comes from any story: what XML does not allow goes, what it reads as markup is escaped. */
export const text = (words: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 allows no others
  words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (sign) => escapes[sign] as string);
