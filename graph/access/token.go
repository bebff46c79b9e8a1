package access

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

const (
	leeway      = 30 * time.Second // by which the issuer's clock may differ
	leastFetch  = time.Minute      // between two fetches of the issuer's keys, whoever asks
	staleKeys   = 10 * time.Minute // after which they are fetched again: an issuer takes keys back by leaving them out
	longFetch   = 15 * time.Second
	leastRSA    = 2048 // bits (RFC 7518, 3.3)
	mostSubject = 200  // bytes
	mostToken   = 8 << 10
)

// algorithms are the signatures that are taken: by a key of which the server knows the public half alone. What needs no key, or a shared one, is not.
var algorithms = []string{"RS256", "ES256", "EdDSA"}

// Issuer says whose tokens are taken.
type Issuer struct {
	Name     string // the claim iss; any if empty
	Audience string // one of the claim aud; any if empty
	// Fetch gets the issuer's JWKS (RFC 7517): the public keys that it signs with.
	Fetch func(context.Context) ([]byte, error)
}

// Tokens checks JSON Web Tokens (RFC 7519, 8725). It keeps the issuer's keys, and fetches them again from time to time, and at most once a minute when
// a token names one that it does not know. While they cannot be fetched, those last read hold.
type Tokens struct {
	issuer Issuer
	logger *slog.Logger
	parser *jwt.Parser
	now    func() time.Time
	turn   chan struct{} // holds one while keys are fetched

	lock    sync.RWMutex
	keys    []signer
	fetched time.Time // begun, well or not
}

// signer is a key of the issuer's.
type signer struct {
	id        string // empty if it has none
	algorithm string // that it signs by
	public    crypto.PublicKey
}

// NewTokens fetches the issuer's keys, and returns what checks tokens by them. Keys that cannot be fetched or read are an error.
func NewTokens(ctx context.Context, issuer Issuer, logger *slog.Logger) (*Tokens, error) {
	t := &Tokens{issuer: issuer, logger: logger, now: time.Now, turn: make(chan struct{}, 1)}
	options := []jwt.ParserOption{
		jwt.WithValidMethods(algorithms), jwt.WithExpirationRequired(), jwt.WithLeeway(leeway), jwt.WithTimeFunc(func() time.Time { return t.now() }), jwt.WithStrictDecoding(),
	}
	if issuer.Name != "" {
		options = append(options, jwt.WithIssuer(issuer.Name))
	}
	if issuer.Audience != "" {
		options = append(options, jwt.WithAudience(issuer.Audience))
	}
	t.parser = jwt.NewParser(options...)
	return t, t.fetch(ctx)
}

// fetch reads the issuer's keys anew.
func (t *Tokens) fetch(ctx context.Context) error {
	t.lock.Lock()
	t.fetched = t.now()
	t.lock.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), longFetch) // who asks may go; the keys are for all
	defer cancel()
	data, err := t.issuer.Fetch(ctx)
	if err != nil {
		return fmt.Errorf("access: fetch the issuer's keys: %w", err)
	}
	keys, err := signers(data)
	if err != nil {
		return fmt.Errorf("access: read the issuer's keys: %w", err)
	}
	t.lock.Lock()
	t.keys = keys
	t.lock.Unlock()
	return nil
}

var errNoKeys = errors.New("no JWKS with a public key for RS256 (of 2048 bits or more), ES256 or EdDSA")

