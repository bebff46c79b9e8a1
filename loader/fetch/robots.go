package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// agentName is the product token that robots.txt names us by.
const agentName = "newsgraph"

const (
	maxRobots   = 500 << 10 // RFC 9309: parsers read at least 500 KiB
	robotsStay  = 24 * time.Hour
	robotsRetry = 10 * time.Minute // where it could not be got
	maxDelay    = time.Minute      // a site that asks for more is asked once a minute
)

// site is what a robots.txt lets us do.
type site struct {
	rules []rule
	delay time.Duration
	err   error // why nothing may be asked now
	until time.Time
}

type rule struct {
	path  string
	allow bool
}

// allowed tells whether the site of an address lets us ask for it. It gets robots.txt where that is not known: one that is not there (4xx) allows
// all, and one that cannot be got (5xx, no connection) forbids all for now, as RFC 9309 demands.
func (c *Client) allowed(ctx context.Context, u *url.URL) error {
	key := u.Scheme + "://" + u.Host
	c.mu.Lock()
	s := c.robots[key]
	c.mu.Unlock()
	if s == nil || time.Now().After(s.until) {
		if err := c.turn(ctx, u.Host); err != nil {
			return err
		}
		p, _, err := c.follow(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}, Validators{}, false)
		var status *Status
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			s = robots(string(p.Body[:min(len(p.Body), maxRobots)]))
			s.until = time.Now().Add(robotsStay)
		case errors.As(err, &status) && status.Code < 500 && status.Code != 429:
			s = &site{until: time.Now().Add(robotsStay)}
		case errors.Is(err, ErrRedirects), errors.Is(err, ErrTooLong), errors.Is(err, ErrBomb):
			s = &site{until: time.Now().Add(robotsStay)}
		default:
			s = &site{err: err, until: time.Now().Add(robotsRetry)}
			if guarded(err) || status == nil {
				s.until = time.Time{} // no answer at all: the next request finds out again
			}
		}
		c.mu.Lock()
		c.robots[key] = s
		c.mu.Unlock()
	}
	switch {
	case s.err != nil && guarded(s.err):
		return s.err
	case s.err != nil:
		return fmt.Errorf("its robots.txt cannot be got: %w", s.err)
	case u.Path == "/robots.txt" || s.allows(u):
		return nil
	}
	return ErrRobots
}

// allows takes the longest rule that fits; of two of one length the one that allows.
func (s *site) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	best, allow := -1, true
	for _, r := range s.rules {
		if n := len(r.path); (n > best || n == best && r.allow) && fits(r.path, path) {
			best, allow = n, r.allow
		}
	}
	return allow
}

// fits tells whether a path begins as a pattern says: * is anything, $ at its end is the path's end.
func fits(pattern, path string) bool {
	pattern, end := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, p := range parts[1:] {
		if end && i == len(parts)-2 {
			return strings.HasSuffix(path, p)
		}
		at := strings.Index(path, p)
		if at < 0 {
			return false
		}
		path = path[at+len(p):]
	}
	return !end || path == ""
}

// robots reads a robots.txt: the groups that name us, else those of everybody.
func robots(text string) *site {
	ours, all := &site{}, &site{}
	named := false
	var in []*site // the sites that the group's rules are for
	head := false  // the group's names are being read
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line, _, _ = strings.Cut(line, "#")
		field, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		field, value = strings.ToLower(strings.TrimSpace(field)), strings.TrimSpace(value)
		if field == "user-agent" {
			if !head {
				in, head = nil, true
			}
			name, _, _ := strings.Cut(value, "/")
			switch {
			case value == "*":
				in = append(in, all)
			case strings.EqualFold(strings.TrimSpace(name), agentName):
				in, named = append(in, ours), true
			}
			continue
		}
		switch field {
		case "allow", "disallow":
			head = false
			if value == "" {
				continue
			}
			for _, s := range in {
				s.rules = append(s.rules, rule{value, field == "allow"})
			}
		case "crawl-delay":
			head = false
			if n, err := strconv.ParseFloat(value, 64); err == nil && n > 0 {
				for _, s := range in {
					s.delay = time.Duration(min(n, maxDelay.Seconds()) * float64(time.Second))
				}
			}
		}
	}
	if named {
		return ours
	}
	return all
}
