//go:build unix

package neo4jtest

import (
	"context"
	_ "embed" // pom.xml
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed pom.xml
var pom []byte

// envCache names the folder for the jars; unset, it is newsgraph in the user's cache.
const envCache = "NEWSGRAPH_CACHE"

// jars returns the folder of the server's jars and its version, and has Maven fetch them the first time.
func jars(ctx context.Context, log io.Writer) (dir, version string, err error) {
	var project struct {
		Version string `xml:"properties>neo4j.version"`
	}
	if err := xml.Unmarshal(pom, &project); err != nil {
		return "", "", fmt.Errorf("neo4jtest: read pom.xml: %w", err)
	}
	version = project.Version
	cache := os.Getenv(envCache)
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", "", fmt.Errorf("neo4jtest: find the user's cache (or set %s): %w", envCache, err)
		}
		cache = filepath.Join(user, "newsgraph")
	}
	// Java takes no relative class path: the server runs in a folder of its own.
	cache, err = filepath.Abs(cache)
	if err != nil {
		return "", "", fmt.Errorf("neo4jtest: find %s: %w", cache, err)
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", "", fmt.Errorf("neo4jtest: make cache (set %s to a folder that can be written): %w", envCache, err)
	}
	dir = filepath.Join(cache, "neo4j-"+version)
	if _, err := os.Stat(dir); err == nil {
		return dir, version, nil
	}
	return dir, version, fetch(ctx, dir, version, log)
}

// fetch has Maven fill a folder beside dir and renames it, so that dir is whole or is not there, under a lock: test packages run at
// the same time.
func fetch(ctx context.Context, dir, version string, log io.Writer) (err error) {
	unlock, err := lock(ctx, dir+".lock")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if _, err := os.Stat(dir); err == nil {
		return nil // Another process was first.
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return fmt.Errorf("neo4jtest: Maven is missing, which fetches Neo4j's jars: apt-get install maven, or set %s", envURI)
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "fetch-")
	if err != nil {
		return fmt.Errorf("neo4jtest: make folder for jars: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := os.WriteFile(filepath.Join(work, "pom.xml"), pom, 0o600); err != nil {
		return fmt.Errorf("neo4jtest: write pom.xml: %w", err)
	}
	fmt.Fprintf(log, "neo4jtest: fetching the jars of Neo4j %s (116 MB, once) to %s\n", version, dir)
	lib := filepath.Join(work, "lib")
	command := exec.CommandContext(ctx, mvn, "-q", "-B", "-f", filepath.Join(work, "pom.xml"), "dependency:copy-dependencies",
		"-DoutputDirectory="+lib, "-DincludeScope=runtime")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("neo4jtest: fetch jars with Maven: %w\n%s", err, output)
	}
	if err := os.Rename(lib, dir); err != nil {
		return fmt.Errorf("neo4jtest: keep jars: %w", err)
	}
	return nil
}
