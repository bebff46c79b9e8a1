package neo4j

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsgraph/news"
)

// lockKeys takes the locks of names until the transaction ends. A node that is made under a uniqueness constraint locks its entry of the index, which is there
// for any value, so nothing has to be kept for a lock: each node is deleted where it was made, and no other transaction ever sees one. All
// transactions take them in ascending order, so none waits for another in a circle.
const lockKeys = `UNWIND $keys AS key CREATE (k:Key {id: key}) DELETE k`

// dropKeys takes away the nodes that were the locks of a graph of an older layout.
func (s *Store) dropKeys(ctx context.Context) error {
	_, err := write(ctx, s, "bring the layout up", func(t transaction) (struct{}, error) {
		return struct{}{}, t.do(`UNWIND range(0, 4095) AS id MATCH (k:Key {id: id}) DELETE k`, nil)
	})
	return err
}

// keys is a set of locks: the hashes of their names, few of which are alike.
type keys map[int64]bool

func (k keys) add(name string) {
	h := fnv.New64a()
	h.Write([]byte(name))      // never fails
	k[int64(h.Sum64())] = true //nolint:gosec // any number will do
}

// The days of a key are locked by the stretchDays of them, which are counted round: what takes as many as there are locks holds all of the key's.
const (
	stretchDays  = 4
	stretchLocks = 256
)

// addSpot adds the locks of where a report or a stretch of reports stands: two that share a day, or the text of what stands in no time, share one.
func (k keys) addSpot(s spot) {
	if strings.HasPrefix(s.From, timeless) {
		k.add("key " + s.key + " " + s.From)
		return
	}
	first, last := 0, stretchLocks-1
	from, err1 := time.Parse(time.DateOnly, s.From)
	to, err2 := time.Parse(time.DateOnly, s.To)
	if err1 == nil && err2 == nil {
		if a, b := stretchOf(from), stretchOf(to); b-a < stretchLocks {
			first, last = a, b
		}
	}
	for n := first; n <= last; n++ {
		k.add("key " + s.key + " " + strconv.Itoa((n%stretchLocks+stretchLocks)%stretchLocks))
	}
}

func stretchOf(day time.Time) int {
	const seconds = 24 * 60 * 60
	return int(math.Floor(float64(day.Unix()) / (seconds * stretchDays)))
}

func (k keys) union(other keys) keys {
	all := maps.Clone(k)
	maps.Copy(all, other)
	return all
}

func (k keys) covers(other keys) bool {
	for key := range other {
		if !k[key] {
			return false
		}
	}
	return true
}

func (k keys) lock(t transaction) error {
	return t.do(lockKeys, map[string]any{"keys": slices.Sorted(maps.Keys(k))})
}

// grown ends a transaction that found out that it must hold more locks than it took: taking them now would be out of order.
type grown struct{ keys keys }

func (grown) Error() string { return "the keys that this touches have changed meanwhile" }

// keyOf names the key that a report shares with the others of its event. It is hashed, because a key lists any number of ids and
// an index holds only so many bytes.
func keyOf(r news.Report) string {
	h := sha256.Sum256([]byte(r.Key()))
	return hex.EncodeToString(h[:10])
}
