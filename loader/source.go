package loader

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"newsgraph/loader/fetch"
	"newsgraph/loader/format"
)

// Source is one file to read stories from.
type Source struct {
	Name    string
	open    func() (io.ReadCloser, error)
	sidecar string // the name of the file that tells of it
	found   bool   // in a folder, rather than named
	page    bool   // its name is an address
	given   []format.Item
	under   format.Item // what is known of its lead story where that tells nothing itself
}

// Entry is a source of one item that is read already, such as an entry of a feed. One without text is got from its URL, with o.Follow.
func Entry(name string, item format.Item) Source {
	return Source{Name: name, given: []format.Item{item}}
}

// Page is what is at the URL of known, which a summary names as name. What is known fills what its lead story leaves out.
func Page(name string, known format.Item) Source {
	known.Entry = false
	return Source{Name: name, page: true, under: known}
}

// stdinName is how the progress and the errors call standard input.
const stdinName = "standard input"

// File is one file to read: its name, "-" for standard input, or why it cannot be named.
type File struct {
	Name    string
	Err     error
	sidecar string
	found   bool
}

// Files lists the files of paths in order: files and addresses as they are, folders with all their files sorted and without hidden ones. A
// file that tells of others (an index of the files beside it, story.json beside story.txt) goes before those, which are not listed again.
func Files(paths []string) []File {
	var all []File
	for _, path := range paths {
		if fetch.Is(path) {
			all = append(all, File{Name: path})
			continue
		}
		info, err := os.Stat(path)
		if foreign := fetch.Foreign(path); err != nil && foreign != nil {
			all = append(all, File{Name: path, Err: foreign})
			continue
		}
		if path == "-" || err != nil || !info.IsDir() {
			all = append(all, File{Name: path})
			continue
		}
		begun := len(all)
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			hidden := name != path && (strings.HasPrefix(d.Name(), ".") || strings.HasSuffix(d.Name(), "~"))
			switch {
			case err != nil:
				all = append(all, File{Name: name, Err: err, found: true})
			case d.IsDir() && hidden:
				return fs.SkipDir
			case !d.IsDir() && !hidden && regular(name, d):
				all = append(all, File{Name: name, found: true})
			}
			return nil
		})
		if err == nil && len(all) == begun {
			err = fmt.Errorf("%s: no files in this folder", path)
		}
		if err != nil {
			all = append(all, File{Name: path, Err: err})
		}
	}
	return companions(all)
}

// regular tells that a name is of a file or leads to one: pipes and devices would never end.
func regular(name string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// companions finds the files that tell of others.
func companions(all []File) []File {
	told := map[string]bool{} // files that need not be listed
	for i, f := range all {
		if f.Err != nil || f.Name == "-" || fetch.Is(f.Name) {
			continue
		}
		switch ext := strings.ToLower(filepath.Ext(f.Name)); ext {
		case ".json":
		case ".tsv", ".csv":
			for _, name := range index(f.Name) {
				told[name] = true
			}
		default:
			side := strings.TrimSuffix(f.Name, filepath.Ext(f.Name)) + ".json"
			if info, err := os.Stat(side); err == nil && info.Size() <= maxSide {
				data, err := os.ReadFile(side) //nolint:gosec // it stands beside what the user names
				if _, ok := format.Describe(data, format.Options{}); ok && err == nil {
					all[i].sidecar, told[side] = side, true
				}
			}
		}
	}
	kept := all[:0]
	for _, f := range all {
		if !told[f.Name] {
			kept = append(kept, f)
		}
	}
	return kept
}

// index lists the files that an index names.
func index(name string) []string {
	r, err := openFile(name)
	if err != nil {
		return nil // who reads it will say so
	}
	defer r.Close() //nolint:errcheck // only read
	var names []string
	for item, err := range format.Read(name, mediaType(name), r, format.Options{}) {
		switch {
		case err != nil:
		case item.File == "":
			return names
		case filepath.IsLocal(item.File):
			names = append(names, filepath.Join(filepath.Dir(name), item.File))
		}
	}
	return names
}

// Sources are files one after the other, as they are asked for. What cannot be opened is yielded as an error that names it, and the rest
// goes on.
func Sources(files []File, stdin io.Reader) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, f := range files {
			s := Source{Name: f.Name, sidecar: f.sidecar, found: f.found, open: func() (io.ReadCloser, error) { return openFile(f.Name) }}
			switch {
			case fetch.Is(f.Name):
				s = Page(f.Name, format.Item{URL: f.Name})
			case f.Name == "-":
				s.Name, s.open = stdinName, func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }
			}
			if !yield(s, f.Err) {
				return
			}
		}
	}
}

func openFile(name string) (io.ReadCloser, error) {
	f, err := os.Open(name) //nolint:gosec // the user names it
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close() //nolint:errcheck,gosec // only opened
		return nil, fmt.Errorf("%s: is a folder", name)
	}
	return f, nil
}

// passed tells that an error is of a file in a folder or an archive that is no story's, such as a picture beside one.
func (s Source) passed(err error) bool {
	var u *format.Unsupported
	return errors.As(err, &u) && u.NoNews && (s.found || u.Within)
}
