package tensor

import "testing"

// TestMulBytesElsewhere runs TestMulBytes as on a processor without the kernels.
func TestMulBytesElsewhere(t *testing.T) {
	defer func(v bool) { bytesFast = v }(bytesFast)
	bytesFast = false
	TestMulBytes(t)
}
