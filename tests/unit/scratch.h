/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for a test program, files in it, and random numbers from a fixed seed. */
#ifndef UNSPOOF_TESTS_UNIT_SCRATCH_H
#define UNSPOOF_TESTS_UNIT_SCRATCH_H

#include <dirent.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Makes a folder in the current one and goes there; without it there is no test. name gets what scratch_leave() takes. */
static inline void scratch_enter(char name[static 32])
{
	(void)snprintf(name, 32, "%s", "unspoof-test.XXXXXX");
	if (!mkdtemp(name) || chdir(name) != 0) {
		printf("Bail out! no scratch folder\n");
		exit(1);
	}
}

/* Removes all files of the current folder, which holds no folders but empty ones. */
static inline void scratch_clean(void)
{
	DIR *dir = opendir(".");
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			(void)remove(entry->d_name);
	if (dir)
		(void)closedir(dir);
}

/* Removes the folder and what is in it. */
static inline void scratch_leave(const char *name)
{
	scratch_clean();
	if (chdir("..") != 0 || rmdir(name) != 0)
		printf("# %s is left behind\n", name);
}

/* How many files there are. */
static inline unsigned scratch_files(void)
{
	DIR *dir = opendir(".");
	unsigned count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		(void)closedir(dir);
	return count < 2 ? 0 : count - 2;
}

static inline bool scratch_write(const char *path, const char *data, size_t len)
{
	FILE *file = fopen(path, "wb");
	bool good = file && (len == 0 || fwrite(data, 1, len, file) == len);

	return file && fclose(file) == 0 && good;
}

/* Executes SQL on a file by SQLite alone, without the library and its checks: what another hand may do to a case. */
static inline bool scratch_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	bool good = sqlite3_open(path, &db) == SQLITE_OK &&
		    sqlite3_exec(db, "PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0;", NULL, NULL, NULL) == SQLITE_OK &&
		    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;

	if (!good)
		printf("# %s: %s\n", sql, sqlite3_errmsg(db));
	return sqlite3_close(db) == SQLITE_OK && good;
}

/* The first column of the first row as text, as SQLite alone reads the file; "" without one. */
static inline const char *scratch_ask(const char *path, const char *sql, char *out, size_t size)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;

	out[0] = '\0';
	if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0))
		(void)snprintf(out, size, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return out;
}

/* splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t scratch_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

#endif
