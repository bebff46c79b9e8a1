// Package schema holds the described SDL of the API, one file a noun, and nothing that answers it: graph does.
package schema

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.graphqls
var files embed.FS

// SDL is all of it, file by file in the order of their names.
func SDL() string {
	names, err := fs.Glob(files, "*.graphqls")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	var all strings.Builder
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			panic(err) // it is part of the program
		}
		all.Write(data)
		all.WriteByte('\n')
	}
	return all.String()
}
