/* event: parsed sentences to events with parties, status, sources, time and place.
 *
 * In: document->article, sentences with trees; the language's tables. Out: document->actors, events, decisions.
 * Example: "रूस ने यूक्रेन पर हमला किया।" -> ASSAULT, actor RUS GOV, recipient UKR GOV, asserted.
 * The chain: words -> mentions -> references -> parts -> predicates -> status, source -> story (docs/events.md).
 */
#ifndef KARAKA_EVENT_H
#define KARAKA_EVENT_H

#include "document.h"

int karaka_event_code(karaka_document *document);
/* look.c: why a segmented document can tell no event, without a parse; NULL: it may tell one. Needs the model. */
const char *karaka_event_look(const karaka_document *document);

struct karaka_reading;
struct karaka_weighed;
/* Told of all that is put on the scales (reading.h), for whoever learns the weights from it. */
typedef void karaka_observe(void *observer, struct karaka_reading *r, const struct karaka_weighed *weighed);
int karaka_event_code_observed(karaka_document *document, karaka_observe *observe, void *observer);

#endif
