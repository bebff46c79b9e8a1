package sqlite

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"sync"
)

// Most records are too short for codes of their own. They are one final block of RFC 1951 with fixed codes, which compress/flate reads as
// well, but which is written and read here without its 600 kB of state for each record, and without hashing the dictionary again.

const (
	flatMark  = 3        // the first three bits: the final block, fixed codes
	flatMost  = 16 << 10 // bytes that are written so
	flatOwn   = 256      // bytes from which on codes of its own may be better
	flatHash  = 12       // bits
	flatTries = 24       // matches that are looked at
	flatLeast = 4        // bytes of a match
	flatLong  = 258      // bytes of the longest
	flatEnd   = 256      // the symbol of the end
	flatEmpty = -1
)

// flat writes blocks with fixed codes. Its data begins with the dictionary.
type flat struct {
	data []byte
	head [1 << flatHash]int16
	next []int16 // the place before with the same hash
	out  []byte
	bits uint64
	n    uint
}

func hash4(b []byte) uint32 {
	const golden = 2654435761
	return binary.LittleEndian.Uint32(b) * golden >> (32 - flatHash)
}

// dictionaryHashed is the dictionary, hashed once.
var dictionaryHashed = sync.OnceValue(func() *flat {
	f := &flat{data: []byte(dictionary), next: make([]int16, len(dictionary))}
	for i := range f.head {
		f.head[i] = flatEmpty
	}
	for i := 0; i+flatLeast <= len(f.data); i++ {
		f.note(i)
	}
	return f
})

func (f *flat) note(i int) {
	h := hash4(f.data[i:])
	f.next[i], f.head[h] = f.head[h], int16(i) //nolint:gosec // fewer than flatMost and the dictionary
}

func newFlat() *flat {
	d := dictionaryHashed()
	f := &flat{data: make([]byte, len(d.data), len(d.data)+flatMost), next: make([]int16, len(d.data)+flatMost)}
	copy(f.data, d.data)
	copy(f.next, d.next)
	return f
}

func (f *flat) put(code uint64, n uint) {
	f.bits |= code << f.n
	for f.n += n; f.n >= 8; f.n -= 8 {
		f.out = append(f.out, byte(f.bits))
		f.bits >>= 8
	}
}

func (f *flat) symbol(s int) {
	code, n := fixedCode(s)
	f.put(uint64(bits.Reverse16(code)>>(16-n)), n)
}

// fixedCode is the code of a literal or a length.
func fixedCode(s int) (code uint16, n uint) {
	switch {
	case s < 144:
		return uint16(0x30 + s), 8
	case s < 256:
		return uint16(0x190 + s - 144), 9
	case s < 280:
		return uint16(s - 256), 7
	default:
		return uint16(0xC0 + s - 280), 8
	}
}

// Lengths and distances stand in classes, with the bits that follow.
var (
	lengthBase = [...]int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthBits = [...]uint{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distance   = [...]int{
		1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
	}
	distanceBits = [...]uint{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

func class(base []int, v int) int {
	low, high := 0, len(base)
	for low+1 < high {
		if mid := (low + high) / 2; base[mid] <= v {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

func (f *flat) match(length, back int) {
	l := class(lengthBase[:], length)
	f.symbol(flatEnd + 1 + l)
	f.put(uint64(length-lengthBase[l]), lengthBits[l])
	d := class(distance[:], back)
	f.put(uint64(bits.Reverse8(uint8(d))>>3), 5) //nolint:gosec // fewer than 30
	f.put(uint64(back-distance[d]), distanceBits[d])
}

// longest is the longest match of what stands at i.
func (f *flat) longest(i int) (length, back int) {
	most := min(len(f.data)-i, flatLong)
	if most < flatLeast {
		return 0, 0
	}
	at := f.head[hash4(f.data[i:])]
	for range flatTries {
		if at < 0 {
			break
		}
		if j := int(at); length == 0 || f.data[j+length] == f.data[i+length] {
			n := 0
			for n < most && f.data[j+n] == f.data[i+n] {
				n++
			}
			if n > length {
				length, back = n, i-j
			}
			if length == most {
				break
			}
		}
		at = f.next[at]
	}
	if length < flatLeast {
		return 0, 0
	}
	return length, back
}

// deflate writes data, of at most flatMost bytes, as one block.
func (f *flat) deflate(data []byte) []byte {
	d := dictionaryHashed()
	f.head = d.head
	f.data = append(f.data[:len(d.data)], data...)
	f.out, f.bits, f.n = make([]byte, 0, len(data)/2+8), 0, 0
	f.put(flatMark, 3)
	end := len(f.data)
	note := func(i int) {
		if i+flatLeast <= end {
			f.note(i)
		}
	}
	for i := len(d.data); i < end; {
		length, back := f.longest(i)
		note(i)
		if length == 0 {
			f.symbol(int(f.data[i]))
			i++
			continue
		}
		if better, _ := f.longest(i + 1); better > length { // the next byte begins a longer one
			f.symbol(int(f.data[i]))
			i++
			continue
		}
		f.match(length, back)
		for j := i + 1; j < i+length; j++ {
			note(j)
		}
		i += length
	}
	f.symbol(flatEnd)
	f.put(0, 7) // to the end of the byte
	return f.out
}

// flatSymbols are the symbols of all nine bits that a code may begin, and how many of them it takes.
var flatSymbols = sync.OnceValue(func() *[1 << 9]uint16 {
	var all [1 << 9]uint16
	for s := range 288 {
		code, n := fixedCode(s)
		for rest := uint16(0); rest < 1<<(9-n); rest++ {
			all[bits.Reverse16(code)>>(16-n)|rest<<n] = uint16(s)<<4 | uint16(n)
		}
	}
	return &all
})

var errFlat = errors.New("it is no block of fixed codes")

// inflateFlat reads what deflate wrote into the room of out.
func inflateFlat(out, packed []byte) ([]byte, error) {
	symbols := flatSymbols()
	out = slices.Grow(out[:0], 4*len(packed)+64)
	var held uint64
	var n uint
	at := 0
	fill := func() {
		for n <= 56 && at < len(packed) {
			held |= uint64(packed[at]) << n
			n += 8
			at++
		}
	}
	take := func(want uint) int {
		v := held & (1<<want - 1)
		held >>= want
		n -= want
		return int(v) //nolint:gosec // few bits
	}
	fill()
	if n < 3 || take(3) != flatMark {
		return nil, errFlat
	}
	for {
		fill()
		symbol := symbols[held&(1<<9-1)]
		length := uint(symbol & 15)
		if n < length {
			return nil, errFlat
		}
		take(length)
		s := int(symbol >> 4)
		if s < flatEnd {
			out = append(out, byte(s)) //nolint:gosec // a literal
			continue
		}
		if s == flatEnd {
			return out, nil
		}
		l := s - flatEnd - 1
		if l >= len(lengthBase) || n < lengthBits[l]+5 {
			return nil, errFlat
		}
		long := lengthBase[l] + take(lengthBits[l])
		d := int(bits.Reverse8(uint8(take(5))) >> 3) //nolint:gosec // five bits
		if d >= len(distance) || n < distanceBits[d] {
			return nil, errFlat
		}
		from := len(out) - distance[d] - take(distanceBits[d])
		if from < 0 {
			if from += len(dictionary); from < 0 {
				return nil, errFlat
			}
			some := min(long, len(dictionary)-from)
			out, long, from = append(out, dictionary[from:from+some]...), long-some, 0
		}
		for ; long > 0; from++ {
			out = append(out, out[from])
			long--
		}
	}
}
