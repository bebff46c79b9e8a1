package fetch

import (
	"compress/gzip"
	"fmt"
	"io"
)

// counted counts what is read through it.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// unpack reads gzip until it has too many bytes, or too many for what was sent.
func (c *Client) unpack(r io.Reader) ([]byte, error) {
	sent := &counted{r: r}
	z, err := gzip.NewReader(sent)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	var data []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := z.Read(buf)
		data = append(data, buf[:n]...)
		switch {
		case int64(len(data)) > slackRatio && int64(len(data)) > maxRatio*sent.n:
			return nil, ErrBomb
		case int64(len(data)) > c.o.Bytes:
			return nil, c.tooLong()
		case err == io.EOF: //nolint:errorlint // readers return it as it is
			return data, nil
		case err != nil:
			return nil, fmt.Errorf("unpack: %w", err)
		}
	}
}
