package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

type listCmd struct {
	storeFlags
	Publisher string `help:"Stories of this publisher alone, without regard to case and diacritics."`
	Since     string `help:"Stories published on this day or later: 2024-01-10, 2024-01 or 2024. Undated ones are left out."`
	Until     string `help:"Stories published on this day or before: 2024-01-10, 2024-01 or 2024. Undated ones are left out."`
	All       bool   `name:"superseded" help:"Superseded versions too, each before what took its place."`
	JSON      bool   `name:"json" help:"Print a JSON object a line instead of a table."`
}

// Help shows examples.
func (listCmd) Help() string {
	return `Lists the stories that are loaded: newest published first, undated ones last. The version is that of the reader that read the story; reread reads older ones anew.

Examples:
  newsgraph list
  newsgraph list --publisher "My paper" --since 2024-01 --until 2024-03-15
  newsgraph list --superseded --json                        with former versions, and what took their place
  newsgraph list --json | jq -r 'select(.published == null) | .id'

Exit codes: 0 listed; 1 it failed, or there is no such store; 2 wrong use.`
}

// listed is a story as --json prints it.
type listed struct {
	ID        news.ID `json:"id"`
	Headline  string  `json:"headline"`
	Publisher *string `json:"publisher"`
	Published *string `json:"published"`
	URL       *string `json:"url"`
	Loaded    *string `json:"loaded"` // RFC 3339, UTC; null if it came before newsgraph kept that
	Reader    string  `json:"reader"`
	// SupersededBy is the version that took its place.
	SupersededBy *string `json:"supersededBy,omitempty"`
}

// Run lists.
func (c *listCmd) Run(ctx context.Context, w *world) error {
	q := store.StoryQuery{Publisher: c.Publisher, Paging: store.Paging{First: 200}}
	var err error
	if q.Published, err = days(c.Since, c.Until); err != nil {
		return err
	}
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // only read
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	put := json.NewEncoder(w.stdout)
	put.SetEscapeHTML(false)
	if !c.JSON {
		fmt.Fprintln(table, "ID\tPUBLISHED\tLOADED\tVERSION\tPUBLISHER\tHEADLINE\tURL")
	}
	n, shown := 0, map[news.ID]bool{}
	for {
		page, err := s.Stories(ctx, q)
		if err != nil {
			return err
		}
		var ids []news.ID
		for _, e := range page.Edges {
			ids = append(ids, e.Node.ID)
		}
		versions, err := s.Versions(ctx, ids)
		if err != nil {
			return err
		}
		for _, e := range page.Edges {
			for _, v := range versions[e.Node.ID] {
				former := c.All && v.SupersededBy != "" && !shown[v.Story.ID]
				if v.Story.ID != e.Node.ID && !former {
					continue
				}
				if former {
					shown[v.Story.ID] = true
				}
				n++
				if err := c.print(table, put, v); err != nil {
					return err
				}
			}
		}
		if !page.More {
			break
		}
		q.After = page.Edges[len(page.Edges)-1].Cursor
	}
	if c.JSON {
		return nil
	}
	if n == 0 {
		fmt.Fprintln(w.stdout, "no stories")
		return nil
	}
	return table.Flush()
}

func (c *listCmd) print(table *tabwriter.Writer, put *json.Encoder, v store.Version) error {
	l := listed{
		SupersededBy: told(string(v.SupersededBy)),
		ID:           v.Story.ID, Headline: v.Story.Headline, Publisher: told(v.Story.Publisher), Published: told(v.Story.Published), URL: told(v.Story.URL), Reader: v.Story.Reader,
	}
	if !v.Loaded.IsZero() {
		l.Loaded = told(v.Loaded.Format(time.RFC3339))
	}
	if c.JSON {
		return put.Encode(l)
	}
	cells := []string{string(l.ID), cell(l.Published), cell(l.Loaded), l.Reader, cell(l.Publisher), l.Headline, cell(l.URL)}
	if l.SupersededBy != nil {
		cells = append(cells, "superseded by "+*l.SupersededBy)
	}
	_, err := fmt.Fprintln(table, strings.Join(cells, "\t"))
	return err
}

func told(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func cell(s *string) string {
	if s == nil {
		return "-"
	}
	return strings.Join(strings.Fields(*s), " ")
}

// days are those from the first of one date to the last of another; nil if neither is told.
func days(since, until string) (*news.Interval, error) {
	if since == "" && until == "" {
		return nil, nil
	}
	var between news.Interval
	for _, end := range []struct {
		flag, date string
		put        func(news.Interval)
	}{
		{"--since", since, func(i news.Interval) { between.From = i.From }}, {"--until", until, func(i news.Interval) { between.To = i.To }},
	} {
		if end.date == "" {
			continue
		}
		i, _, err := news.ParseDate(end.date)
		if err != nil {
			return nil, exit{exitUsage, fmt.Errorf("%s: %w", end.flag, err)}
		}
		end.put(i)
	}
	if between.From != "" && between.To != "" && between.From > between.To {
		return nil, exit{exitUsage, fmt.Errorf("--since %s is after --until %s", since, until)}
	}
	return &between, nil
}
