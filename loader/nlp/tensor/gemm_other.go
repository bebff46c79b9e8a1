//go:build !amd64

package tensor

// Only amd64 has kernels; elsewhere the loops of Go do.
const fast, wider = false, false

func kernel8(int, *float32, int, int, *float32, int, *float32, int) {}
func kernel4(int, *float32, int, int, *float32, int, *float32, int) {}
func kernel1(int, *float32, int, *float32, int, *float32)           {}
func lstm8(int, *float32, *float32, *float32, int)                  {}
