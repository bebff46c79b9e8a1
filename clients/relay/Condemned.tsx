import { graphql, useLazyLoadQuery, usePaginationFragment, useRefetchableFragment } from "react-relay";
import type { Condemned_event$key } from "./__generated__/Condemned_event.graphql";
import type { Condemned_events$key } from "./__generated__/Condemned_events.graphql";
import type { CondemnedEventsPage } from "./__generated__/CondemnedEventsPage.graphql";
import type { CondemnedQuery } from "./__generated__/CondemnedQuery.graphql";
import type { CondemnedReportsAgain } from "./__generated__/CondemnedReportsAgain.graphql";

// Who condemned what: a list that goes on by cursor.
export function Condemned() {
  const data = useLazyLoadQuery<CondemnedQuery>(
    graphql`
      query CondemnedQuery($filter: EventFilter!) {
        ...Condemned_events @arguments(filter: $filter)
      }
    `,
    { filter: { action: ["condemn"] } },
  );
  return <Events query={data} />;
}

function Events({ query }: { query: Condemned_events$key }) {
  const { data, hasNext, loadNext, refetch } = usePaginationFragment<CondemnedEventsPage, Condemned_events$key>(
    graphql`
      fragment Condemned_events on Query
      @argumentDefinitions(filter: { type: "EventFilter!" }, count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
      @refetchable(queryName: "CondemnedEventsPage") {
        events(filter: $filter, first: $count, after: $cursor) @connection(key: "Condemned_events") {
          edges {
            node {
              id
              ...Condemned_event
            }
          }
        }
      }
    `,
    query,
  );
  return (
    <>
      <ul>
        {data.events.edges.map(({ node }) => (
          <Event key={node.id} event={node} />
        ))}
      </ul>
      {hasNext && (
        <button type="button" onClick={() => loadNext(2)}>
          More
        </button>
      )}
      <button type="button" onClick={() => refetch({ filter: { action: ["meet"] } }, { fetchPolicy: "network-only" })}>
        Who met instead
      </button>
    </>
  );
}

// One event, which is asked for again by its id: @refetchable makes a query of `node(id:)` for whatever has one.
function Event({ event }: { event: Condemned_event$key }) {
  const [data, refetch] = useRefetchableFragment<CondemnedReportsAgain, Condemned_event$key>(
    graphql`
      fragment Condemned_event on Event
      @argumentDefinitions(reports: { type: "Int", defaultValue: 1 })
      @refetchable(queryName: "CondemnedReportsAgain") {
        id
        title
        when {
          from
        }
        reports(first: $reports) {
          edges {
            node {
              id
              sentence
            }
          }
        }
      }
    `,
    event,
  );
  return (
    <li id={data.id}>
      <time>{data.when.from}</time> <b>{data.title}</b>
      {data.reports.edges.map(({ node }) => (
        <q key={node.id}>{node.sentence}</q>
      ))}
      <button type="button" onClick={() => refetch({ reports: 100 }, { fetchPolicy: "network-only" })}>
        All reports
      </button>
    </li>
  );
}
