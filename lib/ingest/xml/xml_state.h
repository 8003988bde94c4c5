/* SPDX-License-Identifier: Apache-2.0 */
/* Where a scan of XML stands, as a text that is kept. */
#ifndef UNSPOOF_INGEST_XML_XML_STATE_H
#define UNSPOOF_INGEST_XML_XML_STATE_H

#include <stdbool.h>

#include "base/text.h"
#include "ingest/xml/xml_scan.h"

void xml_state_write(const struct xml_scan *scan, struct buf *state);
/* Its base stays. False: it is none. */
bool xml_state_read(struct xml_scan *scan, struct text state);

#endif
