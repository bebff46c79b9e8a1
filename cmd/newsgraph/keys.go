package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"newsgraph/graph/access"
)

type keysCmd struct {
	Add    keysAddCmd    `cmd:"" help:"Make a key and show it, once."`
	List   keysListCmd   `cmd:"" help:"Show the names of all keys, what they allow and until when."`
	Revoke keysRevokeCmd `cmd:"" help:"Take a key away; a server that runs refuses it within a second."`
}

// keysFile says where keys are kept.
type keysFile struct {
	Keys string `help:"File of keys." default:"newsgraph.keys" env:"NEWSGRAPH_KEYS" placeholder:"FILE"`
}

// noKeys says what to do where a file of keys is not there, or may not be read or written. A flag that names no file of keys is wrong use, for every command.
func noKeys(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && !there(filepath.Dir(path)):
		return exit{exitUsage, fmt.Errorf("there is no folder %s for the file of keys: make it, or name another file with --keys FILE", filepath.Dir(path))}
	case errors.Is(err, fs.ErrNotExist):
		return exit{exitUsage, fmt.Errorf("there is no file of keys at %s: make it: newsgraph keys add NAME --keys %s", path, path)}
	case errors.Is(err, access.ErrForm):
		return exit{exitUsage, err}
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read or written by this user: let it read the file and write its folder, where each change puts a new one, or name another with --keys FILE: %w", path, err)
	}
	return err
}

// there tells that something has a path.
func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

type keysAddCmd struct {
	keysFile
	Name      string   `arg:"" help:"Whose key it is: letters, digits, . _ @ and -."`
	Scope     []string `help:"What it allows: read (ask), load (load and remove stories), curate (correct the graph); load and curate include read." default:"read"`
	Expires   string   `help:"When it ends: a day (2027-01-31) or a time from now (90d, 12h). Never unless given."`
	PerMinute int      `help:"How many requests a minute it may make; no bound unless given."`
}

// Help shows examples.
func (keysAddCmd) Help() string {
	return "The key itself is kept nowhere: the file has its SHA-256.\n\nExamples:\n  newsgraph keys add dashboard\n" +
		"  newsgraph keys add ana --scope curate --expires 90d --per-minute 600\n  newsgraph serve --addr 0.0.0.0:8080 --keys newsgraph.keys"
}

// Run makes a key.
func (c *keysAddCmd) Run(w *world) error {
	now := time.Now().UTC().Truncate(time.Second)
	record := access.Key{Name: c.Name, Created: now, Minute: c.PerMinute}
	for _, scope := range c.Scope {
		record.Scopes = append(record.Scopes, access.Scope(scope))
	}
	if c.Expires != "" {
		ends, err := ending(c.Expires, now)
		if err != nil {
			return exit{exitUsage, err}
		}
		record.Expires = ends
	}
	key, record, err := access.Make(record)
	if err != nil {
		return exit{exitUsage, err}
	}
	if err := access.Add(c.Keys, record); err != nil {
		return noKeys(c.Keys, err)
	}
	fmt.Fprintln(w.stdout, key)
	fmt.Fprintf(w.stderr, "newsgraph: this is the key of %s; it is shown this once\n", c.Name)
	return nil
}

// ending reads a day, or days or hours from now.
func ending(text string, now time.Time) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		if !day.After(now) {
			return time.Time{}, fmt.Errorf("--expires %s is over: give a day to come", text)
		}
		return day, nil
	}
	days, ok := strings.CutSuffix(text, "d")
	n, err := strconv.Atoi(days)
	if ok && err == nil && n > 0 && n <= 36500 {
		return now.AddDate(0, 0, n), nil
	}
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return now.Add(d), nil
	}
	return time.Time{}, fmt.Errorf("--expires %q is no time: write a day (2027-01-31), 90d or 12h", text)
}

type keysListCmd struct {
	keysFile
	JSON bool `name:"json" help:"Write JSON lines."`
}

// Help shows examples.
func (keysListCmd) Help() string {
	return "Examples:\n  newsgraph keys list\n  newsgraph keys list --json --keys /etc/newsgraph.keys"
}

// Run shows what keys there are.
func (c *keysListCmd) Run(w *world) error {
	keys, err := access.ReadFile(c.Keys)
	if err != nil {
		return noKeys(c.Keys, err)
	}
	if c.JSON {
		for _, k := range keys {
			line, err := json.Marshal(k)
			if err != nil {
				return err
			}
			fmt.Fprintf(w.stdout, "%s\n", line)
		}
		return nil
	}
	t := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tSCOPES\tMADE\tENDS\tA MINUTE")
	for _, k := range keys {
		ends, minute := "never", "no bound"
		if !k.Expires.IsZero() {
			ends = k.Expires.Format(time.DateTime)
			if !k.Expires.After(time.Now()) {
				ends += " (over)"
			}
		}
		if k.Minute > 0 {
			minute = strconv.Itoa(k.Minute)
		}
		scopes := make([]string, len(k.Scopes))
		for i, scope := range k.Scopes {
			scopes[i] = string(scope)
		}
		slices.Sort(scopes)
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", k.Name, strings.Join(scopes, ","), k.Created.Format(time.DateOnly), ends, minute)
	}
	return t.Flush()
}

type keysRevokeCmd struct {
	keysFile
	Name string `arg:"" help:"Whose key."`
}

// Help shows examples.
func (keysRevokeCmd) Help() string {
	return "Examples:\n  newsgraph keys revoke dashboard"
}

// Run takes a key away.
func (c *keysRevokeCmd) Run(w *world) error {
	if err := access.Revoke(c.Keys, c.Name); err != nil {
		return noKeys(c.Keys, err)
	}
	fmt.Fprintf(w.stdout, "the key of %s is revoked\n", c.Name)
	return nil
}
