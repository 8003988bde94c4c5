/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping what is loaded so far, and going on with it. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_KEEP_H
#define UNSPOOF_INGEST_LOAD_LOAD_KEEP_H

#include "base/status.h"
#include "ingest/load/load.h"

/*
 * A commit is due behind the 1st, 2nd, 4th, 8th and then every 16th whole item:
 * so most of a short load is kept too, and a long one, whose items take some
 * 30 ms each, loses half a second and spends little on waiting for the disk.
 */
#define LOAD_KEEP_ITEMS 16

/* Commits what is stored up to the last whole item, and no more; no transaction
 * is open after it. */
enum status load_keep(struct load *load);

/* The same, and begins the next transaction. */
enum status load_commit(struct load *load);

/* Writes what is needed to go on behind a place. */
enum status load_store_place(struct load *load, const struct load_place *place);

/* Brings a stream to what its checkpoint says, whose settings must be those that it has
 * now. STATUS_OK also where it has none, but for the first. */
enum status load_take_stream(struct load *load, struct load_stream *stream);

/* Sets load->resumed when the source that is not whole yet is this member; then
 * the same settings and size are asked for: STATUS_FAILED says what differs. */
enum status load_find_kept(struct load *load);

/* Takes dump and format to the place where the load was left:
 * STATUS_FAILED when the bytes before it are not those that were loaded. */
enum status load_go_on(struct load *load);

/* Takes what was kept of the member out of the case again. */
enum status load_discard(struct load *load);

/* Says what is kept, behind the error of an interrupt or of the case. */
enum status load_tell_kept(struct load *load, enum status status);

#endif
