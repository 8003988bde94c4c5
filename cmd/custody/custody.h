/* SPDX-License-Identifier: Apache-2.0 */
/* Who runs a command, why, and for whom; and the line that one which only reads a case leaves in its log. */
#ifndef UNSPOOF_CMD_CUSTODY_CUSTODY_H
#define UNSPOOF_CMD_CUSTODY_CUSTODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"

/* Bytes that may be given. */
#define OPERATOR_MOST 200
#define PURPOSE_MOST 1000
#define RECIPIENT_MOST 200

struct casefile;
struct invocation;

/* What a command does with a case. */
enum command_use {
	USE_NO_CASE,           /* nothing */
	USE_WRITES,            /* it adds runs */
	USE_STEPS,             /* the same, and its last step only reads */
	USE_CONSULTS,          /* it only reads */
	USE_DISCLOSES          /* the same, to hand it on */
};

/* Of one invocation; texts are borrowed. */
struct custody {
	const char *operator, *purpose, *recipient, *log;      /* as given; NULL: not */
	char login[80];        /* the operator, where none is given; empty: not asked for yet */
	const char *path;      /* of a case that is read; NULL: none is */
	char first[DIGEST_HEX], head[DIGEST_HEX];      /* the hashes of its first run and its newest one */
	struct digest *digest; /* of what goes out; NULL: it is not known */
	bool undigested;       /* the digest failed */
	uint64_t rows;         /* that went out */
};

/* Takes what is given by options, else by the environment: UNSPOOF_OPERATOR, UNSPOOF_PURPOSE. STATUS_USAGE, said. */
enum status custody_take(struct invocation *inv);
/* Never NULL: as given, else the login name of the user. */
const char *custody_operator(struct invocation *inv);
/* The program, how it was built, and its libraries. */
void custody_version(struct buf *out);

/* A file of facts that a run goes by: its name, and its text or its SHA-256. A table ends without a name. */
struct taken_file {
	const char *name, *text, *sha256;
};

/* Adds them with their SHA-256, a JSON array; out->failed where libcrypto failed. */
void custody_files(const struct taken_file *files, struct buf *out);

/* A case was opened to be read: a line for its log is due. STATUS_FAILED, said: --log names a file that must not be
 * written. */
enum status custody_opened(struct invocation *inv, struct casefile *casefile);
/* Adds the path of the log of a case that was opened. */
void custody_log_path(const struct invocation *inv, struct buf *out);

/* From now on all that goes out is told to custody_out(); may be called again. */
void custody_begin_output(struct invocation *inv);
void custody_out(struct invocation *inv, const void *data, size_t len);
/* Adds the line, where one is due, and frees. status is what the command came to, standard output is flushed; where
 * the line cannot be added, that is said and changes nothing. errno stays. A program whose reader went away ends here,
 * as it would have ended there. */
void custody_close(struct invocation *inv, enum status status);

#endif
