/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of dumps as a table, for programs. */
#ifndef UNSPOOF_CMD_SNIFFING_LIST_H
#define UNSPOOF_CMD_SNIFFING_LIST_H

#include "base/status.h"
#include "ingest/ingest.h"
#include "output/writer.h"

/* Begins the sheet; names and order of its columns stay. */
enum status sniff_list_begin(struct writer *writer);
/* Adds a row: a table, or a member that has none. */
enum status sniff_list_add(struct writer *writer, const struct sniff_report *report);

#endif
