// Package schema holds the described SDL of the API, one file a noun, and nothing that answers it: graph does.
package schema

import (
	"embed"
	"io/fs"

	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed *.graphqls
var files embed.FS

// Sources are the SDL files, in the order of their names.
func Sources() []*ast.Source {
	names, err := fs.Glob(files, "*.graphqls")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	sources := make([]*ast.Source, len(names))
	for i, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err) // they are part of the program
		}
		sources[i] = &ast.Source{Name: name, Input: string(data)}
	}
	return sources
}
