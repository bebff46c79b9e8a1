package extract

import (
	"strings"
	"testing"

	"newsgraph/news"
)

// TestSurnamesThatAreWords sees that whoever was named in full is meant where his surname alone says something, common word or not.
func TestSurnamesThatAreWords(t *testing.T) {
	for _, text := range []string{
		"Robert Gates visited Chad. Gates said Peru had lied.",
		"Alan Waters visited Chad. Waters told Peru that it had lied.",
		"Mira Woods visited Chad. Woods said Peru had lied.",
	} {
		f := read(t, "", text)
		all := map[news.ID]int{}
		for _, m := range f.Mentions {
			all[m.Entity]++
		}
		for _, e := range f.Entities {
			if e.Kind == news.Person && all[e.ID] != 2 || e.Kind == news.Group {
				t.Errorf("%s: %s is mentioned %d times", text, e.Name, all[e.ID])
			}
		}
	}
}

// TestAntecedents sees for whom the last pronoun or nominal stands that the text has of the word before the bar; nobody if no name is given. It stands apart
// from the hard cases, from which weights are learnt.
func TestAntecedents(t *testing.T) {
	for _, c := range []struct{ word, text, want string }{
		// "It" that stands for what follows.
		{"it", "Turkey's army said it was unclear if there were casualties.", ""},
		{"it", "Peru's senate said it makes sense to wait.", ""},
		{"it", "The World Bank said it takes time to build roads.", ""},
		// Who says more.
		{"It", "Amnesty International says Iran executes more minors than any other country. It says Iran must stop.", "Amnesty International"},
		{"It", "The World Bank said Chad owes Niger money. It added that Chad would pay.", "World Bank"},
		{"It", "Xinhua reported that Kenya had sent Peru a ship. It said the ship carried rice.", "Xinhua"},
		// Who is judged for what is his.
		{"its", "Norway praised Chad for its quick response.", "Chad"},
		{"its", "The World Bank criticised Kenya for its new taxes.", "Kenya"},
		{"its", "Peru thanked Japan for its help.", "Japan"},
		// What its own clause tells of.
		{"its", "Xinhua said a river overflowed its banks.", "river"},
		{"its", "The World Bank lent money to a region known for its mines.", "region"},
		{"its", "Norway said the village had lost its school.", "village"},
		// Who acts in the clause on which its own hangs.
		{"they", "NATO said on Sunday that the troops returned fire after they were attacked.", "troops"},
		{"they", "Kenya's navy said the sailors called for help when they saw smoke.", "sailors"},
		{"they", "NATO said the soldiers left the town before they could be seen.", "soldiers"},
		{"it", "Ola Berg wants to help Chad while it rebuilds.", "Chad"},
		// People whom a nation's word names.
		{"their", "More than 700 Palestinians fled from their homes.", "Palestinians"},
		{"their", "Chad said many Afghans had lost their houses.", "Afghans"},
		{"They", "Russians voted on Sunday. They elected Ola Berg.", "Russians"},
		// Of whom a clause with whose tells.
		{"his", "Bo Lund succeeded Tony Blair, whose critics complained about his war.", "Tony Blair"},
		{"his", "Ola Berg met Emmanuel Macron, whose allies praised his plan.", "Emmanuel Macron"},
		{"his", "Bo Lund defeated Barack Obama, whose friends defended his record.", "Barack Obama"},
		// Nominals.
		{"leader", "Russian President Vladimir Putin flew to Lima. The Russian leader met Ola Berg.", "Vladimir Putin"},
		{"leader", "German Chancellor Angela Merkel spoke on Monday. The German leader thanked Peru.", "Angela Merkel"},
		{"leader", "French President Emmanuel Macron met Ola Berg. The French leader praised Chad.", "Emmanuel Macron"},
		{"capital", "Police arrested 17 men in the capital, Riyadh.", "Riyadh"},
		{"capital", "Crowds gathered in Kenya's capital, Nairobi, on Monday.", "Nairobi"},
		{"city", "A bomb exploded in the northern city, Mosul.", "Mosul"},
		{"country", "India has launched a rocket as part of the country's space program.", "India"},
		{"country", "Kenya will vote in March in the country's third election.", "Kenya"},
		{"country", "Peru is short of rain, said Ola Berg of the country's weather office.", "Peru"},
		{"candidates", "Ola Berg debated Mira Toll in Lima. Both candidates thanked Peru.", "Ola Berg"},
		{"Police", "Iraqi police found a bomb. Police arrested ten men.", "Iraqi police"},
		{"Police", "Kenyan police closed a road in Nairobi. Police said a bus had crashed.", "Kenyan police"},
		{"Police", "Peru's police freed a child on Friday. Police detained two men.", "Peruvian police"},
		// Who withdrew is whose it was; who says they says it of himself; he is not she.
		{"her", "The nominee follows Harriet Miers, who withdrew her name.", "Harriet Miers"},
		{"his", "Ola Berg praised Barack Obama, who kept his word.", "Barack Obama"},
		{"their", "Norway thanked the nurses, who left their homes.", "nurses"},
		{"they", "Students marched in Cairo over the killings, in which Israeli troops said they mistook the officers for gunmen.", "Israeli troops"},
		{"they", "Rebels left Goma. Kenya said officials reported that they saw smoke.", "officials"},
		{"they", "Rebels met in Goma. Villagers say they heard shots.", "Villagers"},
		{"she", "Lind met Clara Berg at his house. He said she was ill.", "Clara Berg"},
		{"her", "Lind wrote to Clara Berg because he liked her.", "Clara Berg"},
		{"She", "Lind met Clara Berg. He was late. She left.", "Clara Berg"},
		// Addresses, parties in power, capitals, surnames that are words.
		{"Mr.", "Bo Lund met Raul Sato. Mr. Lund has won against Mr. Sato.", "Raul Sato"},
		{"Mr.", "Mr. Raul Sato met Mr. Bo Lund.", "Bo Lund"},
		{"Ms.", "Mr. Bo Lund met Clara Berg and Mira Toll. He thanked Ms. Toll.", "Mira Toll"},
		{"party", "The opposition Movement for Democratic Change party lost. The ruling party won.", "party"},
		{"capital", "Iran let inspectors fly to Tehran. They saw a site at Parchin, near the capital.", "Tehran"},
		{"capital", "Kenya closed a road from Nairobi to Mombasa. The capital was quiet.", "Nairobi"},
		{"head", "The head of a council committee, Italian lawmaker Giovanni Fava, said Peru lied.", "Giovanni Fava"},
		{"chairman", "The chairman of the club, Peruvian senator Bo Lund, thanked Chad.", "Bo Lund"},
		{"director", "The director of the museum, Kenyan lawyer Mira Toll, thanked Chad.", "Mira Toll"},
		// What is dug, and what ends a name, is no weapon.
		{"mine", "Rescuers found 12 miners at a coal mine in China.", ""},
		{"mine", "Workers at a copper mine in Zambia went on strike.", ""},
		{"mine", "Gold was found at the mine near Lima.", ""},
		{"mine", "Police clashed with mine workers in Peru.", ""},
		{"mine", "Gunmen attacked the mine, owned by a Canadian firm, on Monday.", ""},
		{"mine", "Troops surrounded the mine.", ""},
		{"mine", "Rebels attacked a uranium mine in Niger.", ""},
		{"mine", "Nine men died at the mine, which is operated by a Swiss company.", ""},
		{"mine", "Nine soldiers were killed when their truck hit a mine.", "landmine"},
		{"mines", "Rebels laid mines along the road.", "landmine"},
		{"mine", "The mine exploded under a bus in Mali.", "landmine"},
		{"mines", "Chad banned the sale of mines.", "landmine"},
	} {
		f := read(t, "", c.text)
		names := map[news.ID]string{}
		for _, e := range f.Entities {
			names[e.ID] = e.Name
		}
		got := ""
		for _, m := range f.Mentions {
			if strings.HasSuffix(c.text[m.Span.Start:m.Span.End], c.word) && m.Form != news.FormName {
				got = names[m.Entity]
			}
		}
		if got != c.want {
			t.Errorf("%s of %q is %q, not %q", c.word, c.text, got, c.want)
		}
	}
}
