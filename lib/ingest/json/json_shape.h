/* SPDX-License-Identifier: Apache-2.0 */
/* Where the rows of a JSON member stand, by how it begins. */
#ifndef UNSPOOF_INGEST_JSON_JSON_SHAPE_H
#define UNSPOOF_INGEST_JSON_JSON_SHAPE_H

#include "base/text.h"
#include "ingest/json/json_items.h"

/* Of text that begins with an object or array, perhaps behind blanks; unspoof-ingest(1) says by
 * what. */
enum json_shape json_shape_of(struct text text);

/* `JSON lines` and the like, for people. Static. */
const char *json_shape_about(enum json_shape shape);

#endif
