import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { go, kept } from "./route";

/** A link within the explorer. With a modifier key it is the browser's own. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(href);
  };
  return <a href={kept(href)} onClick={follow} {...rest} />;
}
