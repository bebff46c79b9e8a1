import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { EventsDocument, type EventsQuery, type EventsQueryVariables } from "./gen/documents";

// What has an id is kept once, under it; what has none belongs to what it stands in.
const part = () => null;

// Asks the server at url, `http://127.0.0.1:8080/graphql`, and joins the pages of lists.
export function client(url: string): Client {
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        keys: { When: part },
        resolvers: { Query: { events: relayPagination() } },
      }),
      fetchExchange,
    ],
  });
}

// The list of events as a page after page makes it longer.
export async function* growing(client: Client, variables: EventsQueryVariables): AsyncGenerator<EventsQuery["events"]> {
  let after = variables.after;
  for (;;) {
    const { data, error } = await client.query(EventsDocument, { ...variables, after }, { requestPolicy: "network-only" }).toPromise();
    if (error || !data) throw error ?? new Error("no answer");
    yield data.events;
    if (!data.events.pageInfo.hasNextPage) return;
    after = data.events.pageInfo.endCursor;
  }
}
