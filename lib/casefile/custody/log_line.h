/* SPDX-License-Identifier: Apache-2.0 */
/* A line of CASE.log: one command that only read a case. unspoof-log(1) has its format. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_LOG_LINE_H
#define UNSPOOF_CASEFILE_CUSTODY_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/text.h"

/* What every line begins with; the number is that of the format. */
#define LOG_LINE_START "{\"unspoof-log\":1,"
/* Bytes of a line with its line feed, at most; and of the arguments in it, of which a digest takes the place where
 * they are longer. */
#define LOG_LINE_MOST 65536
#define LOG_ARGUMENTS_MOST 32768

/* Its texts, in the order of the line; all but arguments, which are a JSON array, as they are. The bytes of operator,
 * purpose, recipient and version together are a few KiB at most. */
struct log_line {
	struct text at;            /* 2022-03-27T00:59:58Z, when the command ended */
	struct text operator;
	struct text purpose, recipient;        /* or empty */
	struct text kind, command;
	struct text arguments;
	struct text version;
	struct text first;         /* the hash of the first run of the case; empty: it has none */
	struct text head;          /* of the newest one */
	struct text sha256;        /* of what went out; empty: not known */
	uint64_t rows;             /* that went out */
	uint64_t status;           /* the exit status of the command */
	struct text previous;      /* the hash of the line before; empty: it is the first */
	struct text hash;          /* of this one; log_line_write() makes it */
};

/* Adds the line with its hash and a line feed; out->failed where there is no memory, or it is longer than
 * LOG_LINE_MOST. */
void log_line_write(const struct log_line *line, struct buf *out);
/* Reads one, without its line feed. Texts point into room, but arguments and hashes into the text itself. False: it is
 * no such line, or there is no memory (room->failed). Whether the hash fits its bytes is log_line_holds(). */
bool log_line_read(struct text text, struct log_line *line, struct buf *room);
/* Whether the line has the hash of its bytes before `,"hash":`. */
bool log_line_holds(struct text text, const struct log_line *line);
/* What the line behind one that was cut short names for its previous: the SHA-256 of the hash that the cut one should
 * have named, which is in *hash and gives way to it, and of its bytes. So neither it nor those before it can change.
 * False: no memory. */
bool log_line_cut(struct text text, char hash[static DIGEST_HEX]);

#endif
