package move

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"

	"newsgraph/store"
)

// ErrCut says that an export is not whole: its end is missing, or lines before it are.
var ErrCut = errors.New("the export was cut: it is not whole, so nothing of it was put in: export again; newsgraph import --partial takes what is there")

// frame is what has come of an export between its beginning and its end.
type frame struct {
	begun, ended bool
	known        int // records
	records      int // lines between both, those that cannot be read too
	sum          hash.Hash
}

func begun(line []byte) frame {
	f := frame{begun: true}
	f.line(line)
	f.records = 0
	return f
}

func (f *frame) line(line []byte) {
	if f.sum == nil {
		f.sum = sha256.New()
	}
	f.records++
	f.ended = false
	f.sum.Write(line)
	f.sum.Write([]byte{'\n'})
}

// ends compares what came with what the end of the export tells. Fewer lines are a cut; as many or more, of other bytes, were changed by somebody, who is told.
func (im *importer) ends(at place, end store.End) error {
	f := im.frame
	im.frame = frame{begun: f.begun, ended: true}
	name := im.inputs[at.file].Name
	switch {
	case f.records < end.Total() || !f.begun && f.records > 0:
		return im.cut(at.file, fmt.Sprintf("%d of %d records are there", f.records, end.Total()))
	case f.sum != nil && hex.EncodeToString(f.sum.Sum(nil)) != end.SHA256:
		im.sum.Altered = append(im.sum.Altered, fmt.Sprintf("%s: its lines are not those that were exported: %d records, of %d, with another SHA-256 than its last line tells", name, f.records, end.Total()))
	}
	return nil
}

// whole looks at the end of a file of an export.
func (im *importer) whole(file int) error {
	switch f := im.frame; {
	case f.ended, !f.begun && f.known == 0:
		return nil
	case f.begun:
		return im.cut(file, fmt.Sprintf("it ends after %d records, without its last line", f.records))
	default:
		im.sum.Unended = append(im.sum.Unended, fmt.Sprintf("%s: it is of a version before exports told their end, or a part of one: whether it is whole cannot be told", im.inputs[file].Name))
		return nil
	}
}

// cut refuses an export that is not whole, unless a part is asked for.
func (im *importer) cut(file int, says string) error {
	if !im.o.Partial {
		return fmt.Errorf("%w (%s)", ErrCut, says)
	}
	im.sum.Altered = append(im.sum.Altered, fmt.Sprintf("%s: it was cut: %s", im.inputs[file].Name, says))
	im.frame.ended = true
	return nil
}
