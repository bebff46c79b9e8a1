package loader

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// Source is the bytes of one file.
type Source struct {
	Name string
	Data []byte
}

// stdinName is how the progress and the errors call standard input.
const stdinName = "standard input"

// File is one file to read: its name, "-" for standard input, or why it cannot be named.
type File struct {
	Name string
	Err  error
}

// Files lists the files of paths in order: files as they are, folders with their *.txt files sorted and without hidden ones.
func Files(paths []string) []File {
	var all []File
	for _, path := range paths {
		info, err := os.Stat(path)
		if path == "-" || err != nil || !info.IsDir() {
			all = append(all, File{Name: path})
			continue
		}
		begun := len(all)
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				all = append(all, File{name, err})
			case d.IsDir() && name != path && strings.HasPrefix(d.Name(), "."):
				return fs.SkipDir
			case !d.IsDir() && !strings.HasPrefix(d.Name(), ".") && filepath.Ext(name) == ".txt":
				all = append(all, File{Name: name})
			}
			return nil
		})
		if err == nil && len(all) == begun {
			err = fmt.Errorf("%s: no *.txt files in this folder", path)
		}
		if err != nil {
			all = append(all, File{path, err})
		}
	}
	return all
}

// Sources reads files one after the other, as they are asked for. What cannot be read is yielded as an error that names it, and the rest
// goes on.
func Sources(files []File, stdin io.Reader) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, f := range files {
			s, err := Source{Name: f.Name}, f.Err
			switch {
			case err != nil:
			case f.Name == "-":
				s.Name = stdinName
				if s.Data, err = io.ReadAll(io.LimitReader(stdin, maxFile+1)); err != nil {
					err = fmt.Errorf("%s: %w", s.Name, err)
				}
			default:
				s.Data, err = readFile(f.Name)
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// Progress tells what became of one source.
type Progress struct {
	Source  string
	Stories int
	Err     error // why it was left out
}

// Summary counts what Load did.
type Summary struct {
	Files, Failed, Stories     int
	Added, Replaced, Unchanged int
	Entities, Events           int
}

// batch is how many stories go into one transaction.
const batch = 50

// Load reads sources and puts what understand makes of their stories. A source that cannot be read is reported and counted, and the others
// are loaded; an error of the store ends the load, with all that was put before.
func Load(ctx context.Context, w store.Writer, sources iter.Seq2[Source, error], o Options,
	understand func(news.Story) (news.Facts, error), report func(Progress),
) (Summary, error) {
	var sum Summary
	var pending []news.Facts
	put := func() error {
		if len(pending) == 0 {
			return nil
		}
		r, err := w.Put(ctx, pending)
		if err != nil {
			return err
		}
		sum.Added += r.Added
		sum.Replaced += r.Replaced
		sum.Unchanged += r.Unchanged
		sum.Entities += r.Entities
		sum.Events += r.Events
		pending = pending[:0]
		return nil
	}
	for source, err := range sources {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		sum.Files++
		var facts []news.Facts
		if err == nil {
			var stories []news.Story
			stories, err = Read(source.Name, source.Data, o)
			for _, s := range stories {
				var f news.Facts
				if f, err = understand(s); err != nil {
					break
				}
				facts = append(facts, f)
			}
		}
		if err != nil {
			sum.Failed++
			report(Progress{Source: source.Name, Err: err})
			continue
		}
		sum.Stories += len(facts)
		pending = append(pending, facts...)
		report(Progress{Source: source.Name, Stories: len(facts)})
		if len(pending) >= batch {
			if err := put(); err != nil {
				return sum, err
			}
		}
	}
	return sum, put()
}
