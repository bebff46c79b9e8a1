package neo4j

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Importer is Neo4j's own bulk importer: a neo4j-admin that is installed, or the jars of a Neo4j, which hold it too.
type Importer struct {
	command []string
	jars    bool
}

// FindImporter finds the importer: a folder of Neo4j's jars, which Java runs, the path of a neo4j-admin, or the name of one in the PATH.
func FindImporter(name string) (Importer, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		if found, err := filepath.Glob(filepath.Join(name, "neo4j-*.jar")); err != nil || len(found) == 0 {
			return Importer{}, fmt.Errorf("neo4j: there are no jars of Neo4j in %s: name the folder lib of a Neo4j 5.26 or later, or a neo4j-admin", name)
		}
		java, err := exec.LookPath("java")
		if home := os.Getenv("JAVA_HOME"); err != nil && home != "" {
			java, err = exec.LookPath(filepath.Join(home, "bin", "java"))
		}
		if err != nil {
			return Importer{}, errors.New("neo4j: Java 17 or 21 is missing, which runs the jars of Neo4j: install it (apt-get install openjdk-17-jre-headless), or set JAVA_HOME")
		}
		folder, err := filepath.Abs(name) // Java's class path is read where the importer runs
		return Importer{[]string{java, "-XX:+UseParallelGC", "-cp", filepath.Join(folder, "*"), "org.neo4j.cli.AdminTool"}, true}, err
	}
	program, err := exec.LookPath(name)
	if err == nil {
		program, err = filepath.Abs(program)
	}
	if err != nil {
		return Importer{}, fmt.Errorf("neo4j: the importer %s is missing: it comes with Neo4j 5.26 or later (bin/neo4j-admin); name its path, or a folder of Neo4j's jars, or bring the graph "+
			"into a server that runs by newsgraph copy, which needs no importer", name)
	}
	return Importer{command: []string{program}}, nil
}

// ErrRuns says that a server runs on the data that were to be written, and ErrFilled that the database is there and holds a graph.
var (
	ErrRuns   = errors.New("a Neo4j runs on it")
	ErrFilled = errors.New("the database is not empty")
)

// Ready tells whether a database of a data folder, the one that holds databases/ and transactions/, can be made: ErrRuns or ErrFilled if not. A folder that is not there
// is made when the importer runs.
func Ready(data, database string) error {
	running, err := locked(filepath.Join(data, "databases", "store_lock"))
	if err != nil {
		return fmt.Errorf("neo4j: look at %s: %w", data, err)
	}
	if running {
		return fmt.Errorf("neo4j: %s: %w: stop it first (neo4j stop), or bring the graph into it by newsgraph copy", data, ErrRuns)
	}
	folder := filepath.Join(data, "databases", database)
	there, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) || err == nil && (len(there) == 0 || blank(folder)) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("neo4j: look at %s: %w", folder, err)
	}
	return fmt.Errorf("neo4j: %s: %w", folder, ErrFilled)
}

// blankSize is what a file of records holds at least, of a database that a server made and nobody filled.
const blankSize = 8192

// blank tells that a database holds no nodes. It knows the format of Community; any other is not blank.
func blank(folder string) bool {
	info, err := os.Stat(filepath.Join(folder, "neostore.nodestore.db"))
	return err == nil && info.Size() <= blankSize
}

// Import makes a database of the files of ExportBulk in a data folder, in place of what is there: Ready tells what that is. What the importer says goes to log. No server may run
// on the data meanwhile.
func (i Importer) Import(ctx context.Context, files, data, database string, log io.Writer) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("neo4j: import %s into %s: %w", database, data, err)
		}
	}()
	if data, err = filepath.Abs(data); err != nil {
		return err
	}
	if err := os.MkdirAll(data, 0o755); err != nil {
		return err
	}
	home, err := os.MkdirTemp("", "newsgraph-import")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home) //nolint:errcheck // nothing can be done
	config := filepath.Join(home, "neo4j.conf")
	if err := os.WriteFile(config, []byte("server.directories.data="+data+"\n"), 0o640); err != nil { //nolint:gosec // Neo4j wants it so
		return err
	}
	args := append(i.command[1:len(i.command):len(i.command)], "database", "import", "full", database, "--overwrite-destination", "--report-file="+filepath.Join(home, "report"),
		"--additional-config="+config, "@"+ImportArgs)
	c := exec.CommandContext(ctx, i.command[0], args...) //nolint:gosec // the user names the program
	c.Dir = files
	if i.jars {
		c.Env = append(os.Environ(), "NEO4J_HOME="+home, "NEO4J_CONF="+home)
	}
	var said tail
	c.Stdout, c.Stderr = io.MultiWriter(log, &said), io.MultiWriter(log, &said)
	err = c.Run()
	switch text := string(said.text); {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		return nil
	case strings.Contains(text, "database is in use"), strings.Contains(text, "lock file"):
		return fmt.Errorf("%w: stop it first", ErrRuns)
	case strings.Contains(text, "No space left"):
		return errors.New("the disk is full: make room, or name data on another; what was written there is no graph: import again")
	default:
		report, _ := os.ReadFile(filepath.Join(home, "report")) // it may not be there
		return fmt.Errorf("the importer failed (%w):\n%s%s", err, text, report[:min(len(report), tailed)])
	}
}

// tailed is how much of what the importer said an error tells.
const tailed = 4000

// tail keeps the end of what is written.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if len(t.text) > 2*tailed {
		t.text = bytes.Clone(t.text[len(t.text)-tailed:])
	}
	return len(p), nil
}
