/* SPDX-License-Identifier: Apache-2.0 */
/* The secret of hash tables where the system gives random numbers a few at a time, or none: the program's own getrandom() stands
 * for the system's. */
#include <errno.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/table/dictionary.h"
#include "base/table/number_set.h"
#include "base/table/secret.h"
#include "casefile/casefile.h"
#include "correlate/calls/usage.h"
#include "correlate/victims/presented_victims.h"
#include "correlate/victims/victim_block.h"
#include "normalise/calls/local_ids.h"
#include "normalise/calls/number_blocks.h"
#include "scratch.h"
#include "tap.h"

static enum { SYSTEM_HALTING, SYSTEM_NONE } how;
static unsigned asked;

/* One byte at a time, every other time interrupted; or nothing. */
ssize_t getrandom(void *data, size_t size, unsigned flags)
{
	(void)flags;
	asked++;
	if (how == SYSTEM_NONE)
		errno = ENOSYS;
	else
		errno = EINTR;
	if (how == SYSTEM_NONE || asked % 2 || size == 0)
		return -1;
	*(unsigned char *)data = (unsigned char)(asked / 2);
	return 1;
}

static bool halting(void)
{
	const struct secret *secret = secret_get();
	const struct secret *again = secret_get();

	return secret && secret == again && secret->text[0] == UINT64_C(0x0807060504030201) && secret->second >> 56 == sizeof *secret &&
	       asked == 2 * sizeof *secret;
}

/* Nothing that needs the secret goes on without, and none of it lasts. */
static bool refusing(void)
{
	static struct number_set marked;
	static struct cells cells;
	static struct shown shown;
	static struct stretch stretch;
	static struct casefile casefile;
	static struct locals locals;
	static struct number_blocks blocks;
	struct dictionary dictionary = { 0 };
	struct map64 map = { 0 };
	const bool refused = !secret_get() && !secret_get() && asked == 1 && dictionary_add(&dictionary, text_of("a")) == DICTIONARY_NONE &&
			     dictionary_find(&dictionary, text_of("a")) == DICTIONARY_NONE && !map64_add(&map, 1, NULL) &&
			     !map64_find(&map, 1) && !number_set_open(&marked) && !cells_open(&cells, 10) && !shown_open(&shown, 1000) &&
			     !stretch_open(&stretch, 10) && !locals_clear(&locals) && !number_blocks_open(&blocks, NULL) &&
			     casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_FAILED &&
			     strstr(casefile.error.text, "the system gives no random numbers");

	casefile_close(&casefile);
	number_blocks_release(&blocks);
	locals_release(&locals);
	stretch_close(&stretch);
	shown_close(&shown);
	cells_close(&cells);
	number_set_close(&marked);
	map64_release(&map);
	dictionary_release(&dictionary);
	return refused && access("case", F_OK) != 0;
}

/* Each in a process of its own, for the secret is drawn once. */
static bool apart(bool (*test)(void))
{
	int status = -1;
	pid_t child;

	(void)fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(test() ? 0 : 1);
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	how = SYSTEM_HALTING;
	OK(&tap, apart(halting), "random numbers that come one byte at a time");
	how = SYSTEM_NONE;
	OK(&tap, apart(refusing), "without random numbers there is no table, and no case");
	scratch_leave(folder);
	return tap_done(&tap);
}
