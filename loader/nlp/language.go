package nlp

import (
	"regexp"
	"strings"
	"unicode"
)

// Language tells the language of a text by its name in English and its tag of BCP 47. Scripts tell most languages apart; those in Latin
// letters are told by how many of their words are function words of each (Grefenstette 1995). It is sure only where enough words say so: a
// headline, a table or a list of names is not, and counts as English. It reads at most a sample of the text, so a long one costs no more.
func Language(text string) (name, tag string, sure bool) {
	sample := text
	if half := languageSample / 2; len(text) > languageSample {
		middle := len(text) / 2
		sample = strings.ToValidUTF8(text[:half]+" "+text[middle:middle+half], " ")
	}
	scripts := map[*script]int{}
	latin, letters := 0, 0
	for _, r := range sample {
		if r < unicode.MaxASCII || !unicode.IsLetter(r) || unicode.Is(unicode.Latin, r) {
			if unicode.IsLetter(r) {
				latin++
				letters++
			}
			continue
		}
		letters++
		for i := range scriptsKnown {
			if s := &scriptsKnown[i]; unicode.Is(s.table, r) {
				scripts[s]++
				break
			}
		}
	}
	for i := range scriptsKnown {
		// A letter of Chinese or Korean is worth several of an alphabet.
		if s := &scriptsKnown[i]; letters >= 8 && scripts[s]*s.worth > latin {
			name, tag = s.name, s.tag
			if s.among != nil {
				name, tag = s.among(sample)
			}
			return name, tag, true
		}
	}
	return latinLanguage(sample)
}

const (
	languageSample = 20000 // bytes
	fewestWords    = 12    // under which nothing is sure
)

// script is a writing system, and the language that it stands for unless among tells more closely.
type script struct {
	table     *unicode.RangeTable
	name, tag string
	worth     int
	among     func(text string) (name, tag string)
}

// Kana come before Han, for Japanese has both.
var scriptsKnown = []script{
	{unicode.Hiragana, "Japanese", "ja", 8, nil},
	{unicode.Katakana, "Japanese", "ja", 8, nil},
	{unicode.Hangul, "Korean", "ko", 4, nil},
	{unicode.Han, "Chinese", "zh", 4, nil},
	{unicode.Cyrillic, "Russian", "ru", 1, byLetters("Ukrainian", "uk", "їєґі", "Belarusian", "be", "ў", "Serbian", "sr", "ђћџљњј", "Macedonian", "mk", "ѓќѕ", "Kazakh", "kk", "әғқңөұүһ",
		"Russian", "ru", "ыэё", "Bulgarian", "bg", "ъщ")},
	{unicode.Arabic, "Arabic", "ar", 1, byLetters("Urdu", "ur", "ٹڈڑےں", "Persian", "fa", "پچژگ")},
	{unicode.Hebrew, "Hebrew", "he", 1, nil},
	{unicode.Greek, "Greek", "el", 1, nil},
	{unicode.Devanagari, "Hindi", "hi", 1, nil},
	{unicode.Bengali, "Bengali", "bn", 1, nil},
	{unicode.Gurmukhi, "Punjabi", "pa", 1, nil},
	{unicode.Gujarati, "Gujarati", "gu", 1, nil},
	{unicode.Tamil, "Tamil", "ta", 1, nil},
	{unicode.Telugu, "Telugu", "te", 1, nil},
	{unicode.Kannada, "Kannada", "kn", 1, nil},
	{unicode.Malayalam, "Malayalam", "ml", 1, nil},
	{unicode.Sinhala, "Sinhala", "si", 1, nil},
	{unicode.Thai, "Thai", "th", 1, nil},
	{unicode.Lao, "Lao", "lo", 1, nil},
	{unicode.Khmer, "Khmer", "km", 1, nil},
	{unicode.Myanmar, "Burmese", "my", 1, nil},
	{unicode.Georgian, "Georgian", "ka", 1, nil},
	{unicode.Armenian, "Armenian", "hy", 1, nil},
	{unicode.Ethiopic, "Amharic", "am", 1, nil},
	{unicode.Tibetan, "Tibetan", "bo", 1, nil},
	{unicode.Mongolian, "Mongolian", "mn", 1, nil},
}

