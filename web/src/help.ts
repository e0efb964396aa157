// help: what a newcomer asks about the page, in a dialog.
//
// In: the language of the page. Out: a dialog that opens over it.

import { el } from "./dom";
import { cooperative, typeCodes, typeGloss, typeName } from "./names";
import { language, say } from "./words";

const answers: [[string, string], [string, string]][] = [
  [["An event", "घटना"], ["is one act that an article tells: who did what to whom, when, where, and according to whom. The words that tell it are marked in the sentence.",
    "लेख में बताया गया एक काम है: किसने, किसके साथ, क्या, कब, कहाँ किया, और यह किसने बताया। बताने वाले शब्द वाक्य में चिह्नित हैं।"]],
  [["Check the sentence", "वाक्य देखें"], ["beside an event before you rely on it: the program reads by rules and errs. It tells what the news says, not what is true.",
    "किसी घटना पर भरोसा करने से पहले: प्रोग्राम नियमों से पढ़ता है और चूकता है। वह बताता है कि समाचार क्या कहता है, यह नहीं कि सच क्या है।"]],
  [["Codes", "कोड"], ["stand behind the names: a country (IND, USA) and a role: GOV government, MIL military, COP police, REB armed group, LEG parliament, JUD court, PTY party, OPP opposition, BUS business, MED media, REL religion, EDU education, CVL people. IGO:UN is an organisation; --- is an unknown country.",
    "नामों के पीछे: देश (IND, USA) और भूमिका: GOV सरकार, MIL सेना, COP पुलिस, REB सशस्त्र गुट, LEG संसद, JUD न्यायपालिका, PTY दल, OPP विपक्ष, BUS कारोबार, MED मीडिया, REL धर्म, EDU शिक्षा, CVL लोग। IGO:UN संगठन है; --- का अर्थ है देश अज्ञात।"]],
  [["⟶ and ⟷", "⟶ और ⟷"], ["one side acts on the other; both act alike.", "एक पक्ष दूसरे पर करता है; दोनों एक जैसा करते हैं।"]],
  [["Planned, possible, denied", "योजना, संभव, खंडन"], ["stand behind an event that did not, or not yet, happen. Nothing stands behind one that the article asserts.",
    "उस घटना के पीछे लिखा है जो नहीं हुई, या अभी नहीं हुई। जिसे लेख हुआ बताता है उसके पीछे कुछ नहीं लिखा।"]],
  [["Stories", "ख़बरें"], ["count events of one type between the same countries on one day once, whoever tells them.",
    "एक दिन, उन्हीं देशों के बीच, एक प्रकार की घटनाओं को एक बार गिनती हैं, बताने वाले चाहे जितने हों।"]],
  [["Independent reports and reprints", "स्वतंत्र रिपोर्टें और पुनर्मुद्रण"], ["are told apart where the database was made with karaka add --same.",
    "अलग-अलग दिखते हैं, यदि डेटाबेस karaka add --same से बना हो।"]],
  [["Goldstein value", "गोल्डस्टीन मान"], ["from −10 (war) to 10 (peace): how hostile or friendly an act of this type is held to be.",
    "−10 (युद्ध) से 10 (शांति) तक: इस प्रकार का काम कितना शत्रुतापूर्ण या मैत्रीपूर्ण माना जाता है।"]],
  [["Filtering", "छाँटना"], ["Every bar, circle, line and name narrows all the rest. The address of the page keeps what you see: save it, share it on this machine, go back.",
    "हर पट्टी, गोला, रेखा और नाम बाकी सब को छाँटता है। पेज का पता वही याद रखता है जो आप देख रहे हैं: उसे सहेजें, वापस जाएँ।"]],
];

export function openHelp(): void {
  const hindi = Number(language() === "hi");
  const kind = (name: "cooperation" | "conflict") => el("div", {}, el("h3", {}, el("i", { class: name }), say(name)),
    el("dl", { class: "types" }, ...typeCodes.filter((type) => cooperative.includes(type) === (name === "cooperation"))
      .flatMap((type) => [el("dt", {}, typeName(type)), el("dd", {}, typeGloss(type))])));
  const dialog = el("dialog", { class: "help", "aria-labelledby": "help-title", close: () => dialog.remove(),
    click: (event) => { if (event.target === dialog) dialog.close(); } },
  el("div", {}, el("div", { class: "top" }, el("h2", { id: "help-title" }, say("help")), el("button", { type: "button", click: () => dialog.close() }, say("close"))),
    el("div", { class: "two" }, kind("cooperation"), kind("conflict")),
    el("dl", { class: "answers" }, ...answers.flatMap(([name, text]) => [el("dt", {}, name[hindi] ?? ""), el("dd", {}, text[hindi] ?? "")]))));
  document.body.append(dialog);
  dialog.showModal();
}
