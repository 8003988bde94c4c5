/* SPDX-License-Identifier: Apache-2.0 */
/* CASE.log as a file that may be anything: opened without following or overwriting what is not ours. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_LOG_FILE_H
#define UNSPOOF_CASEFILE_CUSTODY_LOG_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* A log that is open. Zeroed with file -1 is none. */
struct log_file {
	int file;
	uint64_t size;         /* bytes, when it was opened, under the lock */
	bool locked;           /* no other command appends; false: this file system has no locks */
};

/* Opens it to be read, or with `append` to be appended to: made where it is not there, for its owner alone, and
 * locked against others, which are waited for some seconds. STATUS_FAILED, with the path in the error: it cannot be
 * opened, is a symbolic link or no regular file, does not begin as a log does, or another command holds it. STATUS_END:
 * it is not there, and was to be read. */
enum status log_file_open(struct log_file *log, const char *path, bool append, struct error *error);
/* Closing twice is safe. False, with errno: what was written may not have been kept. */
bool log_file_close(struct log_file *log);

#endif
