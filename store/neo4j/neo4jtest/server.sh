# server.sh HOME JAVA ARGUMENTS...: becomes the server, and leaves a watchdog behind. Standard input is a pipe that the test process
# holds open and never writes to: when it ends, however that process died, the watchdog kills the server and removes its home.
home=$1
shift
exec 3<&0
{
	cat <&3 >/dev/null
	kill -KILL $$
	rm -rf "$home"
} &
exec "$@" 3<&- </dev/null
