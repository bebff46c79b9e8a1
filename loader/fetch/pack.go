package fetch

import (
	"compress/gzip"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
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

// zstdWindow is what RFC 9659 lets a body of zstd ask to be held in memory.
const zstdWindow = 8 << 20

// unpack reads what is packed as a content encoding tells (RFC 9110) until it has too many bytes, or too many for what was sent.
func (c *Client) unpack(encoding string, r io.Reader) ([]byte, error) {
	sent := &counted{r: r}
	var z io.Reader
	var err error
	switch encoding {
	case "gzip", "x-gzip":
		z, err = gzip.NewReader(sent)
	case "br":
		z = brotli.NewReader(sent)
	case "zstd":
		z, err = zstd.NewReader(sent, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
	default:
		return nil, fmt.Errorf("it is packed as %q, %w", encoding, errPacked)
	}
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", encoding, err)
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
		case err == io.EOF:
			return data, nil
		case err != nil:
			return nil, fmt.Errorf("unpack %s: %w", encoding, err)
		}
	}
}
