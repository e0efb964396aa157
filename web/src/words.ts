// words: what the page says, in English and Hindi.
//
// In: a key. Out: its words in the chosen language. Example: say("events") -> "events" or "घटनाएँ".

export type Language = "en" | "hi";

const words = {
  overview: ["Overview", "सार"],
  relation: ["Relation", "संबंध"],
  search: ["Events", "घटनाएँ"],
  article: ["Article", "लेख"],
  skip: ["To the content", "सामग्री पर जाएँ"],
  views: ["Views", "दृश्य"],
  language: ["हिन्दी", "English"],
  dark: ["Dark", "गहरा"],
  light: ["Light", "हल्का"],
  help: ["How to read this", "इसे कैसे पढ़ें"],
  close: ["Close", "बंद करें"],
  filter: ["Filter", "छाँटें"],
  actor: ["Who", "किसने"],
  recipient: ["To whom", "किसको"],
  type: ["Type", "प्रकार"],
  any: ["any", "कोई भी"],
  status: ["Status", "स्थिति"],
  since: ["From", "कब से"],
  until: ["To", "कब तक"],
  text: ["Words", "शब्द"],
  country: ["Where", "कहाँ"],
  outlets: ["Told by", "कितने अख़बार"],
  outlet: ["Outlet", "अख़बार"],
  pair: ["Between", "किनके बीच"],
  reprints: ["Reprints", "पुनर्मुद्रण"],
  no: ["left out", "नहीं"],
  only: ["alone", "केवल"],
  atLeast: ["at least {} outlets", "कम से कम {} अख़बार"],
  orMore: ["at least {}", "कम से कम {}"],
  mostOnly: ["Shown: the {} with most events.", "यहाँ: सबसे ज़्यादा घटनाओं वाले {}।"],
  notAll: ["Shown: {} events; the article has more.", "यहाँ: {} घटनाएँ; लेख में और भी हैं।"],
  dayForm: ["A day, month or year: 2025-07-14, 2025-07 or 2025", "दिन, महीना या वर्ष: 2025-07-14, 2025-07 या 2025"],
  remove: ["Remove", "हटाएँ"],
  apply: ["Show", "दिखाएँ"],
  clear: ["Clear", "सब हटाएँ"],
  events: ["events", "घटनाएँ"],
  articles: ["articles", "लेख"],
  cooperation: ["cooperation", "सहयोग"],
  conflict: ["conflict", "टकराव"],
  stories: ["stories", "ख़बरें"],
  storiesTip: ["Events of one type between the same countries on one day count as one story.",
    "एक ही दिन, उन्हीं देशों के बीच, एक ही प्रकार की घटनाएँ एक ख़बर हैं।"],
  timeline: ["Over time", "समय के साथ"],
  above: ["cooperation, upwards", "सहयोग, ऊपर"],
  below: ["conflict, downwards", "टकराव, नीचे"],
  dragging: ["Click a bar or drag over several to choose a time.", "समय चुनने के लिए किसी पट्टी पर क्लिक करें या कई पर खींचें।"],
  undrawn: ["Events not drawn: {}.", "घटनाएँ जो यहाँ नहीं दिखीं: {}।"],
  outside: ["{} of other times", "दूसरे समय की {}"],
  undated: ["{} without a date", "बिना तारीख़ की {}"],
  asTable: ["As a table", "तालिका के रूप में"],
  period: ["Period", "अवधि"],
  map: ["Where", "कहाँ"],
  mapKey: ["A circle is a place, its area the number of events: ", "हर गोला एक जगह है, आकार घटनाओं की संख्या: "],
  more_coop: ["more cooperation", "सहयोग अधिक"],
  more_conf: ["more conflict", "टकराव अधिक"],
  located: ["Events that name a place: {} of {}. Borders as Natural Earth draws them.",
    "{2} में से {1} घटनाओं में जगह बताई गई है। सीमाएँ नेचुरल अर्थ के अनुसार।"],
  nearer: ["Nearer", "पास से"],
  farther: ["Farther", "दूर से"],
  network: ["Who with whom", "कौन किसके साथ"],
  networkKey: ["The broader the line, the more events between two: ", "रेखा जितनी चौड़ी, दोनों के बीच उतनी घटनाएँ: "],
  strongest: ["Strongest ties drawn: {}. A circle filters, a line opens the relation.",
    "सबसे मज़बूत {} रिश्ते। गोला छाँटता है, रेखा संबंध खोलती है।"],
  pairs: ["Who to whom", "किसने किसके साथ"],
  within: ["Left out: {} within one country, {} with a party of unknown country.",
    "शामिल नहीं: एक ही देश के भीतर की {}, {} जिनमें किसी पक्ष का देश पता नहीं।"],
  latest: ["Latest events", "ताज़ा घटनाएँ"],
  all: ["All events ({})", "सभी घटनाएँ ({})"],
  types: ["What they did", "क्या किया"],
  outletsTold: ["Who tells it", "कौन बताता है"],
  noOutlet: ["outlet not told", "अख़बार नहीं बताया"],
  directions: ["In which direction", "किस दिशा में"],
  loading: ["Loading …", "खुल रहा है …"],
  nothing: ["Nothing fits.", "कुछ नहीं मिला।"],
  nothingHint: ["No event has all that was asked for. Remove a condition above, or look for other words.",
    "किसी घटना में यह सब नहीं है। ऊपर से कोई शर्त हटाएँ, या दूसरे शब्द खोजें।"],
  empty: ["This database holds no events yet. Add news with", "इस डेटाबेस में अभी कोई घटना नहीं है। समाचार ऐसे जोड़ें:"],
  failed: ["That did not work:", "यह नहीं हो सका:"],
  gone: ["the program does not answer; is karaka serve still running?", "प्रोग्राम जवाब नहीं देता; क्या karaka serve चल रहा है?"],
  more: ["More events", "और घटनाएँ"],
  said: ["said by {}", "{} के अनुसार"],
  via: ["via {}", "{} के ज़रिये"],
  inText: ["Show in the text", "लेख में दिखाएँ"],
  stateMedia: ["state media", "सरकारी मीडिया"],
  source: ["According to", "किसके अनुसार"],
  trigger: ["Told by the words", "बताने वाले शब्द"],
  mention: ["Told again", "फिर बताया"],
  time: ["When", "कब"],
  place: ["Where", "कहाँ"],
  rule: ["Table line", "तालिका की पंक्ति"],
  tree: ["Tree of the sentence", "वाक्य का वृक्ष"],
  explain: ["Every decision", "हर निर्णय"],
  headline: ["Does the article bear out its headline?", "क्या लेख शीर्षक को सही ठहराता है?"],
  supported: ["yes, supported", "हाँ, समर्थित"],
  exaggerated: ["exaggerated", "बढ़ा-चढ़ाकर"],
  unsupported: ["no, unsupported", "नहीं, असमर्थित"],
  noClaim: ["nothing claimed", "कोई दावा नहीं"],
  copyOf: ["A reprint of", "पुनर्मुद्रण, मूल लेख:"],
  markedKey: ["Marked:", "चिह्नित:"],
  chooseEvent: ["Choose an event to see what it rests on.", "किसी घटना को चुनें: वह किस पर टिकी है, दिखेगा।"],
  document: ["Open article", "लेख खोलें"],
  first: ["One side", "पहला पक्ष"],
  second: ["Other side", "दूसरा पक्ष"],
  choosePair: ["Name two actors above: countries (India or IND), organisations (IGO:UN), codes (RUS GOV) or names. Or choose a pair:",
    "ऊपर दो पक्ष लिखें: देश (भारत या IND), संगठन (IGO:UN), कोड (RUS GOV) या नाम। या कोई जोड़ा चुनें:"],
  chooseArticle: ["Open an article from an event.", "किसी घटना से लेख खोलें।"],
  planned: ["planned", "योजना"],
  possible: ["possible", "संभव"],
  denied: ["denied", "खंडन"],
  asserted: ["asserted", "कही गई"],
  noDate: ["no date", "बिना तारीख़"],
  save: ["Save as", "सहेजें"],
  order: ["Order", "क्रम"],
  newest: ["newest first", "नई पहले"],
  oldest: ["oldest first", "पुरानी पहले"],
  hostile: ["most hostile first", "सबसे तीखी पहले"],
  told: ["told by most outlets first", "सबसे ज़्यादा अख़बारों वाली पहले"],
  reports: ["Reports", "रिपोर्टें"],
  allReports: ["all", "सभी"],
  independent: ["independent", "स्वतंत्र"],
  reprinted: ["reprints", "पुनर्मुद्रण"],
  mean: ["mean Goldstein value", "औसत गोल्डस्टीन मान"],
  unknown: ["unknown country", "देश अज्ञात"],
} as const;

