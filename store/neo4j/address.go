package neo4j

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// address is where a database is.
type address struct {
	target   string // what the driver takes: scheme://host:port
	host     string // host:port, for messages
	database string // empty is the user's home database
	auth     Auth   // from the uri
}

// errAddress does not repeat the uri, because a part of a password could stand anywhere in one that is wrong.
var errAddress = errors.New("not the address of a Neo4j database: write neo4j://host:7687, neo4j://user:password@host:7687 or " +
	"neo4j://host:7687/database, and % with two hexadecimal digits for what is no letter or digit in a password (%40 for @)")

// parseAddress takes a uri apart.
func parseAddress(uri string) (address, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Hostname() == "" || strings.Contains(u.Path+u.RawQuery+u.Fragment, "@") || u.Fragment != "" {
		return address{}, errAddress
	}
	if schemes := []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}; !slices.Contains(schemes, u.Scheme) {
		return address{}, fmt.Errorf("scheme %q: %w", u.Scheme, errAddress)
	}
	database := strings.Trim(u.Path, "/")
	if strings.Contains(database, "/") {
		return address{}, fmt.Errorf("database %q: %w", database, errAddress)
	}
	port := u.Port()
	if port == "" {
		port = "7687"
	}
	a := address{database: database}
	if u.User != nil {
		password, _ := u.User.Password()
		a.auth = Auth{User: u.User.Username(), Password: password}
	}
	a.host = strings.TrimSuffix(u.Host, ":"+u.Port()) + ":" + port
	a.target = (&url.URL{Scheme: u.Scheme, Host: a.host, RawQuery: u.RawQuery}).String()
	return a, nil
}
