//go:build unix

package neo4jtest

import (
	"context"
	_ "embed" // server.sh
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Server is a Neo4j that Start started.
type Server struct {
	URI      string // neo4j://127.0.0.1:PORT
	User     string // neo4j
	Password string // empty when the server asks for none

	prepare func(data, jars string) error

	home   string
	group  int           // the process group
	leash  *os.File      // whose end tells server.sh that this process is gone
	exited chan struct{} // closed when the server is no more
}

// Option changes how Start starts.
type Option func(*Server)

// WithPassword has the server ask for the user neo4j and this password, of 8 characters or more.
func WithPassword(password string) Option {
	return func(s *Server) { s.Password = password }
}

// WithData calls prepare before the server starts, to fill its empty data folder by the programs that are in the folder of jars.
func WithData(prepare func(data, jars string) error) Option {
	return func(s *Server) { s.prepare = prepare }
}

// patience is how long a server may take until it answers: 6 s on two idle cores, far more when every core is compiling.
const patience = 2 * time.Minute

// Start starts an empty server under a temporary home on free ports of 127.0.0.1 and returns when it answers. What takes time is
// told to log. ctx bounds the start alone; the server runs until Stop, or until this process ends in whatever way.
func Start(ctx context.Context, log io.Writer, options ...Option) (*Server, error) {
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, fmt.Errorf("neo4jtest: Java 17 or 21 is missing, which runs Neo4j: apt-get install default-jdk-headless "+
			"(or openjdk-17-jre-headless), or set %s", envURI)
	}
	lib, version, err := jars(ctx, log)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	begun := time.Now()
	// Another process may take a free port before the server does.
	for attempt := 1; ; attempt++ {
		s := &Server{User: "neo4j", exited: make(chan struct{})}
		for _, option := range options {
			option(s)
		}
		if err = s.start(ctx, java, lib); err == nil {
			fmt.Fprintf(log, "neo4jtest: Neo4j %s at %s after %.1f s\n", version, s.URI, time.Since(begun).Seconds())
			return s, nil
		}
		err = errors.Join(err, s.Stop())
		if attempt == 3 || !strings.Contains(err.Error(), "Address already in use") {
			return nil, err
		}
	}
}

// Kill kills the server without warning and keeps its home, so that Restart finds what it had written.
func (s *Server) Kill() error {
	if err := syscall.Kill(-s.group, syscall.SIGKILL); err != nil {
		return fmt.Errorf("neo4jtest: kill server: %w", err)
	}
	<-s.exited
	return nil
}

