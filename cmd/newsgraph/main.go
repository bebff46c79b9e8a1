// Command newsgraph turns news stories into a graph and serves it. This package parses flags, opens stores, prints and exits; what
// the commands do is done in loader, store, graph and web.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"

	"newsgraph/store"
	"newsgraph/store/neo4j"
	"newsgraph/store/sqlite"
)

// cli is the grammar of the command line.
type cli struct {
	Load    loadCmd        `cmd:"" help:"Read stories and put them into a store."`
	Enqueue enqueueCmd     `cmd:"" help:"Read stories and put them into a queue, from which many loaders take them."`
	Watch   watchCmd       `cmd:"" help:"Look at feeds, sitemaps and folders again and again, and load what is new."`
	Serve   serveCmd       `cmd:"" help:"Serve a store: the explorer at /, GraphQL at /graphql, where a browser finds the playground."`
	Export  exportCmd      `cmd:"" help:"Write a store as sorted JSON lines, or as the files of Neo4j's importer."`
	Import  importFactsCmd `cmd:"" help:"Put an export, or tables of another program, into a store."`
	Copy    copyCmd        `cmd:"" help:"Copy a store into another."`
	Bulk    bulkCmd        `cmd:"" help:"Make a Neo4j database of a store or of facts by Neo4j's own importer."`
	Verify  verifyCmd      `cmd:"" help:"Tell whether a store holds together."`
	List    listCmd        `cmd:"" help:"List the stories that are loaded."`
	Remove  removeCmd      `cmd:"" help:"Erase stories, with all that they alone support."`
	Extract extractCmd     `cmd:"" help:"Read JSON lines of texts, write what is understood as JSON lines."`
	Parse   parseCmd       `cmd:"" help:"Write the grammar of sentences as CoNLL-U: tags, lemmas, trees."`
	Correct correctCmd     `cmd:"" help:"Correct the graph: merge, split, rename, retype, redate, hide, pin; with author, reason and undo."`
	Reread  rereadCmd      `cmd:"" help:"Read the stories of a store again that an older newsgraph read."`
	Explain explainCmd     `cmd:"" help:"Show how a story is understood: entities, events, dates, speakers, and why."`
	Demo    demoCmd        `cmd:"" help:"Load the sample stories into a temporary store and serve them."`
	Keys    keysCmd        `cmd:"" help:"Make, show and revoke the keys by which a server lets people in."`
	Version versionCmd     `cmd:"" help:"Show which newsgraph this is."`

	Config kong.ConfigFlag `help:"JSON file of flags by name, for all commands or in an object for one; the command line and the environment go before it." placeholder:"FILE"`
}

// storeFlags say which store.
type storeFlags struct {
	Store         string `help:"sqlite:PATH, neo4j://HOST:PORT or bolt://HOST:PORT." default:"sqlite:newsgraph.db" env:"NEWSGRAPH_STORE"`
	Neo4jUser     string `help:"User of Neo4j." env:"NEO4J_USER" name:"neo4j-user"`
	Neo4jPassword string `help:"Password of Neo4j." env:"NEO4J_PASSWORD" name:"neo4j-password"`
}

// open opens the store that the flags name.
func (f storeFlags) open(ctx context.Context) (store.Store, error) {
	scheme, path, ok := strings.Cut(f.Store, ":")
	switch {
	case ok && scheme == "sqlite" && strings.Trim(path, "/") == ":memory:":
		return nil, exit{exitUsage, fmt.Errorf("--store %q names no file, and the graph is kept in one: write sqlite:PATH", f.Store)}
	case ok && scheme == "sqlite" && strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///"):
		return nil, exit{exitUsage, fmt.Errorf("--store %q names a host, and the file is on this one: write sqlite:%s, or sqlite:/PATH for a path from the root", f.Store, path[2:])}
	case ok && scheme == "sqlite" && path != "":
		return sqlite.Open(ctx, path)
	case ok && (strings.HasPrefix(scheme, "neo4j") || strings.HasPrefix(scheme, "bolt")):
		return neo4j.Open(ctx, f.Store, neo4j.Auth{User: f.Neo4jUser, Password: f.Neo4jPassword})
	}
	return nil, exit{exitUsage, fmt.Errorf("--store %q names no store: write sqlite:PATH, neo4j://HOST:7687 or bolt://HOST:7687", f.Store)}
}

// writing opens a store to write into, which is made if it is an embedded one that is not there.
func (f storeFlags) writing(ctx context.Context) (store.Store, error) {
	s, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	return writable(s)
}

