//go:build unix

// Command run runs a command beside one real Neo4j, which every test package of the command shares, and ends with its exit code:
//
//	go run ./store/neo4j/neo4jtest/run -- go test ./...
//
// The server is the one that NEO4J_URI names, which must be empty, or one that it starts and stops. It knows nothing of the command.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"newsgraph/store/neo4j/neo4jtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the command's exit code, 1 if there was no server for it, and 2 if there was no command.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(stderr, "usage: run [--] COMMAND [ARGUMENT...]")
		return 2
	}
	environment, stop, err := neo4jtest.Share(ctx, stderr)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Env = append(os.Environ(), environment...)
	command.Stdin, command.Stdout, command.Stderr = stdin, stdout, stderr
	// go test passes an interrupt on to its tests; killed, it would leave them running.
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 20 * time.Second
	err = command.Run()
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.Exited() {
		code = exit.ExitCode()
	} else if err != nil {
		fmt.Fprintf(stderr, "run %s: %v\n", args[0], err)
		code = 1
	}
	// The context may be over, and the server must not outlive it.
	if err := stop(); err != nil {
		fmt.Fprintln(stderr, err)
		code = max(code, 1)
	}
	return code
}
