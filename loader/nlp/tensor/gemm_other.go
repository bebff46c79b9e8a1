//go:build !amd64

package tensor

// Only amd64 has kernels; elsewhere the loops of Go do.
const fast, wider, bytesFast = false, false, false

func kernel8(int, *float32, int, int, *float32, int, *float32, int)                  {}
func kernel4(int, *float32, int, int, *float32, int, *float32, int)                  {}
func kernel1(int, *float32, int, *float32, int, *float32)                            {}
func add16(int, *float32, *float32)                                                  {}
func lstm8(int, *float32, *float32, *float32, int)                                   {}
func bytes8(int, *uint8, int, *int8, int, *int32, *float32, *float32, *float32, int) {}
func bytes4(int, *uint8, int, *int8, int, *int32, *float32, *float32, *float32, int) {}
func bytes1(int, *uint8, int, *int8, int, *int32, *float32, *float32, *float32, int) {}
func maxAbs(int, *float32) float32                                                   { return 0 }
func roundBytes(int, *float32, float32, *uint8)                                      {}
