// Package schema holds the described SDL of the API, one file a noun, and nothing that answers it: graph does.
package schema

import "embed"

// Files are the SDL files, *.graphqls.
//
//go:embed *.graphqls
var Files embed.FS