// signers reads a JWKS. Keys for anything else than signing by one of the algorithms are passed over.
func signers(data []byte) ([]signer, error) {
	var set struct {
		Keys []jwkset.JWKMarshal `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoKeys, err)
	}
	var all []signer
	for _, marshal := range set.Keys {
		if marshal.USE != "" && marshal.USE != jwkset.UseSig || len(marshal.KEYOPS) > 0 && !slices.Contains(marshal.KEYOPS, jwkset.KeyOpsVerify) {
			continue
		}
		key, err := jwkset.NewJWKFromMarshal(marshal, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{SkipMetadata: true})
		if err != nil {
			continue // of a kind that is not read here, a shared secret among them
		}
		s := signer{id: marshal.KID, public: key.Key()}
		switch public := key.Key().(type) {
		case *rsa.PublicKey:
			if public.N.BitLen() < leastRSA {
				continue
			}
			s.algorithm = "RS256"
		case *ecdsa.PublicKey:
			if public.Curve.Params().BitSize != 256 {
				continue
			}
			s.algorithm = "ES256"
		case ed25519.PublicKey:
			s.algorithm = "EdDSA"
		}
		if s.algorithm == "" || marshal.ALG != "" && marshal.ALG.String() != s.algorithm {
			continue
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, errNoKeys
	}
	return all, nil
}

// known are the keys that may have signed by an algorithm: the one that is named, or each of those without need of a name.
func (t *Tokens) known(id, algorithm string) (keys []jwt.VerificationKey, fetched time.Time) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	for _, s := range t.keys {
		if s.algorithm == algorithm && (id == "" || s.id == id) {
			keys = append(keys, s.public)
		}
	}
	return keys, t.fetched
}

// signedBy finds the keys, which it fetches if it must.
func (t *Tokens) signedBy(ctx context.Context, id, algorithm string) ([]jwt.VerificationKey, error) {
	keys, fetched := t.known(id, algorithm)
	age := t.now().Sub(fetched)
	if len(keys) > 0 {
		if age >= staleKeys {
			select {
			case t.turn <- struct{}{}:
				go func() {
					defer func() { <-t.turn }()
					t.again(ctx)
				}()
			default: // They are being fetched.
			}
		}
		return keys, nil
	}
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if keys, fetched = t.known(id, algorithm); len(keys) > 0 || t.now().Sub(fetched) < leastFetch {
		return keys, nil
	}
	t.again(ctx)
	keys, _ = t.known(id, algorithm)
	return keys, nil
}

func (t *Tokens) again(ctx context.Context) {
	if err := t.fetch(ctx); err != nil {
		t.logger.ErrorContext(ctx, "the issuer's keys cannot be fetched; the former ones hold", "error", err)
	}
}

// claims are what a token says.
type claims struct {
	jwt.RegisteredClaims
	Scope words `json:"scope"` // RFC 8693, 9068
	Scp   words `json:"scp"`   // as Microsoft Entra and Okta write it
}

// words are a text of words, or a list of them.
type words []string

func (w *words) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*w = strings.Fields(text)
		return nil
	}
	return json.Unmarshal(data, (*[]string)(w))
}

var (
	errCritical = errors.New("it has extensions that must be understood, and are not")
	errUnsigned = errors.New("it is signed by no key of the issuer's")
	errSubject  = errors.New("its subject (sub) is missing, too long or not to be printed")
)

// Check tells who brings a token. A Caller without scopes is one whom the issuer gave none of ours. The error says why it is not taken.
func (t *Tokens) Check(ctx context.Context, token string) (Caller, error) {
	if len(token) > mostToken {
		return Caller{}, jwt.ErrTokenMalformed
	}
	var said claims
	_, err := t.parser.ParseWithClaims(token, &said, func(parsed *jwt.Token) (any, error) {
		if _, ok := parsed.Header["crit"]; ok {
			return nil, errCritical
		}
		id, _ := parsed.Header["kid"].(string)
		keys, err := t.signedBy(ctx, id, parsed.Method.Alg())
		if err == nil && len(keys) == 0 {
			err = errUnsigned
		}
		return jwt.VerificationKeySet{Keys: keys}, err
	})
	if err != nil {
		return Caller{}, err
	}
	if s := said.Subject; s == "" || len(s) > mostSubject || strings.TrimSpace(s) != s || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return Caller{}, errSubject
	}
	c := Caller{Name: said.Subject, By: ByToken}
	for _, scope := range Scopes() {
		if slices.Contains(said.Scope, string(scope)) || slices.Contains(said.Scp, string(scope)) {
			c.Scopes = append(c.Scopes, scope)
		}
	}
	return c, nil
}

// why says to its bearer why a token is not taken. Nothing of the token is in it: it may be anybody's.
func (t *Tokens) why(err error) string {
	for _, known := range []struct {
		is   error
		says string
	}{
		{jwt.ErrTokenMalformed, "it is no signed JSON Web Token"},
		{errCritical, errCritical.Error()},
		{errUnsigned, errUnsigned.Error()},
		{jwt.ErrTokenSignatureInvalid, "its signature is wrong, or not by " + strings.Join(algorithms, ", ")},
		{jwt.ErrTokenExpired, "it has ended (exp): take a fresh one"},
		{jwt.ErrTokenNotValidYet, "it does not hold yet (nbf)"},
		{jwt.ErrTokenInvalidIssuer, "it is not of the issuer " + t.issuer.Name + " (iss)"},
		{jwt.ErrTokenInvalidAudience, "it is not for " + t.issuer.Audience + " (aud)"},
		{jwt.ErrTokenRequiredClaimMissing, "it does not say when it ends (exp), or what else it must"},
		{errSubject, errSubject.Error()},
	} {
		if errors.Is(err, known.is) {
			return known.says
		}
	}
	return "it cannot be checked"
}
