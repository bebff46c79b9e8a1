// Package queuetest gives tests a real NATS server in their own process. The program never imports it.
package queuetest

import (
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Server is a running server.
type Server struct {
	URL     string // nats://127.0.0.1:PORT
	options server.Options
	server  *server.Server
}

// Start starts a server on a free port, which ends with the test. Change changes its options: it has JetStream, in a folder of the test's, unless that is taken away.
func Start(t testing.TB, change func(*server.Options)) *Server {
	t.Helper()
	s := &Server{options: server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true}}
	if change != nil {
		change(&s.options)
	}
	s.Start(t)
	t.Cleanup(s.Stop)
	return s
}

// Start starts a server that was stopped, on the port that it had and with what it had stored.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	options := s.options // which the server writes into
	var err error
	if s.server, err = server.NewServer(&options); err != nil {
		t.Fatal(err)
	}
	s.server.Start()
	if !s.server.ReadyForConnections(20 * time.Second) {
		t.Fatal("the NATS server does not get ready")
	}
	s.URL = s.server.ClientURL()
	s.options.Port = options.Port
}

// Stop stops it.
func (s *Server) Stop() {
	s.server.Shutdown()
	s.server.WaitForShutdown()
}
