package past

// Waiting is how many wait for room.
func (g *Graphs) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting)
}
