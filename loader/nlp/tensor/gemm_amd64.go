package tensor

import "golang.org/x/sys/cpu"

// What the processor can do: products of four rows at a time, and of eight.
var (
	fast  = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	wider = fast && cpu.X86.HasAVX512F

	bytesFast = wider && cpu.X86.HasAVX512VNNI
)

// The kernels add to a block of c the product of k columns of a and k rows of b. Strides are in bytes: from row to row, and within a from
// one of the k to the next. kernel8 has 8 rows and 32 columns, kernel4 has 4 and 16, kernel1 has 1 and 16.

//go:noescape
func kernel8(k int, a *float32, ars, aks int, b *float32, bs int, c *float32, cs int)

//go:noescape
func kernel4(k int, a *float32, ars, aks int, b *float32, bs int, c *float32, cs int)

//go:noescape
func kernel1(k int, a *float32, aks int, b *float32, bs int, c *float32)

// lstm8 is LSTM for n cells, a multiple of 8; gates are h bytes apart.
//
//go:noescape
func lstm8(n int, state, cell, gates *float32, h int)

// add16 adds n numbers, a multiple of 16, to others.
//
//go:noescape
func add16(n int, to, x *float32)

// bytes8, bytes4 and bytes1 add to a block of c, of that many rows and 32 columns, the product of rows of k times 4 bytes of a and k times 4 rows
// of b. Strides are in bytes.

//go:noescape
func bytes8(k int, a *uint8, as int, b *int8, bs int, start *int32, columns, rows, c *float32, cs int)

//go:noescape
func bytes4(k int, a *uint8, as int, b *int8, bs int, start *int32, columns, rows, c *float32, cs int)

//go:noescape
func bytes1(k int, a *uint8, as int, b *int8, bs int, start *int32, columns, rows, c *float32, cs int)

// maxAbs is the largest of n numbers, a multiple of 16, without their signs.
//
//go:noescape
func maxAbs(n int, x *float32) float32

// roundBytes rounds n numbers, a multiple of 16, times by to whole ones and adds 128.
//
//go:noescape
func roundBytes(n int, x *float32, by float32, out *uint8)