// byLetters tells languages of one script by letters that only they have, in triples of name, tag and letters; the first letter group of which
// the text has enough wins, and the script's own language if none.
func byLetters(triples ...string) func(string) (string, string) {
	return func(text string) (string, string) {
		letters := 0
		for _, r := range text {
			if r >= 0x370 && unicode.IsLetter(r) {
				letters++
			}
		}
		for i := 0; i+2 < len(triples); i += 3 {
			n := 0
			for _, r := range strings.ToLower(text) {
				if strings.ContainsRune(triples[i+2], r) {
					n++
				}
			}
			if n > letters/100 {
				return triples[i], triples[i+1]
			}
		}
		if strings.ContainsRune(triples[len(triples)-1], 'ъ') {
			return "Russian", "ru"
		}
		return "Arabic", "ar"
	}
}

// smallWords are the commonest small words of languages in Latin letters.
var smallWords = []struct{ name, tag, words string }{
	{"English", "en", "the of and to in a is that it was for on with as his her he she at by be this had not are but from or have an they which you were there been their one all we would who will more when said has can if no out so what up about into than them its after i my our your do did also over"},
	{"French", "fr", "le la les un une des du de et à est en que qui dans pour pas sur au aux par avec ce cette il elle ne se son sa ses plus mais ont été être comme leur nous vous ils sont d l qu n s c a fait après deux"},
	{"German", "de", "der die das und ist in den von zu mit sich des auf für nicht ein eine einen einem einer dem im als auch es an werden aus er hat dass sie nach wird bei noch wie über um war haben nur oder aber vor zur bis mehr durch kann sind wurde"},
	{"Spanish", "es", "el la los las de del que y en un una por con no para se su es al lo como más o pero sus le ha este sí porque esta entre cuando muy sin sobre también me hasta hay donde han quien desde fue dos años contra"},
	{"Portuguese", "pt", "o os as de do da dos das que e em um uma para com não por mais se na no nas nos ao como mas foi ele ela são sua seu à também pelo pela até isso entre depois sem mesmo aos ter seus quem já está muito há nós"},
	{"Italian", "it", "il lo la gli le di del della dei delle che e è un una in per non con si da dal nel nella sono come ma più anche al alla ha questo questa su ai degli loro suo sua o se ci dopo hanno stato essere tra due"},
	{"Dutch", "nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als maar door over bij nog naar uit dan wordt heeft hebben tot deze worden werd was zich hij ze ik meer hun al geen of kan"},
	{"Swedish", "sv", "och att det som en på är av för med den till i har inte om ett var jag från men vi så de kan när hon han ska år sig eller efter också under mot där blev vid mycket än"},
	{"Danish", "da", "og at det som en på er af for med den til i har ikke om et var jeg fra men vi så de kan når hun han skal år sig eller efter også under mod der blev ved meget end blevet være mener"},
	{"Norwegian", "no", "og at det som en på er av for med den til i har ikke om et var jeg fra men vi så de kan når hun han skal år seg eller etter også under mot der ble ved mye enn blitt være sier mellom"},
	{"Finnish", "fi", "ja on ei että se oli hän ovat myös kun mutta joka tai kuin niin sen mukaan vuonna hänen jos ole olla nyt sitä ovat jotka mitä vain vielä sekä noin jo ennen kanssa"},
	{"Polish", "pl", "i w na z do się nie że jest to o jak po za od przez przy dla ma oraz był była były są ale co tak jego jej ich który która które tego tym może już tylko lub też"},
	{"Czech", "cs", "a v na se že je s z do o i za by ve pro ale jako po k od jsou byl byla bylo jeho jejich který která které také až nebo již však tak podle při mezi není"},
	{"Slovak", "sk", "a v na sa že je s z do o aj za by vo pre ale ako po k od sú bol bola bolo jeho ich ktorý ktorá ktoré tiež až alebo už však tak podľa pri medzi nie"},
	{"Hungarian", "hu", "a az és hogy nem is egy van volt meg ez csak de mint el ki már még vagy azt lesz ezt szerint után között majd pedig amely akik voltak minden kell"},
	{"Romanian", "ro", "și de la în a cu pe că nu o un din care este sunt pentru mai se au fost lui ce prin după dar ca al ale sau fi acest această sa către între"},
	{"Croatian", "hr", "i u je na se da su za od s o koji koja koje nije bio bila kao ili ali iz do što te po će biti samo nakon prema ne još već između kako"},
	{"Slovene", "sl", "in je v na se da so za od s z ki ni bil bila kot ali pa iz do po bo biti tudi samo še že med kako pri ter lahko"},
	{"Turkish", "tr", "ve bir bu da de için ile olarak çok olan daha sonra kadar gibi en ne var ama o ise değil her ki olduğu yeni etti dedi göre oldu tarafından"},
	{"Azerbaijani", "az", "və bir bu da də üçün ilə olan daha sonra kimi ən nə var amma o isə deyil hər ki olduğu yeni etdi dedi görə oldu tərəfindən"},
	{"Indonesian", "id", "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih kata tahun sudah atau saat oleh menjadi orang telah kami bahwa"},
	{"Vietnamese", "vi", "và của là có trong cho không được một các với những người này đã để khi về từ ra đến cũng như tại sẽ còn nhưng vào năm theo"},
	{"Swahili", "sw", "ya na wa kwa ni katika za la kuwa hii cha huo kama lakini baada watu hiyo alisema yake wake pia au nchi yao kila hivyo"},
	{"Tagalog", "tl", "ang ng sa na mga at ay si ni para hindi nang kay ito may mula niya siya kanyang nila ako ka rin din lang kung"},
	{"Estonian", "et", "ja on ei et see oli ta ka kui aga mis või oma selle kes nii veel siis olid mida pole ning pärast juba"},
	{"Latvian", "lv", "un ir ar no uz par ka kas tas bija ne arī pie bet lai pēc kā vai tika gada šo to viņš"},
	{"Lithuanian", "lt", "ir yra su iš į kad kas tai buvo ne taip pat bet jis po kaip ar apie prie iki jo jos metų nuo"},
	{"Albanian", "sq", "të e në dhe i për një me nga se që është si nuk u ka më do kjo por edhe këtë janë pas"},
	{"Catalan", "ca", "el la els les de del que i en un una per amb no se és al com més o però seu seva aquest aquesta entre quan molt sense sobre també fins hi ha des va ser dels"},
	{"Basque", "eu", "eta da ez bat du ere zen izan dira egin hau baina dute dela batean zuen beste egiten"},
	{"Irish", "ga", "an agus na ar go is a i le do sé sí tá bhí ag ní leis seo sin ach mar nach"},
	{"Welsh", "cy", "y yr a i yn o ar mae am wedi gan oedd bod ei ac fel hyn nid ond hefyd"},
	{"Latin", "la", "et in est non ad ut cum quod ex qui sed per quae ab si a de esse sunt atque enim eius"},
	{"Afrikaans", "af", "die van en het is in 'n te nie op vir wat met aan dat om hy was sy ook as sal deur hulle maar by kan na"},
	{"Malay", "ms", "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke kerana tersebut boleh ada mereka lebih kata tahun telah atau ketika oleh menjadi bahawa beliau"},
}

