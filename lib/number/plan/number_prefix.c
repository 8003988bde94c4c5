/* SPDX-License-Identifier: Apache-2.0 */
/* Prefix patterns, run as programs where the length of the match and a group matter. */
#include "number/plan/number_prefix.h"

#include "number/plan/numplan_tables.h"

/* A place to go back to. */
struct fork {
	uint16_t word;
	uint8_t at, open, close;
};

bool number_prefix_match(const uint16_t *program, const char *digits, size_t len, struct number_prefix *match)
{
	struct fork forks[PROGRAM_FORKS];
	struct fork now = { 0, 0, 0, 0 };
	size_t depth = 0, seen = 0;

	for (;;) {
		unsigned word = program[now.word++], argument = word & PROGRAM_ARGUMENT;
		bool failed = false;

		switch (word & PROGRAM_OPERATION) {
		case PROGRAM_DIGIT:
			failed = now.at >= len || !(argument >> (digits[now.at] - '0') & 1);
			now.at++;
			seen = now.at > seen ? now.at : seen;
			break;
		case PROGRAM_FORK:
			forks[depth] = now;
			forks[depth++].word = (uint16_t)argument;
			break;
		case PROGRAM_JUMP:
			now.word = (uint16_t)argument;
			break;
		case PROGRAM_OPEN:
			now.open = now.at;
			break;
		case PROGRAM_CLOSE:
			now.close = now.at;
			break;
		case PROGRAM_END:
			failed = now.at < len;
			break;
		default:
			*match = (struct number_prefix){ now.at, now.open, now.close, seen };
			return true;
		}
		if (failed) {
			if (depth == 0) {
				match->seen = seen;
				return false;
			}
			now = forks[--depth];
		}
	}
}
