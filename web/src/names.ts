// names: what codes are called, in the language of the page.
//
// In: "IND GOV", "IGO:UN", "ACCUSE". Out: "India, government", "UN", "ACCUSE" or "आरोप". Countries are named by the
// browser, which knows them in every language. Example: codeOf("भारत") -> "IND"

import { language, say, type Language } from "./words";

// ISO 3166-1: alpha-3 with alpha-2, which the browser asks for. XKX is Kosovo's code in use.
const iso =
  "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE " +
  "BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW " +
  "CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY " +
  "CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR " +
  "FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU " +
  "GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE " +
  "JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT " +
  "LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ " +
  "MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ " +
  "OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU " +
  "RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK " +
  "SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV " +
  "TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA " +
  "ZMBZM ZWEZW XKXXK";

const short = new Map(iso.split(" ").map((both) => [both.slice(0, 3), both.slice(3)]));

const roles: Record<string, [string, string]> = {
  GOV: ["government", "सरकार"], MIL: ["military", "सेना"], COP: ["police", "पुलिस"], REB: ["armed group", "सशस्त्र गुट"],
  LEG: ["parliament", "संसद"], JUD: ["court", "न्यायपालिका"], PTY: ["party", "दल"], OPP: ["opposition", "विपक्ष"],
  BUS: ["business", "कारोबार"], MED: ["media", "मीडिया"], REL: ["religion", "धर्म"], EDU: ["education", "शिक्षा"],
  CVL: ["people", "लोग"],
};

// PLOVER's types: the word in Hindi, and what the type holds.
const types: Record<string, [string, string, string]> = {
  AGREE: ["सहमति", "promises, readiness to cooperate", "वादे, सहयोग की तैयारी"],
  CONSULT: ["वार्ता", "meetings, visits, talks", "मुलाकात, यात्रा, बातचीत"],
  SUPPORT: ["समर्थन", "praise, signed agreements", "सराहना, समझौते"],
  CONCEDE: ["रियायत", "concessions in words", "शब्दों में रियायत"],
  COOPERATE: ["सहयोग", "joint work, trade, exercises", "साझा काम, व्यापार, अभ्यास"],
  AID: ["सहायता", "material help", "सामान या धन की मदद"],
  RETREAT: ["वापसी", "withdrawal, release, resignation", "पीछे हटना, रिहाई, इस्तीफ़ा"],
  REQUEST: ["माँग", "requests, demands, orders", "अनुरोध, माँग, आदेश"],
  ACCUSE: ["आरोप", "blame, charges, investigation", "निंदा, आरोप, जाँच"],
  REJECT: ["इनकार", "refusals", "अस्वीकार"],
  THREATEN: ["धमकी", "threats, forceful warnings", "धमकी, कड़ी चेतावनी"],
  PROTEST: ["विरोध", "demonstrations, strikes", "प्रदर्शन, हड़ताल"],
  SANCTION: ["प्रतिबंध", "relations cut, expulsion, conviction", "संबंध कम करना, निष्कासन, सज़ा"],
  MOBILIZE: ["तैनाती", "moves of forces, weapon tests", "सेना की हलचल, हथियार परीक्षण"],
  COERCE: ["दमन", "arrests, seizure, repression", "गिरफ़्तारी, ज़ब्ती, दमन"],
  ASSAULT: ["हमला", "violence", "हिंसा"],
};

export const typeCodes = Object.keys(types);
export const cooperative = typeCodes.slice(0, 7);

export function typeName(type: string): string {
  return language() === "hi" ? types[type]?.[0] ?? type : type;
}

export function typeGloss(type: string): string {
  return types[type]?.[language() === "hi" ? 2 : 1] ?? "";
}

function region(alpha3: string, where: Language, style: "short" | "long"): string | null {
  const alpha2 = short.get(alpha3);
  return alpha2 ? new Intl.DisplayNames([where], { type: "region", style }).of(alpha2) ?? null : null;
}

// Of the first word of a code: a country or an organisation.
export function actorName(code: string): string {
  const first = code.split(" ")[0] ?? code;
  if (first === "---") return say("unknown");
  return (region(first, language(), "short") ?? first.replace(/^(IGO|NGO|MNC):/, "")).replace(/ \(.*\)$/, "");
}

export function codeName(code: string): string {
  const [first = code, ...rest] = code.split(" ");
  return [actorName(first), ...rest.map((role) => roles[role]?.[language() === "hi" ? 1 : 0] ?? role)].join(", ");
}

// "Delhi, India"; a country for a place is named once.
export function placeName(name: string | null | undefined, country: string | null | undefined): string {
  const where = country ? actorName(country) : "";
  const same = country && ["short", "long"].some((style) => region(country, "en", style as "short" | "long") === name);
  return [same ? null : name, where].filter(Boolean).join(", ");
}

// All countries as [code, name], for choosing.
export function countries(): [string, string][] {
  return [...short.keys()].map((code) => [code, region(code, language(), "long") ?? code] as [string, string])
    .sort((a, b) => a[1].localeCompare(b[1], language()));
}

// What somebody types for a code: a name of a country in either language becomes its code, all else stays.
export function codeOf(typed: string): string {
  const said = typed.trim(), wanted = said.toLowerCase();
  if (/^[a-z]{3}( [a-z]{3})?$/.test(said) && short.has(said.slice(0, 3).toUpperCase())) return said.toUpperCase();
  for (const code of short.keys())
    for (const where of ["en", "hi"] as const)
      for (const style of ["short", "long"] as const)
        if (region(code, where, style)?.toLowerCase() === wanted) return code;
  return said;
}
