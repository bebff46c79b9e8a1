package neo4j

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/fnv"
	"maps"
	"slices"

	"newsgraph/news"
)

// locks is the number of :Key nodes. Each stands for all the names that hash to it: stories, entities, and the keys that reports
// share. There are never more, and none is ever deleted: a lock that a transaction deletes and another makes anew would for a moment be
// two locks, and both would go ahead. They say nothing about any story, so nothing is left of one that was removed.
const locks = 4096

// lockKeys makes the nodes that are not there yet and takes their write locks until the transaction ends. All transactions take them
// in ascending order, so none waits for another in a circle.
const lockKeys = `UNWIND $keys AS key MERGE (k:Key {id: key}) SET k.held = true REMOVE k.held`

// keys is a set of locks.
type keys map[int64]bool

func (k keys) add(name string) {
	h := fnv.New64a()
	h.Write([]byte(name)) // never fails
	k[int64(h.Sum64()%locks)] = true
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
