package format

import (
	"errors"
	"testing"
)

func TestPDFsAreRefusedByName(t *testing.T) {
	errs, items := refusals("%PDF-1.4\n")
	var u *Unsupported
	if items != 0 || len(errs) != 1 || !errors.As(errs[0], &u) {
		t.Errorf("%d items, %v", items, errs)
	}
}
