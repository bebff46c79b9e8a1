package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"newsgraph/loader/extract"
)

type versionCmd struct {
	JSON bool `name:"json" help:"Write JSON."`
}

// Help shows examples.
func (versionCmd) Help() string {
	return "The reader's version decides which stories reread reads again.\n\nExamples:\n  newsgraph version\n  newsgraph version --json"
}

// version is what a report of a defect needs.
type version struct {
	Revision string `json:"revision"` // of the source, or "unknown" where the build was not told
	Changed  bool   `json:"changed"`  // the source was changed since
	Time     string `json:"time,omitempty"`
	Reader   string `json:"reader"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func versionOf() version {
	v := version{Revision: "unknown", Reader: extract.Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Revision = s.Value
			case "vcs.time":
				v.Time = s.Value
			case "vcs.modified":
				v.Changed = s.Value == "true"
			}
		}
	}
	return v
}

// Run shows it.
func (c *versionCmd) Run(w *world) error {
	v := versionOf()
	if c.JSON {
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "%s\n", line)
		return nil
	}
	changed := ""
	if v.Changed {
		changed = ", changed"
	}
	fmt.Fprintf(w.stdout, "newsgraph %s%s\nreader %s\n%s %s\n", v.Revision, changed, v.Reader, v.Go, v.Platform)
	return nil
}
