// Package access says who may ask what of a served graph: keys with scopes in a file, tokens of an issuer, and a
// guard before HTTP handlers. It opens no connections: an issuer's keys are fetched by whom it is given.
package access

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Scope is what a key allows.
type Scope string

// The scopes. Each of the others includes Read.
const (
	Read   Scope = "read"   // ask
	Load   Scope = "load"   // load and remove stories
	Curate Scope = "curate" // correct the graph
)

// Scopes are all scopes, in the order of their weight.
func Scopes() []Scope { return []Scope{Read, Load, Curate} }

// Key is what the file knows of a key: all but the key itself, of which it keeps the SHA-256. A key is 32 random bytes, so nobody guesses it from its
// hash, and no salt or slow hash is needed.
type Key struct {
	Name    string    `json:"name"`
	Hash    string    `json:"sha256"` // hexadecimal
	Scopes  []Scope   `json:"scopes"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // never when zero
	Minute  int       `json:"perMinute,omitempty"`
}

const prefix = "ng_" // tells secret scanners and people what it is

var (
	name   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$`)
	digest = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func (k Key) check() error {
	switch {
	case !name.MatchString(k.Name):
		return fmt.Errorf("%q is no name of a key: letters, digits, . _ @ and -, at most 64", k.Name)
	case !digest.MatchString(k.Hash):
		return fmt.Errorf("key %s has no SHA-256 of 64 hexadecimal digits", k.Name)
	case len(k.Scopes) == 0:
		return fmt.Errorf("key %s allows nothing: give it scopes of read, load, curate", k.Name)
	case k.Minute < 0:
		return fmt.Errorf("key %s has a limit below 0", k.Name)
	}
	for _, scope := range k.Scopes {
		if !slices.Contains(Scopes(), scope) {
			return fmt.Errorf("key %s: %q is no scope: read, load or curate", k.Name, scope)
		}
	}
	return nil
}

// Make makes a key and its record. The key is told once and kept nowhere.
func Make(record Key) (string, Key, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return "", Key{}, fmt.Errorf("access: make a key: %w", err)
	}
	key := prefix + base64.RawURLEncoding.EncodeToString(secret)
	record.Hash = hashOf(key)
	return key, record, record.check()
}

func hashOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// ReadFile reads the keys of a file, JSON lines by name. A file that is not there is an error that is fs.ErrNotExist; a line that is no key is named.
func ReadFile(path string) ([]Key, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	return parse(path, data)
}

// ErrForm is a file that holds something else than keys.
var ErrForm = errors.New("no file of keys")

func parse(path string, data []byte) ([]Key, error) {
	var keys []Key
	for i, line := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var k Key
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&k); err != nil {
			return nil, fmt.Errorf("access: %w: %s:%d is no key: %w: newsgraph keys add writes them", ErrForm, path, i+1, err)
		}
		if err := k.check(); err != nil {
			return nil, fmt.Errorf("access: %w: %s:%d: %w", ErrForm, path, i+1, err)
		}
		if slices.ContainsFunc(keys, func(other Key) bool { return other.Name == k.Name }) {
			return nil, fmt.Errorf("access: %w: %s:%d: key %s is there twice", ErrForm, path, i+1, k.Name)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// ErrName is a name that a key has already, or that no key has.
var ErrName = errors.New("names of keys")

// Add puts a record into the file, which it makes when it is not there.
func Add(path string, k Key) error {
	keys, err := ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if slices.ContainsFunc(keys, func(other Key) bool { return other.Name == k.Name }) {
		return fmt.Errorf("%w: there is a key %s in %s: revoke it first, or take another name", ErrName, k.Name, path)
	}
	return write(path, append(keys, k))
}

// Revoke takes a key out of the file.
func Revoke(path, name string) error {
	keys, err := ReadFile(path)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(keys), func(k Key) bool { return k.Name == name })
	if len(left) == len(keys) {
		return fmt.Errorf("%w: there is no key %q in %s: newsgraph keys list shows them", ErrName, name, path)
	}
	return write(path, left)
}

// write puts all keys where the file was, so that a reader sees the former or the new ones, and nobody else may read them.
func write(path string, keys []Key) error {
	slices.SortFunc(keys, func(a, b Key) int { return cmp.Compare(a.Name, b.Name) })
	var b strings.Builder
	for _, k := range keys {
		line, err := json.Marshal(k)
		if err != nil {
			return fmt.Errorf("access: %w", err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return fmt.Errorf("access: %w", err)
	}
	_, err = f.WriteString(b.String())
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("access: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
