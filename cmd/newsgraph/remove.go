package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

type removeCmd struct {
	storeFlags
	DryRun bool     `help:"Print what would be removed, and remove nothing."`
	JSON   bool     `name:"json" help:"Print one JSON object at the end instead of lines."`
	Names  []string `arg:"" name:"id|url" help:"Stories by their ids (story:..., as list prints them), or by the url where they stand: with it go all parts of that page."`
}

// Help shows examples.
func (removeCmd) Help() string {
	return `Erases stories with all that they alone support: an administrator's step, after which nothing tells that they were there. All go in one transaction or none does. What other stories say stays, and so do corrections (newsgraph correct list), with the sentences that they are about.

Examples:
  newsgraph remove story:0123456789abcdef0123
  newsgraph remove --dry-run https://example.org/news/a-story.html
  newsgraph list --json --publisher "My paper" | jq -r .id | xargs newsgraph remove

Exit codes: 0 all are gone; 1 it failed, or none was there; 2 wrong use; 3 some were not there, the others are gone.`
}

// removed is what remove did, as --json prints it.
type removed struct {
	Removed []listedStory `json:"removed"`
	Unknown []string      `json:"unknown"`
	DryRun  bool          `json:"dryRun"`
	Exit    int           `json:"exit"`
}

type listedStory struct {
	ID       news.ID `json:"id"`
	Headline string  `json:"headline"`
	URL      string  `json:"url,omitempty"`
}

// Run removes.
func (c *removeCmd) Run(ctx context.Context, w *world) error {
	if slices.Contains(c.Names, "") {
		return exit{exitUsage, errors.New("an empty name names no story: write an id (story:...) or a url")}
	}
	open := c.changing
	if c.DryRun {
		open = c.existing
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was removed is committed
	stories, unknown, err := storiesNamed(ctx, s, c.Names)
	if err != nil {
		return err
	}
	if !c.DryRun {
		ids := make([]news.ID, len(stories))
		for i, story := range stories {
			ids[i] = story.ID
		}
		if _, err := s.Remove(ctx, ids); err != nil {
			return err
		}
	}
	r := removed{Removed: []listedStory{}, Unknown: append([]string{}, unknown...), DryRun: c.DryRun}
	for _, story := range stories {
		r.Removed = append(r.Removed, listedStory{story.ID, story.Headline, story.URL})
	}
	if len(unknown) > 0 {
		r.Exit = exitRefused
		if len(stories) == 0 {
			r.Exit = exitFailed
		}
	}
	if err := c.print(w, r); err != nil || r.Exit == 0 {
		return err
	}
	return exit{r.Exit, fmt.Errorf("no story in this store is %s: newsgraph list shows what is loaded", strings.Join(unknown, ", nor "))}
}

// storiesNamed are the stories that ids and urls name, and the names of none.
func storiesNamed(ctx context.Context, s store.Reader, names []string) (stories []news.Story, unknown []string, err error) {
	var ids []news.ID
	for _, name := range names {
		some := []news.ID{news.ID(name)}
		if !strings.HasPrefix(name, "story:") {
			if some, err = s.FindStories(ctx, []string{name}, nil); err != nil {
				return nil, nil, err
			}
		}
		there, err := s.StoriesByID(ctx, some)
		if err != nil {
			return nil, nil, err
		}
		if len(there) == 0 {
			unknown = append(unknown, name)
		}
		for _, story := range there {
			if !slices.Contains(ids, story.ID) {
				ids, stories = append(ids, story.ID), append(stories, story)
			}
		}
	}
	return stories, unknown, nil
}

func (c *removeCmd) print(w *world, r removed) error {
	if c.JSON {
		e := json.NewEncoder(w.stdout)
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	for _, story := range r.Removed {
		fmt.Fprintf(w.stdout, "%s  %s\n", story.ID, or(story.Headline, "no headline"))
	}
	verb := "removed"
	if c.DryRun {
		verb = "would be removed"
	}
	fmt.Fprintf(w.stdout, "%s %s\n", plural(len(r.Removed), "story", "stories"), verb)
	return nil
}
