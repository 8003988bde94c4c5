/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case file: the one place that says what they are. */
#ifndef UNSPOOF_CASEFILE_SCHEMA_H
#define UNSPOOF_CASEFILE_SCHEMA_H

/* "unsp" in ASCII, in the header of the SQLite file. */
#define CASEFILE_APPLICATION_ID 0x756e7370
/* The format of the case file; a program refuses one that is newer. */
#define CASEFILE_FORMAT 2

/* Each layer as SQL, ready to execute, and the statement list that drops the
 * tables of the two that are rebuilt. */
extern const char schema_found[];
extern const char schema_understood[];
extern const char schema_concluded[];
extern const char schema_drop_understood[];
extern const char schema_drop_concluded[];

#endif
