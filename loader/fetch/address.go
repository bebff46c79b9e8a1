package fetch

import (
	"net/netip"
	"slices"
)

// special are addresses that are nobody's on the open Internet, or that hide another one (IANA's registries of special-purpose addresses, RFC 6890).
var special = func() (all []netip.Prefix) {
	for _, p := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}()

var (
	global = netip.MustParsePrefix("2000::/3")     // all that is given out of IPv6
	nat64  = netip.MustParsePrefix("64:ff9b::/96") // an IPv4 address in its last four bytes
)

// Private tells that an address is not one of the open Internet: loopback, private, link-local, shared (CGNAT), unique local, multicast, reserved;
// also where IPv6 hides it (mapped, NAT64, 6to4, Teredo).
func Private(a netip.Addr) bool {
	a = plain(a)
	if !a.IsValid() || a.Zone() != "" || a.Is6() && !global.Contains(a) {
		return true
	}
	for _, p := range special {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// plain is the address that a mapped one or one of NAT64 stands for.
func plain(a netip.Addr) netip.Addr {
	a = a.Unmap()
	if a.Is6() && nat64.Contains(a.WithZone("")) {
		b := a.As16()
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return a
}

var (
	shared = netip.MustParsePrefix("100.64.0.0/10")
	// metadata are the addresses outside the link-local networks at which a cloud tells its machines their secrets: those of AWS and of Alibaba.
	metadata = []netip.Addr{netip.MustParseAddr("fd00:ec2::254"), netip.MustParseAddr("100.100.100.200")}
)

// own tells that a private address is one where people keep pages: of this machine, or of a private, unique local or shared network.
func own(a netip.Addr) bool {
	a = plain(a)
	return a.Zone() == "" && (a.IsLoopback() || a.IsPrivate() || shared.Contains(a)) && !slices.Contains(metadata, a)
}
