//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "write the README's answer anew")

const readmeFile = "../../README.md"

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(readmeFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// fences are the code blocks of a language.
func fences(text, language string) []string {
	var all []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// readmeBlock is the README's only block of a language.
func readmeBlock(t *testing.T, language string) string {
	t.Helper()
	blocks := fences(readme(t), language)
	if len(blocks) != 1 {
		t.Fatalf("the README has %d blocks of %s, want 1", len(blocks), language)
	}
	return blocks[0]
}

// TestReadmeAnswer asks the demo what the README asks, and holds the README's answer against what comes.
func TestReadmeAnswer(t *testing.T) {
	url := serving(t, "demo", "--addr", "127.0.0.1:0")
	var data json.RawMessage
	answer(t, url, readmeBlock(t, "graphql"), &data)
	got := readable(t, data, "") + "\n"
	want := readmeBlock(t, "json")
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("the answer is (go test ./cmd/newsgraph -run TestReadmeAnswer -update writes it)\n%s", got)
	}
	text := strings.Replace(readme(t), "```json\n"+want+"```", "```json\n"+got+"```", 1)
	if err := os.WriteFile(readmeFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// readable is JSON, its keys in their order, with what is short on one line.
func readable(t *testing.T, data json.RawMessage, indent string) string {
	t.Helper()
	var flat bytes.Buffer
	if err := json.Compact(&flat, data); err != nil {
		t.Fatal(err)
	}
	const wide = 110
	if len(indent)+flat.Len() <= wide || flat.Bytes()[0] != '{' && flat.Bytes()[0] != '[' {
		return strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(flat.String())
	}
	inner := indent + "  "
	d := json.NewDecoder(&flat)
	open, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for d.More() {
		part := ""
		if open == json.Delim('{') {
			key, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			part = fmt.Sprintf("%q: ", key)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part+readable(t, value, inner))
	}
	shut := map[json.Delim]string{'{': "}", '[': "]"}[open.(json.Delim)]
	return fmt.Sprint(open) + "\n" + inner + strings.Join(parts, ",\n"+inner) + "\n" + indent + shut
}

// TestReadmeCommands holds the commands that the README names against the program's grammar and the Makefile's targets.
func TestReadmeCommands(t *testing.T) {
	text := readme(t)
	parser, err := kong.New(&cli{}, kong.Name("newsgraph"))
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range parser.Model.Children {
		if !strings.Contains(text, "| `newsgraph "+node.Name) {
			t.Errorf("the table of commands has no %s", node.Name)
		}
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	coded, err := os.ReadFile("../../docs/coded.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.Join(append(fences(text, "sh"), fences(string(coded), "sh")...), ""), "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		for len(words) > 0 && strings.Contains(words[0], "=") {
			words = words[1:] // of the environment
		}
		if len(words) == 0 {
			continue
		}
		commands++
		switch words[0] {
		case "newsgraph":
			if i := slices.Index(words, ">"); i > 0 {
				words = words[:i]
			}
			if _, err := parser.Parse(words[1:]); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		case "make":
			if !bytes.Contains(makefile, []byte("\n"+words[1]+":")) {
				t.Errorf("%s: no such target", line)
			}
		case "docker": // compose_test reads the file that it starts
		default:
			t.Errorf("%s: no test knows it", line)
		}
	}
	if commands < 8 {
		t.Errorf("%d commands read", commands)
	}
}