var functionIndex = func() map[string]uint64 {
	index := map[string]uint64{}
	for k, l := range smallWords {
		for _, w := range strings.Fields(l.words) {
			index[w] |= 1 << k
		}
	}
	return index
}()

// address is an address on the web, whose letters are of no language.
var address = regexp.MustCompile(`\b\w+://\S+|\bwww\.\S+`)

// latinLanguage tells the language whose function words cover most of a text, English if that is unsure.
func latinLanguage(text string) (name, tag string, sure bool) {
	var counts, kinds [64]int // of function words, and of different ones
	seen := map[string]bool{}
	words, lower := 0, 0
	for _, w := range strings.FieldsFunc(address.ReplaceAllString(text, " "), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		low := strings.ToLower(w)
		if low == w {
			lower++
		}
		set := functionIndex[low]
		for k := 0; set>>k != 0; k++ {
			if set>>k&1 != 0 {
				counts[k]++
				if !seen[low] {
					kinds[k]++
				}
			}
		}
		if set != 0 {
			seen[low] = true
		}
	}
	best := 0
	for k := range smallWords {
		if counts[k] > counts[best] {
			best = k
		}
	}
	// Running text of any of them is a fifth and more function words; English quoted in passing, or names, is not.
	if best > 0 && words >= fewestWords && lower*2 >= words && counts[best]*5 >= words && kinds[best] > 3 && counts[best] >= 2*counts[0] {
		return smallWords[best].name, smallWords[best].tag, true
	}
	return "English", "en", best == 0 && words >= fewestWords && counts[0]*8 >= words
}

// ForeignError tells that a text is surely in another language than English.
type ForeignError struct{ Name, Tag string }

func (e *ForeignError) Error() string {
	return "the text is " + e.Name + " (" + e.Tag + ") and only English is read; --any-language reads it all the same"
}

// CheckEnglish is a *ForeignError if the text is surely in another language.
func CheckEnglish(text string) error {
	if name, tag, sure := Language(text); sure && tag != "en" {
		return &ForeignError{name, tag}
	}
	return nil
}
