//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
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

// BenchmarkBeside asks a server over an embedded store the worked questions, one at a time: at rest, and while newsgraph load puts texts into the same
// file beside it. It tells how long the slowest in a hundred took of each.
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
	// Texts tell of others that are called so: the questions go on to be about those of the tables.
	var names []string
	for _, name := range []string{"Russia", "Ukraine", "Nauru", "Palau"} {
		names = append(names, fmt.Sprintf("name: %q", name), fmt.Sprintf("name: %q", name), fmt.Sprintf("%q", name), fmt.Sprintf("%q", idOf(b, c, name)))
	}
	for i := range queries {
		queries[i] = strings.NewReplacer(names...).Replace(queries[i])
	}
	// asking goes through the questions, and tells how many, and how long the middle one and the slowest in a hundred took, in ms.
	asking := func(ctx context.Context) (n int, p50, p99 float64) {
		var took []time.Duration
		for i := 0; ctx.Err() == nil; i++ {
			began := time.Now()
			if _, err := c.ask(queries[i%len(queries)], nil); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		ms := func(part int) float64 { return float64(took[len(took)*part/100].Microseconds()) / 1000 }
		return len(took), ms(50), ms(99)
	}
	during := func(d time.Duration) (n int, p50, p99 float64) {
		ctx, cancel := context.WithTimeout(b.Context(), d)
		defer cancel()
		return asking(ctx)
	}
	during(5 * time.Second)
	n, p50, p99 := during(20 * time.Second)
	loading, loaded := context.WithTimeout(b.Context(), time.Minute)
	defer loaded()
	load := exec.CommandContext(loading, program, "load", "--store", "sqlite:"+file, "--json", os.Getenv(envTexts))
	load.Stderr = os.Stderr
	if err := load.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- load.Wait()
		loaded()
	}()
	time.Sleep(2 * time.Second) // its models are read
	m, beside50, beside99 := asking(loading)
	if err := <-ended; err != nil && loading.Err() != context.DeadlineExceeded {
		b.Fatalf("load: %v", err)
	}
	fmt.Printf("\nbeside: rest %.1f ms, %.1f ms of %d; load %.1f ms, %.1f ms of %d\n", p50, p99, n, beside50, beside99, m)
}
