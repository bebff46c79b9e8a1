package client

import (
	"bufio"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"testing"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// demo starts the program, which NEWSGRAPH names, with its samples.
func demo(t *testing.T) graphql.Client {
	t.Helper()
	program := os.Getenv("NEWSGRAPH")
	if program == "" {
		program = "../../bin/newsgraph"
	}
	c := exec.CommandContext(t.Context(), program, "demo", "--addr", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatalf("%v: make build makes it", err)
	}
	t.Cleanup(func() { _ = c.Wait() })
	address := regexp.MustCompile(`serving (http://\S+)/$`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if at := address.FindStringSubmatch(lines.Text()); at != nil {
			return graphql.NewClient(at[1]+"/graphql", http.DefaultClient)
		}
	}
	t.Fatal("the program ended before it served")
	return nil
}

func TestClient(t *testing.T) {
	server := demo(t)
	asserted := &EventFilter{Modality: []Modality{ModalityAsserted}}
	var all []Event
	for e, err := range All(t.Context(), server, asserted) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if len(all) <= 100 {
		t.Fatalf("%d events are one page", len(all))
	}
	ids := map[string]bool{}
	for _, e := range all {
		ids[e.Id] = true
	}
	if len(ids) != len(all) {
		t.Errorf("%d events are %d", len(all), len(ids))
	}

	condemned := &EventFilter{Action: []string{"condemn"}, Source: []string{"Joe Biden"}}
	for e, err := range All(t.Context(), server, condemned) {
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(e.Sources, func(s EventSourcesEntity) bool { return s.GetName() == "Joe Biden" }) {
			t.Errorf("%s condemned, and not Joe Biden", e.Title)
		}
		again, err := EventByID(t.Context(), server, e.Id)
		if err != nil || again.Event == nil || again.Event.Title != e.Title {
			t.Errorf("%s is %v, %v by its id", e.Id, again, err)
		}
	}

	var refused gqlerror.List
	for _, err := range All(t.Context(), server, &EventFilter{Action: []string{"condemned"}}) {
		if !errors.As(err, &refused) || refused[0].Extensions["code"] != "BAD_USER_INPUT" {
			t.Errorf("an action that is none: %v", err)
		}
	}
	if len(refused) == 0 {
		t.Error("an action that is none is taken")
	}
}
