//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// envTexts names stories as lines of JSON, which BenchmarkBeside loads.
const envTexts = "NEWSGRAPH_BENCH_TEXTS"

// worked are the questions of graph's BenchmarkQuestions.
func worked(t testing.TB) (queries []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash("../../graph/testdata/questions.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range strings.Split(string(data), "\n\n# ")[1:] {
		_, query, _ := strings.Cut(one, "\n")
		queries = append(queries, query)
	}
	return queries
}

// BenchmarkBeside asks a server over an embedded store the worked questions, one at a time, while newsgraph load puts texts into the same file beside it,
// and in turns with that while the load stands still, so that what else the machine does slows both alike. It tells how long the middle one and the
// slowest in a hundred took of each.
func BenchmarkBeside(b *testing.B) {
	if os.Getenv(envNews) == "" || os.Getenv(envTexts) == "" {
		b.Skipf("set %s to a folder that shared/bench/gen.py filled, and %s to stories", envNews, envTexts)
	}
	// Imported by the program, a state is the one that texts name.
	file := filepath.Join(b.TempDir(), "graph.db")
	if out, err := exec.CommandContext(b.Context(), program, "import", "--store", "sqlite:"+file, os.Getenv(envNews)).CombinedOutput(); err != nil {
		b.Fatalf("import: %v: %s", err, out)
	}
	c, queries := serves(b, "sqlite:"+file), worked(b)
	for _, query := range slices.Concat(queries, queries) { // what is read at the first question is read
		if _, err := c.ask(query, nil); err != nil {
			b.Fatal(err)
		}
	}
	load := exec.CommandContext(b.Context(), program, "load", "--store", "sqlite:"+file, "--json", os.Getenv(envTexts))
	load.Stderr = os.Stderr
	load.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // as from a terminal of its own
	if err := load.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- load.Wait() }()
	time.Sleep(5 * time.Second) // its models are read
	const turn, turns = 2 * time.Second, 30
	var rest, beside []time.Duration
	asked, over := 0, false
	// asking goes through the questions for a turn.
	asking := func(took []time.Duration) []time.Duration {
		for until := time.Now().Add(turn); time.Now().Before(until); asked++ {
			began := time.Now()
			if _, err := c.ask(queries[asked%len(queries)], nil); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		return took
	}
	for i := 0; i < turns && !over; i++ {
		_ = load.Process.Signal(syscall.SIGSTOP) // it may have ended
		rest = asking(rest)
		_ = load.Process.Signal(syscall.SIGCONT)
		during := asking(nil)
		select {
		case err := <-ended:
			if over = true; err != nil {
				b.Fatalf("load: %v", err)
			}
		default:
			beside = append(beside, during...)
		}
	}
	if !over {
		_ = load.Process.Kill()
		<-ended //nolint:errcheck // it was killed
	}
	if len(beside) == 0 {
		b.Fatal("the load ended before a turn of it: name more stories")
	}
	told := func(took []time.Duration) string {
		slices.Sort(took)
		ms := func(part int) float64 { return float64(took[len(took)*part/100].Microseconds()) / 1000 }
		return fmt.Sprintf("%.1f ms, %.1f ms of %d", ms(50), ms(99), len(took))
	}
	fmt.Printf("\nbeside: rest %s; load %s\n", told(rest), told(beside))
}
