package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	compose "github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// There is no container engine where these tests run. They check what can be checked without one: that the files mean what they
// should by Compose's own reader, and that the program understands what the containers call it with.

const secret = "a long secret"

// containers loads docker-compose.yml with every profile in an environment.
func containers(t *testing.T, environment ...string) (*types.Project, error) {
	t.Helper()
	options, err := compose.NewProjectOptions([]string{filepath.Join("..", "..", "docker-compose.yml")},
		compose.WithEnv(environment), compose.WithProfiles([]string{"*"}))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}

// understand parses arguments by the program's grammar, as they are after its name.
func understand(t *testing.T, args []string) (*kong.Context, error) {
	t.Helper()
	parser, err := kong.New(&cli{}, kong.Exit(func(code int) { t.Fatalf("%q ends the program with %d", args, code) }))
	if err != nil {
		t.Fatal(err)
	}
	return parser.Parse(args)
}

// flags are the values of a command's flags, as text.
func flags(parsed *kong.Context) map[string]string {
	values := map[string]string{}
	for _, flag := range parsed.Flags() {
		values[flag.Name] = fmt.Sprint(parsed.FlagValue(flag))
	}
	return values
}

func TestComposeWantsPassword(t *testing.T) {
	for _, environment := range [][]string{nil, {"NEO4J_PASSWORD="}} {
		_, err := containers(t, environment...)
		if err == nil || !strings.Contains(err.Error(), "set NEO4J_PASSWORD") {
			t.Errorf("with %q: got %v, want what to set", environment, err)
		}
	}
}

func TestComposeServices(t *testing.T) {
	project, err := containers(t, "NEO4J_PASSWORD="+secret)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(maps.Keys(project.Services)), []string{"load", "neo4j", "newsgraph"}; !slices.Equal(got, want) {
		t.Fatalf("services are %q, want %q", got, want)
	}
	neo4j, newsgraph, load := project.Services["neo4j"], project.Services["newsgraph"], project.Services["load"]

	if neo4j.Image != "neo4j:5.26-community" {
		t.Errorf("neo4j runs %s, want the edition and release that the tests run", neo4j.Image)
	}
	if got := neo4j.Environment["NEO4J_AUTH"]; got == nil || *got != "neo4j/"+secret {
		t.Error("neo4j does not get the password")
	}
	var volumes []string
	for _, v := range neo4j.Volumes {
		if _, declared := project.Volumes[v.Source]; v.Type != types.VolumeTypeVolume || !declared {
			t.Errorf("neo4j keeps %s in %s %q, want a named volume", v.Target, v.Type, v.Source)
		}
		volumes = append(volumes, v.Target)
	}
	if !slices.Contains(volumes, "/data") {
		t.Errorf("neo4j keeps %q; without /data its graph is lost with the container", volumes)
	}

	for _, service := range []types.ServiceConfig{neo4j, newsgraph} {
		if h := service.HealthCheck; h == nil || h.Disable || len(h.Test) < 2 || h.Interval == nil || h.Timeout == nil || h.Retries == nil {
			t.Errorf("%s has no whole health check: %v", service.Name, h)
		}
		for _, port := range service.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s opens port %s to the network", service.Name, port.Published)
			}
		}
	}
	if got := strings.Join(neo4j.HealthCheck.Test, " "); !strings.Contains(got, "cypher-shell") || strings.Contains(got, secret) {
		t.Errorf("neo4j is asked for its health by %q", got)
	}

	for _, service := range []types.ServiceConfig{newsgraph, load} {
		if after := service.DependsOn["neo4j"]; after.Condition != types.ServiceConditionHealthy {
			t.Errorf("%s does not wait until neo4j is healthy", service.Name)
		}
		if service.Build == nil || service.Build.Context != project.WorkingDir {
			t.Errorf("%s is not built of this project", service.Name)
		}
	}
	if slices.Equal(load.Profiles, newsgraph.Profiles) {
		t.Error("load is part of `docker compose up`")
	}
}

