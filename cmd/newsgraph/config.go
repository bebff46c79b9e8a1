package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// config is a file of flags: an object by their names, which holds for every command that has them, and in it an object a command, which goes before.
// The command line goes before the file, and so do variables of the environment.
type config map[string]any

// configured reads a config. It is kong.JSON, but what is no flag is refused, and the environment goes before the file.
func configured(r io.Reader) (kong.Resolver, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	c := config{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("--config: no JSON object: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("--config: more than one JSON value")
	}
	return c, nil
}

// Validate refuses names that no command knows.
func (c config) Validate(app *kong.Application) error { return c.known(app.Node, "") }

func (c config) known(node *kong.Node, at string) error {
	for name, value := range c {
		if below, ok := value.(map[string]any); ok {
			i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == name })
			if i < 0 {
				return fmt.Errorf("--config: there is no command %s%s", at, name)
			}
			if err := config(below).known(node.Children[i], at+name+" "); err != nil {
				return err
			}
			continue
		}
		if !has(node, name) {
			return fmt.Errorf("--config: newsgraph %shas no flag --%s", at, name)
		}
	}
	return nil
}

// has tells whether a command, or one below it, has a flag.
func has(node *kong.Node, name string) bool {
	return slices.ContainsFunc(node.Flags, func(f *kong.Flag) bool { return f.Name == name }) ||
		slices.ContainsFunc(node.Children, func(n *kong.Node) bool { return has(n, name) })
}

// Resolve is what the file says of a flag, or nil.
func (c config) Resolve(context *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, variable := range flag.Envs {
		if _, set := os.LookupEnv(variable); set {
			return nil, nil
		}
	}
	var said any
	object, names := c, []string{}
	for node := context.Selected(); node != nil && node.Parent != nil; node = node.Parent {
		names = slices.Insert(names, 0, node.Name)
	}
	for {
		if v, ok := object[flag.Name]; ok {
			if _, command := v.(map[string]any); !command {
				said = v
			}
		}
		if len(names) == 0 {
			break
		}
		below, ok := object[names[0]].(map[string]any)
		if !ok {
			break
		}
		object, names = below, names[1:]
	}
	switch v := said.(type) {
	case nil:
		return nil, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return v, nil
	case []any:
		parts := make([]string, len(v))
		for i, part := range v {
			parts[i] = fmt.Sprint(part)
		}
		return strings.Join(parts, ","), nil
	}
	return fmt.Sprint(said), nil
}
