/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are hashed on a thread of their own. */
#include "casefile/laid/hash_ahead.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/thread.h"
#include "casefile/verify/verify_segments.h"

/* What the thread does with a file. */
struct entry {
	char *path;
	bool lines;
	bool done, good;             /* under the lock, as what follows is until it is done */
	struct hash_ahead_file file;
};

struct hash_ahead {
	const struct observer *observer;
	struct observer own;         /* of the thread */
	uint64_t key;
	struct entry *entries;
	size_t count, capacity;
	size_t at;                   /* behind the one found last */
	pthread_t thread;
	bool threaded;
	atomic_bool stop;
	pthread_mutex_t lock;        /* of what follows */
	pthread_cond_t more;
	char step[300];              /* where the thread is; empty: nowhere yet */
	struct progress progress;
};

/* ---- on the thread ---- */

static bool is_stopped(void *context)
{
	const struct hash_ahead *ahead = context;

	return atomic_load(&ahead->stop) || observer_interrupted(ahead->observer);
}

/* For whoever waits. */
static void keep_progress(void *context, const struct progress *progress)
{
	struct hash_ahead *ahead = context;

	(void)pthread_mutex_lock(&ahead->lock);
	ahead->progress = *progress;
	(void)snprintf(ahead->step, sizeof(ahead->step), "%s", progress->step);
	ahead->progress.step = ahead->step;
	(void)pthread_cond_signal(&ahead->more);
	(void)pthread_mutex_unlock(&ahead->lock);
}

bool hash_ahead_unchanged(const struct stat *before, const struct stat *now)
{
	return before->st_dev == now->st_dev && before->st_ino == now->st_ino &&
	       before->st_size == now->st_size &&
	       before->st_mtim.tv_sec == now->st_mtim.tv_sec &&
	       before->st_mtim.tv_nsec == now->st_mtim.tv_nsec &&
	       before->st_ctim.tv_sec == now->st_ctim.tv_sec &&
	       before->st_ctim.tv_nsec == now->st_ctim.tv_nsec;
}

static void hash(struct hash_ahead *ahead, struct entry *entry, const struct observer *observer)
{
	struct hash_ahead_file *file = &entry->file;
	struct stat now;
	bool opened, good;

	line_scan_open(&file->lines, ahead->key, 1, 0);
	good = stat(entry->path, &file->state) == 0 &&
	       verify_hash_lines(entry->path, observer, entry->lines ? &file->lines : NULL,
				 file->sha256, &opened) == 0 &&
	       stat(entry->path, &now) == 0 && hash_ahead_unchanged(&file->state, &now);
	line_scan_end(&file->lines);
	(void)pthread_mutex_lock(&ahead->lock);
	entry->done = true;
	entry->good = good;
	(void)pthread_cond_signal(&ahead->more);
	(void)pthread_mutex_unlock(&ahead->lock);
}

static void *hash_all(void *context)
{
	struct hash_ahead *ahead = context;

	for (size_t i = 0; i < ahead->count && !is_stopped(ahead); i++)
		hash(ahead, &ahead->entries[i], &ahead->own);
	/* Nobody waits for what comes no more. */
	(void)pthread_mutex_lock(&ahead->lock);
	for (size_t i = 0; i < ahead->count; i++)
		ahead->entries[i].done = true;
	(void)pthread_cond_signal(&ahead->more);
	(void)pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

/* ---- on the caller's ---- */

struct hash_ahead *hash_ahead_new(const struct observer *observer, uint64_t key)
{
	struct hash_ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead)
		return NULL;
	ahead->observer = observer;
	ahead->own = (struct observer){ ahead, NULL, keep_progress, is_stopped };
	ahead->key = key;
	atomic_init(&ahead->stop, false);
	(void)pthread_mutex_init(&ahead->lock, NULL);
	(void)pthread_cond_init(&ahead->more, NULL);
	return ahead;
}

void hash_ahead_free(struct hash_ahead *ahead)
{
	if (!ahead)
		return;
	atomic_store(&ahead->stop, true);
	if (ahead->threaded)
		(void)pthread_join(ahead->thread, NULL);
	for (size_t i = 0; i < ahead->count; i++)
		free(ahead->entries[i].path);
	free(ahead->entries);
	(void)pthread_cond_destroy(&ahead->more);
	(void)pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}

bool hash_ahead_add(struct hash_ahead *ahead, const char *path, bool lines)
{
	void *entries = ahead->entries;
	struct entry *entry;
	struct stat info;

	if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return true;
	if (!memory_room(&entries, &ahead->capacity, ahead->count + 1, sizeof(*entry)))
		return false;
	ahead->entries = entries;
	entry = &ahead->entries[ahead->count];
	memset(entry, 0, sizeof(*entry));
	entry->path = memory_text(path, strlen(path));
	entry->lines = lines;
	return entry->path && ++ahead->count;
}

void hash_ahead_start(struct hash_ahead *ahead)
{
	ahead->threaded = thread_start(&ahead->thread, hash_all, ahead);
}

static struct entry *find(struct hash_ahead *ahead, const char *path)
{
	for (size_t i = 0; ahead && i < ahead->count; i++) {
		struct entry *entry = &ahead->entries[(ahead->at + i) % ahead->count];

		if (strcmp(entry->path, path) != 0)
			continue;
		ahead->at = (size_t)(entry - ahead->entries) + 1;
		return entry;
	}
	return NULL;
}

/* Tells how far the thread is, each time it says so. */
static void wait_for(struct hash_ahead *ahead, const struct entry *entry)
{
	char step[sizeof(ahead->step)];
	struct progress progress;
	bool done;

	do {
		(void)pthread_mutex_lock(&ahead->lock);
		if (!entry->done)
			(void)pthread_cond_wait(&ahead->more, &ahead->lock);
		done = entry->done;
		progress = ahead->progress;
		memcpy(step, ahead->step, sizeof(step));
		(void)pthread_mutex_unlock(&ahead->lock);
		progress.step = step;
		if (!done && step[0])
			observer_progress(ahead->observer, &progress);
	} while (!done);
}

const struct hash_ahead_file *hash_ahead_wait(struct hash_ahead *ahead, const char *path)
{
	struct entry *entry = find(ahead, path);

	if (!entry)
		return NULL;
	if (ahead->threaded)
		wait_for(ahead, entry);
	else if (!entry->done)
		hash(ahead, entry, ahead->observer);
	return entry->good ? &entry->file : NULL;
}