// Every container of ours calls the program with what the program understands.
func TestComposeCommands(t *testing.T) {
	project, err := containers(t, "NEO4J_PASSWORD="+secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range map[string]string{"newsgraph": "serve", "load": "load"} {
		service := project.Services[name]
		args := slices.Concat(service.Entrypoint, service.Command)
		if len(service.Entrypoint) > 0 {
			args = args[1:] // The program's own name, which the image's entry point has otherwise.
		}
		for _, volume := range service.Volumes {
			here := t.TempDir()
			for i := range args {
				args[i] = strings.Replace(args[i], volume.Target, here, 1)
			}
		}
		for key, value := range service.Environment {
			t.Setenv(key, *value)
		}
		parsed, err := understand(t, args)
		if err != nil {
			t.Errorf("%s: %q: %v", name, args, err)
			continue
		}
		if got := strings.Fields(parsed.Command())[0]; got != command {
			t.Errorf("%s: %q is the command %s, want %s", name, args, got, command)
		}
		values := flags(parsed)
		want := map[string]string{"store": "neo4j://neo4j:7687", "neo4j-user": "neo4j", "neo4j-password": secret}
		for flag, value := range want {
			if values[flag] != value {
				t.Errorf("%s: --%s is %q, want %q", name, flag, values[flag], value)
			}
		}
		if addr, served := values["addr"]; served {
			agree(t, service, addr)
		}
	}
}

// agree checks that the address that the program serves on is the one that is published and asked for its health.
func agree(t *testing.T, service types.ServiceConfig, addr string) {
	t.Helper()
	port, ok := strings.CutPrefix(addr, "0.0.0.0:")
	if !ok {
		t.Errorf("%s serves on %s, which no other container reaches", service.Name, addr)
	}
	if len(service.Ports) != 1 || fmt.Sprint(service.Ports[0].Target) != port || service.Ports[0].Published != "8080" {
		t.Errorf("%s serves on port %s and publishes %v", service.Name, port, service.Ports)
	}
	url := "http://127.0.0.1:" + port + "/readyz"
	if !slices.Contains(service.HealthCheck.Test, url) {
		t.Errorf("%s is asked for its health by %q, want %s", service.Name, service.HealthCheck.Test, url)
	}
}

// The image by itself serves the embedded store.
func TestImage(t *testing.T) {
	file, err := os.Open(filepath.Join("..", "..", "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	last := map[string]string{} // What each instruction of the last stage says.
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		instruction, rest, _ := strings.Cut(lines.Text(), " ")
		if instruction == "FROM" {
			clear(last)
		}
		last[instruction] = rest
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	var args []string
	if err := json.Unmarshal([]byte(last["CMD"]), &args); err != nil {
		t.Fatalf("CMD %s: %v", last["CMD"], err)
	}
	// What the tests' own environment says is not the image's.
	t.Setenv("NEWSGRAPH_STORE", "")
	if err := os.Unsetenv("NEWSGRAPH_STORE"); err != nil {
		t.Fatal(err)
	}
	parsed, err := understand(t, args)
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	values := flags(parsed)
	if parsed.Command() != "serve" || !strings.HasPrefix(values["store"], "sqlite:") || values["addr"] != "0.0.0.0:"+last["EXPOSE"] {
		t.Errorf("the image runs %s with %v and exposes %s", parsed.Command(), values, last["EXPOSE"])
	}
	if !strings.Contains(last["HEALTHCHECK"], "http://127.0.0.1:"+last["EXPOSE"]+"/readyz") {
		t.Errorf("the image is asked for its health by %s", last["HEALTHCHECK"])
	}
	if user := last["USER"]; user == "" || user == "root" {
		t.Errorf("the image runs as %q, want a user who is not root", user)
	}
}

// outside are strings of sources that lead upwards: what they import, or read.
var outside = regexp.MustCompile("[\"'`](\\.\\./[^\"'`?$]*)")

// What the pages are built of, and lies outside their folder, is copied into the stage that builds them, to where they look for it.
func TestImagePage(t *testing.T) {
	root := filepath.Join("..", "..")
	dockerfile, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := os.ReadFile(filepath.Join(root, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	copied, stage := map[string]bool{}, "" // what stands in the image where it stands in the project
	for line := range strings.Lines(string(dockerfile)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if words[0] == "FROM" {
			stage = words[len(words)-1]
		}
		if strings.HasPrefix(line, "RUN npm run build") {
			stage = "" // What is copied later comes too late.
		}
		if stage == "page" && words[0] == "COPY" && len(words) == 3 && path.Clean(words[2]) == path.Join("/src", words[1]) {
			copied[path.Clean(words[1])] = true
		}
	}
	read := map[string][]string{} // by which files
	web := filepath.Join(root, "web")
	err = filepath.WalkDir(web, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		in, err := filepath.Rel(web, name)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{"dist", "e2e", "node_modules", "test-results"}, in) {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".ts", ".tsx", ".mjs", ".css", ".html"}, filepath.Ext(name)) || strings.Contains(name, ".test.") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(text)) {
			if in == "vite.config.ts" && strings.HasPrefix(strings.TrimSpace(line), "server:") {
				continue // which builds nothing
			}
			for _, found := range outside.FindAllStringSubmatch(line, -1) {
				if to := path.Join("web", filepath.ToSlash(filepath.Dir(in)), found[1]); to != "web" && !strings.HasPrefix(to, "web/") && !slices.Contains(read[to], in) {
					read[to] = append(read[to], in)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(read["schema"]) == 0 || len(read["docs/api.md"]) == 0 {
		t.Errorf("the pages are built of %v, without the schema or the examples: has this test lost where they are read?", read)
	}
	for name, by := range read {
		if !copied[name] && !copied[path.Dir(name)] {
			t.Errorf("%v read %s, which is not copied into the stage page of the Dockerfile", by, name)
		}
		if slices.Contains(strings.Fields(string(ignored)), name) {
			t.Errorf("%v read %s, which .dockerignore leaves out", by, name)
		}
	}
}
