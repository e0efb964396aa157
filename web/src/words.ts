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
  language: ["हिन्दी", "English"],
  theme: ["Theme", "रंग"],
  actor: ["Who", "किसने"],
  recipient: ["To whom", "किसको"],
  type: ["Type", "प्रकार"],
  any: ["any", "कोई भी"],
  status: ["Status", "स्थिति"],
  since: ["From", "से"],
  until: ["To", "तक"],
  text: ["Words", "शब्द"],
  country: ["Where", "कहाँ"],
  apply: ["Show", "दिखाएँ"],
  clear: ["Clear", "हटाएँ"],
  events: ["events", "घटनाएँ"],
  cooperation: ["cooperation", "सहयोग"],
  conflict: ["conflict", "संघर्ष"],
  stories: ["stories", "खबरें"],
  timeline: ["Over time", "समय के साथ"],
  map: ["Where", "कहाँ"],
  network: ["Who with whom", "कौन किसके साथ"],
  pairs: ["Pairs", "जोड़े"],
  latest: ["Latest events", "ताज़ा घटनाएँ"],
  types: ["Types", "प्रकार"],
  outlets: ["Outlets", "अख़बार"],
  loading: ["Loading …", "खुल रहा है …"],
  nothing: ["Nothing fits.", "कुछ नहीं मिला।"],
  failed: ["That did not work:", "यह नहीं हो सका:"],
  more: ["More", "और"],
  said: ["said by", "के अनुसार"],
  via: ["via", "के ज़रिये"],
  when: ["when", "कब"],
  where: ["where", "कहाँ"],
  rule: ["table line", "तालिका की पंक्ति"],
  tree: ["Tree", "वृक्ष"],
  explain: ["Every decision", "हर निर्णय"],
  headline: ["Headline", "शीर्षक"],
  document: ["Open article", "लेख खोलें"],
  first: ["One side", "पहला पक्ष"],
  second: ["Other side", "दूसरा पक्ष"],
  choosePair: ["Name two actors: countries (RUS), organisations (IGO:UN), codes (RUS GOV) or names.",
    "दो पक्ष लिखें: देश (RUS), संगठन (IGO:UN), कोड (RUS GOV) या नाम।"],
  chooseArticle: ["Open an article from an event.", "किसी घटना से लेख खोलें।"],
  planned: ["planned", "योजना"],
  possible: ["possible", "संभव"],
  denied: ["denied", "खंडन"],
  asserted: ["asserted", "कही गई"],
  independent: ["independent reports", "स्वतंत्र ख़बरें"],
  noDate: ["no date", "बिना तारीख़"],
  save: ["Save as", "सहेजें"],
  mean: ["mean Goldstein value", "औसत गोल्डस्टीन"],
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

export function isWord(key: string): key is Word {
  return key in words;
}

export function number(value: number): string {
  return value.toLocaleString(chosen === "hi" ? "hi-IN" : "en-IN");
}
