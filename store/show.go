package store

import "newsgraph/news"

// Show tells how little will be read of the items of a list and what will be asked of them next, so that a store that can brings that in the same call
// (Beside). It changes no list: a store may pay no heed to it.
type Show struct {
	// Brief tells that no more will be read of an event than its ID, Type, Action, Modality and Participants and of its When From, To, Precision and Text; of a
	// story, than its ID, Headline and Published; of an entity, than its ID, Kind and Name.
	Brief bool
	// Named tells that of the entities that take part in events, or stand on the sides of relations, ID, Kind and Name will be asked for.
	Named bool
	// Reports tells that so many of the first reports of each event or story will be asked for, their ID, Story and Sentence alone; 0 for none.
	Reports int
	// Headlines tells that ID and Headline of the stories of these will be.
	Headlines bool
	// Events tells that the events of these will be, as Brief and Named have them.
	Events bool
}

// Beside is what a store brought with a page, no more of each than Show tells. What is nil was not brought and has to be asked for; else it has all that the
// calls of Reader would find for the items of all pages of one call.
type Beside struct {
	Entities map[news.ID]news.Entity
	Reports  map[news.ID]Page[news.Report] // by the event or story: the first page
	Stories  map[news.ID]news.Story
	Events   map[news.ID]news.Event // by the event-form id of the report
}