// writable is a store, or the error that it may not be written: what takes long, or goes on for days, shall not end in it.
func writable(s store.Store) (store.Store, error) {
	if fixed, ok := s.(interface{ Writable() error }); ok {
		if err := fixed.Writable(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// changing opens a store that must be there, to write into.
func (f storeFlags) changing(ctx context.Context) (store.Store, error) {
	if err := f.there("--store"); err != nil {
		return nil, err
	}
	return f.writing(ctx)
}

// existing opens a store that must be there: asking makes none.
func (f storeFlags) existing(ctx context.Context) (store.Store, error) {
	return f.reading(ctx, "--store")
}

// reading is existing for a store that another flag names.
func (f storeFlags) reading(ctx context.Context, flag string) (store.Store, error) {
	if err := f.there(flag); err != nil {
		return nil, err
	}
	s, err := f.open(ctx)
	if err == nil && readOnly(s) {
		fmt.Fprintf(os.Stderr, "newsgraph: %s can be read alone: this user may not write it or its folder\n", f.Store)
	}
	return s, err
}

// readOnly tells that a store can be read alone.
func readOnly(s store.Store) bool {
	fixed, ok := s.(interface{ ReadOnly() bool })
	return ok && fixed.ReadOnly()
}

// there says that the store is not, and which flag names another.
func (f storeFlags) there(flag string) error {
	path, ok := strings.CutPrefix(f.Store, "sqlite:")
	if !ok || strings.HasPrefix(path, "//") || path == ":memory:" {
		return nil // for open to refuse, or to reach
	}
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0 && !logged(path) {
		return fmt.Errorf("there is no store at %s: name another with %s sqlite:PATH, or make it: newsgraph load --store %s FILE", path, flag, f.Store)
	}
	return nil
}

// logged tells that a file that is still empty has its first pages in the log beside it.
func logged(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

// world is what commands take from outside.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
}

func main() {
	ctx, stop := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s := <-signals
		signal.Stop(signals) // a second one ends the program at once
		stop(interrupted{s})
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// interrupted is the signal that ended the context. It is context.Canceled to those who ask.
type interrupted struct{ os.Signal }

func (i interrupted) Error() string        { return "interrupted: " + i.String() }
func (i interrupted) Is(target error) bool { return target == context.Canceled }

// exit is an error with the exit code that it ends the program with.
type exit struct {
	code int
	error
}

// The exit codes that newsgraph load --help and the README tell; 128 and a signal's number tell that it stopped the load.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3
	exitSignal  = 128
)

// run is the program: 0 is well, 1 that something failed, 2 that the command line is wrong, 130 or 143 that a signal ended it, and others are an exit's.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	code := -1
	w := &world{untilDone(ctx, stdin), stdout, stderr, slog.New(requests{slog.NewTextHandler(stderr, nil)})}
	parser, err := kong.New(&cli{}, kong.Name("newsgraph"),
		kong.Description("Who did what to whom, with what, where and when, and who says it: a graph of the news.\n\nExamples:\n  newsgraph demo\n"+
			"  newsgraph load --published 2024-01-10 story.txt\n  newsgraph serve --addr 127.0.0.1:8080\n  newsgraph export > graph.jsonl"),
		kong.Configuration(configured), kong.Writers(stdout, stderr), kong.Exit(func(c int) { code = c }), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(w))
	if err != nil {
		fmt.Fprintln(stderr, "newsgraph:", err)
		return 1
	}
	k, err := parser.Parse(args)
	if code >= 0 {
		return code
	}
	if err != nil {
		fmt.Fprintf(stderr, "newsgraph: %v (newsgraph --help shows how)\n", err)
		return 2
	}
	err = k.Run()
	var e exit
	if errors.As(err, &e) {
		fmt.Fprintln(stderr, "newsgraph:", err)
		return e.code
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "newsgraph: interrupted before its end; run it again")
		return signalled(ctx)
	}
	if err != nil {
		fmt.Fprintln(stderr, "newsgraph:", err)
		return exitFailed
	}
	return 0
}

// signalled is the exit code of what a signal ended.
func signalled(ctx context.Context) int {
	if i, ok := context.Cause(ctx).(interrupted); ok && i.Signal == syscall.SIGTERM { //nolint:errorlint // main makes it
		return exitSignal + int(syscall.SIGTERM)
	}
	return exitSignal + int(syscall.SIGINT)
}

// untilDone is what r gives until ctx ends, and then the cause of that: who waits for more of r waits no longer. It reads nothing before it is asked.
func untilDone(ctx context.Context, r io.Reader) io.Reader {
	return readerFunc(sync.OnceValue(func() io.Reader {
		out, in := io.Pipe()
		context.AfterFunc(ctx, func() { in.CloseWithError(context.Cause(ctx)) })
		go func() {
			_, err := io.Copy(in, r)
			in.CloseWithError(err)
		}()
		return out
	}))
}

// readerFunc gives the reader that is read.
type readerFunc func() io.Reader

func (f readerFunc) Read(p []byte) (int, error) { return f().Read(p) }
