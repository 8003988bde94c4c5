/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of the tables that plangen writes. For numplan.c, region.c, number.c and plangen alone. */
#ifndef UNSPOOF_NUMBER_PLAN_NUMPLAN_TABLES_H
#define UNSPOOF_NUMBER_PLAN_NUMPLAN_TABLES_H

#include <stdbool.h>
#include <stdint.h>

/* The words of a program: an operation in the upper bits, its argument in the lower. Places count from the program's
 * first word. Programs have no loops. */
#define PROGRAM_ARGUMENT 0x0fffu
#define PROGRAM_OPERATION 0xf000u
#define PROGRAM_DIGIT 0x0000u /* the next digit is one of the bits of the argument */
#define PROGRAM_FORK 0x1000u  /* go on; if that fails, at the argument */
#define PROGRAM_JUMP 0x2000u  /* go to the argument */
#define PROGRAM_OPEN 0x3000u  /* the captured group begins */
#define PROGRAM_CLOSE 0x4000u /* and ends */
#define PROGRAM_END 0x5000u   /* no digit is left */
#define PROGRAM_MATCH 0x6000u /* matched */

/* The most forks in one program, so that a stack of that many suffices. */
#define PROGRAM_FORKS 255u

/* In idd_first and national_first: the match can be empty. The lower bits are the digits it can begin with. */
#define PROGRAM_EMPTY (1u << 10)

/* A region, or a non-geographic calling code ("001"). */
struct numplan_record {
	char region[4];
	uint8_t code;            /* index of its calling code */
	uint8_t order;           /* among the regions of the calling code */
	uint32_t lengths;        /* bit n: n digits are possible in the general description */
	uint32_t local;          /* bit n: n digits are possible when dialled locally */
	uint8_t min, max;        /* of lengths */
	uint16_t idd;            /* program of the international prefix, 0 for none */
	uint16_t idd_first;      /* what it can begin with */
	uint16_t national;       /* program of the national prefix, 0 for none */
	uint16_t national_first; /* what it can begin with */
	bool rewrites;           /* a match with a non-empty group becomes rule and the group */
	uint8_t rule_len;
	char rule[8];
	bool trunk;              /* a prefix stands before national numbers, which is not the calling code */
};

/* A calling code. */
struct numplan_code {
	uint16_t country_code;
	uint16_t root;         /* state before the first digit */
	uint16_t first;        /* index of its main region's record */
	uint8_t count;         /* regions */
	uint8_t len;           /* digits of the calling code */
	char digits[4];
};

/* What a state says. */
struct numplan_output {
	int8_t region;    /* relative to the calling code's first record; -1 for none */
	uint8_t type;     /* enum number_type */
	uint32_t general; /* bit n: the general pattern of record n of the calling code matches, of any length */
};

extern const char numplan_tables_version[];
extern const char numplan_tables_sha256[];    /* of the file that they were made from */
extern const unsigned numplan_code_count;
extern const unsigned numplan_record_count;
extern const struct numplan_record numplan_records[];
extern const struct numplan_code numplan_codes[];
extern const uint16_t numplan_programs[];
extern const unsigned numplan_state_count;
extern const uint16_t numplan_rows[][10];
extern const uint8_t numplan_state_output[];
extern const struct numplan_output numplan_outputs[];

/* The plan: what is quicker looked up than searched for. */
struct numplan {
	uint8_t code_of[1000];       /* by the first three digits: index of the calling code plus one, 0 for none */
	uint8_t region_of[26 * 26];  /* by the two letters: index of the record plus one, 0 for none */
};

#define SETTLED_DIGITS 7

/* By state, bit n: all walks of n digits from there end in states that say the same. */
struct numplan_settled {
	uint8_t *after;
};

#endif