// Restart starts a killed server on its home and address again, and returns when it answers.
func (s *Server) Restart(ctx context.Context) error {
	java, err := exec.LookPath("java")
	if err != nil {
		return fmt.Errorf("neo4jtest: find Java: %w", err)
	}
	lib, _, err := jars(ctx, io.Discard)
	if err != nil {
		return err
	}
	if err := s.leash.Close(); err != nil {
		return fmt.Errorf("neo4jtest: close pipe: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s.exited = make(chan struct{})
	if err := s.run(ctx, java, lib); err != nil {
		return err
	}
	return s.wait(ctx, strings.TrimPrefix(s.URI, "neo4j://"))
}

// Stop kills the server and removes its home. Nobody wants the data, so it need not end in order. It may be called again.
func (s *Server) Stop() error {
	if s.leash != nil {
		select {
		case <-s.exited: // Its number may be another's by now.
		default:
			if err := syscall.Kill(-s.group, syscall.SIGKILL); err != nil {
				return fmt.Errorf("neo4jtest: kill server: %w", err)
			}
			<-s.exited
		}
		if err := s.leash.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			return fmt.Errorf("neo4jtest: close pipe: %w", err)
		}
	}
	if err := os.RemoveAll(s.home); err != nil {
		return fmt.Errorf("neo4jtest: remove home: %w", err)
	}
	return nil
}

// start lays the home, runs the server and waits until it answers. Stop undoes whatever it got done.
func (s *Server) start(ctx context.Context, java, lib string) error {
	var err error
	if s.home, err = os.MkdirTemp("", "neo4jtest-"); err != nil {
		return fmt.Errorf("neo4jtest: make home: %w", err)
	}
	ports, err := freePorts(ctx, 2)
	if err != nil {
		return err
	}
	address := fmt.Sprintf("127.0.0.1:%d", ports[0])
	s.URI = "neo4j://" + address
	if err := s.configure(address, fmt.Sprintf("127.0.0.1:%d", ports[1])); err != nil {
		return err
	}
	if s.prepare != nil {
		if err := s.prepare(s.path("data"), lib); err != nil {
			return err
		}
	}
	if err := s.run(ctx, java, lib); err != nil {
		return err
	}
	if err := s.wait(ctx, address); err != nil {
		console, _ := os.ReadFile(s.path("console.log")) // What it says is a help, not the fault.
		return fmt.Errorf("neo4jtest: start server: %w\n%s", err, console[max(0, len(console)-4000):])
	}
	return nil
}

func (s *Server) path(name ...string) string {
	return filepath.Join(append([]string{s.home}, name...)...)
}

func (s *Server) configure(bolt, http string) error {
	lines := []string{
		"server.default_listen_address=127.0.0.1",
		"server.bolt.listen_address=" + bolt,
		"server.http.listen_address=" + http,
		"server.https.enabled=false",
		"dbms.usage_report.enabled=false",
		"server.memory.heap.max_size=1g",
		"server.memory.pagecache.size=256m",
		fmt.Sprintf("dbms.security.auth_enabled=%t", s.Password != ""),
	}
	err := os.Mkdir(s.path("conf"), 0o700)
	if err == nil {
		err = os.WriteFile(s.path("conf", "neo4j.conf"), []byte(strings.Join(lines, "\n")+"\n"), 0o600)
	}
	if err != nil {
		return fmt.Errorf("neo4jtest: write configuration: %w", err)
	}
	return nil
}

// The test process may be killed before it can stop its server, so a watchdog does: see server.sh.
//
//go:embed server.sh
var script string

// run starts the server as the leader of a process group.
func (s *Server) run(ctx context.Context, java, lib string) (err error) {
	console, err := os.Create(s.path("console.log"))
	if err != nil {
		return fmt.Errorf("neo4jtest: make console log: %w", err)
	}
	defer func() { err = errors.Join(err, console.Close()) }()
	held, leash, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("neo4jtest: make pipe: %w", err)
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	// ctx bounds the start; it must not end the server later.
	command := exec.CommandContext(context.WithoutCancel(ctx), "/bin/sh", "-c", script, "server.sh", s.home,
		java, "-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-cp", filepath.Join(lib, "*"),
		"org.neo4j.server.CommunityEntryPoint", "--home-dir="+s.home, "--config-dir="+s.path("conf"))
	command.Dir = s.home
	command.Stdin, command.Stdout, command.Stderr = held, console, console
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := command.Start(); err != nil {
		return errors.Join(fmt.Errorf("neo4jtest: run server: %w", err), leash.Close())
	}
	s.group, s.leash = command.Process.Pid, leash
	go func() {
		_ = command.Wait() // It never ends well: it is killed, or the console log says why.
		// The watchdog is left, and keeps the group's number from being given to others until now.
		_ = syscall.Kill(-s.group, syscall.SIGKILL)
		close(s.exited)
	}()
	return nil
}

// wait returns when the server answers a query, with the password set.
func (s *Server) wait(ctx context.Context, address string) error {
	auth := neo4j.NoAuth()
	if s.Password != "" {
		auth = neo4j.BasicAuth(s.User, firstPassword, "")
	}
	driver, err := neo4j.NewDriverWithContext("bolt://"+address, auth)
	if err != nil {
		return err
	}
	defer driver.Close(ctx) //nolint:errcheck // The server has answered, or never will.
	for {
		if err = s.greet(ctx, driver, address); err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return errors.New("it ended before it answered; its output follows")
		case <-ctx.Done():
			return fmt.Errorf("no answer at %s: %w", address, errors.Join(ctx.Err(), err))
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// A new server has the user neo4j with this password, which serves for nothing but to set another.
const firstPassword = "neo4j"

const (
	answer      = `RETURN 1`
	setPassword = `ALTER CURRENT USER SET PASSWORD FROM $first TO $password`
)

func (s *Server) greet(ctx context.Context, driver neo4j.DriverWithContext, address string) error {
	// The driver would try again for 30 s, with longer and longer pauses.
	dialer := net.Dialer{Timeout: time.Second}
	connection, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	if err := connection.Close(); err != nil {
		return err
	}
	if s.Password == "" {
		_, err = neo4j.ExecuteQuery(ctx, driver, answer, nil, neo4j.EagerResultTransformer)
		return err
	}
	_, err = neo4j.ExecuteQuery(ctx, driver, setPassword, map[string]any{"first": firstPassword, "password": s.Password},
		neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase("system"))
	return err
}

// freePorts finds n ports of 127.0.0.1 that nobody listens on.
func freePorts(ctx context.Context, n int) (ports []int, err error) {
	var config net.ListenConfig
	for range n {
		listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("neo4jtest: find free port: %w", err)
		}
		defer listener.Close() //nolint:errcheck // It was never used. Held until the end, so that the ports differ.
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