export type Word = keyof typeof words;

let chosen: Language = "en";

export function language(): Language {
  return chosen;
}

export function setLanguage(to: Language): void {
  chosen = to;
  document.documentElement.lang = to;
}

export function say(key: Word): string {
  return words[key][chosen === "hi" ? 1 : 0];
}

// {} or {1}, {2}: what is put in.
export function fill(key: Word, ...values: (string | number)[]): string {
  let next = 0;
  return say(key).replace(/\{(\d?)\}/g, (_, at: string) => {
    const value = values[at ? Number(at) - 1 : next++] ?? "";
    return typeof value === "number" ? number(value) : value;
  });
}

// A number with its word: in English one of a thing is no plural.
const single: Partial<Record<Word, string>> = { events: "event", articles: "article", stories: "story", reprinted: "reprint" };

export function wordFor(key: Word, count: number): string {
  return chosen === "en" && count === 1 ? single[key] ?? say(key) : say(key);
}

export function many(key: Word, count: number): string {
  return `${number(count)} ${wordFor(key, count)}`;
}

export function isWord(key: string): key is Word {
  return Object.hasOwn(words, key);
}

export function number(value: number): string {
  return value.toLocaleString(chosen === "hi" ? "hi-IN" : navigator.language.startsWith("en") ? navigator.language : "en");
}
